"""What an order is called, and what it makes of products."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.accounts.families import Family
from app.accounts.reading import monthly, once, text_of
from app.language import tr
from app.orders.items import bare, item_name, listed
from app.orders.purposes import title_by_purpose
from backend_client.ordering import ProductOrder, ProductOrderItem

Known = Mapping[str, Family]


def replaced(order: ProductOrder, known: Known) -> tuple[str, str] | None:
    """What is exchanged for what: `("Glimt 500", "Glimt 2500")`; None where nothing is."""
    for item in order.product_order_item:
        before = (item.product.name if item.product else None) or ""
        if item.action == "modify" and before and before != item_name(item):
            return bare(before), bare(item_name(item))
    gone = [item for item in order.product_order_item if item.action == "delete"]
    come = [item for item in order.product_order_item if item.action == "add"]
    for old in gone:
        for new in come:
            family = _family(new, known)
            if family.specification and family == _family(old, known):
                return bare(item_name(old)), bare(item_name(new))
    return None


def title_of(order: ProductOrder, known: Known) -> str:
    """An order in a few words: what is exchanged, what it is for, or what costs most."""
    exchanged = replaced(order, known)
    if exchanged is not None:
        return tr("{old} to {new}", old=exchanged[0], new=exchanged[1])
    if title := title_by_purpose(order):
        return title
    items = order.product_order_item
    paid = [item for item in items if monthly(item.item_price) > 0]
    bought = [item for item in items if once(item.item_price) > 0]
    names = list(dict.fromkeys(bare(item_name(item)) for item in paid or bought or items))
    if len(paid) == 1:
        user = _user(paid[0])
        if user:
            return tr("{product} for {user}", product=names[0], user=user)
    return listed(names) or tr("Order")


def _user(item: ProductOrderItem) -> str:
    return text_of(item.product.product_characteristic, "userName") if item.product else ""


def _family(item: ProductOrderItem, known: Known) -> Family:
    code = item.product_offering.id if item.product_offering else ""
    return known.get(code, Family())


def becomes(orders: Iterable[ProductOrder], known: Known) -> dict[str, str]:
    """Which product becomes what by an open order: id of the product to the new name."""
    found: dict[str, str] = {}
    for order in orders:
        exchanged = replaced(order, known)
        if order.is_final or exchanged is None:
            continue
        for item in order.product_order_item:
            name = bare((item.product.name if item.product else None) or "")
            if item.product and item.action in {"delete", "modify"} and name == exchanged[0]:
                found[item.product.id] = exchanged[1]
    return found


def leaving(orders: Iterable[ProductOrder]) -> frozenset[str]:
    """The products that an open order ends."""
    return frozenset(
        item.product.id
        for order in orders
        if not order.is_final
        for item in order.product_order_item
        if item.action == "delete" and item.product
    )
