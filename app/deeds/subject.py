"""The product a deed is about: the line or service that a thing hangs on, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.families import Known, is_sim
from app.accounts.reading import HELD, line_of, number_of, text_of
from app.customers.rows import telephone
from app.orders.items import bare
from backend_client.desk_records import Account
from backend_client.inventory import Product

MOBILE = ("07", "+447", "447")


@dataclass(frozen=True, slots=True)
class Subject:
    """A product with the line or service it hangs on (`root`, itself where it stands alone).

    `order` is the number of an open order that is about it already, `place` where it is used.
    """

    asked: Product
    root: Product
    number: str
    is_mobile: bool
    order: str
    place: str

    @property
    def name(self) -> str:
        return bare(self.root.name or "")

    @property
    def words(self) -> str:
        """`Skarv 100, 07700 900471`."""
        return ", ".join(part for part in (self.name, telephone(self.number)) if part)


def subject_of(account: Account, product_id: str, known: Known) -> Subject | None:
    """What a deed at this product would be about; None where the customer has no such product."""
    products = {each.id: each for each in account.products if each.state in HELD}
    asked = products.get(product_id)
    if asked is None:
        return None
    root = _root(asked, products)
    number = number_of(root)
    hanging = [each for each in products.values() if _root(each, products) is root]
    has_sim = any(is_sim(each, known) for each in hanging)
    order = _order_of(account, {each.id for each in hanging} if asked is root else {asked.id})
    return Subject(
        asked=asked,
        root=root,
        number=number,
        is_mobile=bool(number) and (has_sim or number.startswith(MOBILE)),
        order=order,
        place=next((each.id or "" for each in root.place), ""),
    )


def lines_of(account: Account, known: Known) -> tuple[Subject, ...]:
    """All mobile lines of a customer."""
    found = (subject_of(account, each.id, known) for each in account.products if number_of(each))
    return tuple(each for each in found if each is not None and each.is_mobile)


def suspension_of(product: Product) -> tuple[str, str]:
    """Why a suspended product rests and until which day, as the server wrote it."""
    facts = product.product_characteristic
    return text_of(facts, "suspendReason"), text_of(facts, "suspendedUntil")[:10]


def _root(product: Product, products: dict[str, Product]) -> Product:
    seen = {product.id}
    while (above := products.get(line_of(product))) is not None and above.id not in seen:
        seen.add(above.id)
        product = above
    return product


def _order_of(account: Account, products: set[str]) -> str:
    """The number of the open order that is about one of these."""
    for order in account.orders:
        about = {item.product.id for item in order.product_order_item if item.product}
        if not order.is_final and about & products:
            return order.number
    return ""
