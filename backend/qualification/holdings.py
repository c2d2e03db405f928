"""The products a customer has, as a change of them needs to know them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import orjson

from backend.inventory import rules as inventory
from backend.pricing.exit_fees import exit_fee
from backend.pricing.money import Amounts
from backend.pricing.rules import Rates
from backend.rest.resource import Context, Document

_RECURRING = "recurring"
_NUMBER = "TelephoneNumber"
_NOTHING = Decimal("0.00")
_NO_ORDERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Holding:
    """One product of the inventory (TMF637); money in pounds."""

    id: str
    offer: str
    name: str
    status: str
    number: str | None
    place: str | None
    monthly: Amounts
    once: Amounts
    term: int
    """Minimum term in months, 0 for none."""
    started: dt.date | None
    term_ends: dt.date | None
    settings: Mapping[str, object]
    """What was set for it, by name of the characteristic."""
    relies_on: frozenset[str]
    """Ids of the products that this one hangs on: a SIM on its line."""
    order: str = ""
    """The number of the order that changes or ends it already."""

    @property
    def is_changeable(self) -> bool:
        """Whether an order may change or end it: it works or is suspended, and none does yet."""
        return self.status in inventory.IN_USE and not self.order

    def exit_fee(self, rates: Rates, today: dt.date) -> Decimal:
        """What it costs to end it today, in pounds as the price list shows them."""
        return exit_fee(
            rates.listed(self.monthly),
            rates.definitions.exit_share,
            started=self.started,
            term_ends=self.term_ends,
            today=today,
        )


def of_customer(
    context: Context, customer_id: str, orders: Mapping[str, str] = _NO_ORDERS
) -> tuple[Holding, ...]:
    """What a customer has or will have, in the order it came; the caller must see him.

    `orders` are numbers of orders on their way, by the product that they change or end.
    """
    bodies = inventory.bodies_of_customer(context, customer_id)
    products = (orjson.loads(body) for body in bodies)
    return tuple(
        read(each, orders.get(each["id"], ""))
        for each in products
        if each["status"] in inventory.HELD
    )


def counted(holdings: Iterable[Holding]) -> dict[str, int]:
    """As picks of the rules: offering to quantity."""
    return dict(Counter(each.offer for each in holdings))


def read(product: Document, order: str = "") -> Holding:
    """A product as TMF637 writes it; `order` is the number of what changes it already."""
    terms = product.get("productTerm", ())
    ends = [_day(each["validFor"]["endDateTime"]) for each in terms if _ends(each)]
    places = product.get("place") or [{}]
    return Holding(
        id=product["id"],
        offer=product["productOffering"]["id"],
        name=product["name"],
        status=product["status"],
        number=_number(product),
        place=places[0].get("name"),
        monthly=_sum(product, monthly=True),
        once=_sum(product, monthly=False),
        term=max((_months(each) for each in terms), default=0),
        started=_day(product["startDate"]) if product.get("startDate") else None,
        term_ends=max(ends, default=None),
        settings={each["name"]: each["value"] for each in product.get("productCharacteristic", ())},
        relies_on=frozenset(_relied_on(product)),
        order=order,
    )


def _sum(product: Document, *, monthly: bool) -> Amounts:
    prices = [
        each["price"]
        for each in product.get("productPrice", ())
        if (each["priceType"] == _RECURRING) == monthly
    ]
    net = sum((_money(each, "dutyFreeAmount") for each in prices), _NOTHING)
    gross = sum((_money(each, "taxIncludedAmount") for each in prices), _NOTHING)
    return Amounts(net, gross - net, gross)


def _money(price: Document, name: str) -> Decimal:
    """Prices are stored as JSON numbers; written out they are exact to the penny."""
    return Decimal(str((price.get(name) or {}).get("value", 0))).quantize(_NOTHING)


def _number(product: Document) -> str | None:
    resources = product.get("realizingResource", ())
    return next((each.get("value") for each in resources if each.get("name") == _NUMBER), None)


def _relied_on(product: Document) -> Iterator[str]:
    for each in product.get("productRelationship", ()):
        if each["relationshipType"] == "reliesOn":
            yield str(each["product"]["id"])


def _ends(term: Document) -> bool:
    return bool((term.get("validFor") or {}).get("endDateTime"))


def _months(term: Document) -> int:
    duration = term.get("duration") or {}
    return int(duration["amount"]) if duration.get("units") == "month" else 0


def _day(moment: str) -> dt.date:
    return dt.date.fromisoformat(moment[:10])
