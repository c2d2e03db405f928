"""What the items of an order cost, as TMF622 writes prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from backend.catalog.definitions import Definitions, PriceList
from backend.pricing import rules as pricing
from backend.product_rules import Offer
from backend.rest.resource import Document

_CURRENCY = "GBP"
_RECURRING, _ONCE = "recurring", "oneTime"
_PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tariff:
    """One version of the catalogue under one price list."""

    definitions: Definitions
    price_list: PriceList

    def of_offer(self, offer: Offer) -> list[Document]:
        """The prices of one unit; what costs nothing says that it costs nothing each month."""
        unit = pricing.price(self.definitions, self.price_list, offer)
        prices = []
        if unit.monthly or not unit.once:
            monthly = self._price(f"{offer.name}, every month", _RECURRING, unit.monthly)
            prices.append({**monthly, "productOfferingPrice": _reference(offer, "monthly")})
        if unit.once:
            once = self._price(f"{offer.name}, once", _ONCE, unit.once)
            prices.append({**once, "productOfferingPrice": _reference(offer, "once")})
        return prices

    def of_number(self, display: str, grade: str) -> list[Document]:
        """What a memorable number costs once; nothing for a standard one."""
        once = self.definitions.number_once[grade]
        return [self._price(f"{display}, {grade.capitalize()}", _ONCE, once)] if once else []

    def total(self, prices: Iterable[Document]) -> list[Document]:
        """The sums of these prices, every month and once."""
        found = list(prices)
        totals = []
        for kind, name in ((_RECURRING, "Every month"), (_ONCE, "Once")):
            values = [self._value(price) for price in found if price["priceType"] == kind]
            if values:
                totals.append(self._price(name, kind, sum(values, Decimal(0))))
        return totals

    def _price(self, name: str, kind: str, value: Decimal) -> Document:
        period = {"recurringChargePeriod": "month"} if kind == _RECURRING else {}
        return {"name": name, "priceType": kind, **period, "price": self._amounts(value)}

    def _amounts(self, value: Decimal) -> Document:
        """`value` is with VAT under private lists and without under business ones."""
        factor = 1 + self.definitions.vat
        included = self.price_list.vat == "included"
        with_tax = value if included else value * factor
        without = value / factor if included else value
        return {
            "taxRate": float(self.definitions.vat * 100),
            "dutyFreeAmount": _money(without),
            "taxIncludedAmount": _money(with_tax),
            "@type": "Price",
        }

    def _value(self, price: Document) -> Decimal:
        included = self.price_list.vat == "included"
        amount = price["price"]["taxIncludedAmount" if included else "dutyFreeAmount"]
        return Decimal(str(amount["value"]))


def terms(offer: Offer) -> list[Document]:
    """The minimum term of an offer; none for what may end any time."""
    if not offer.term:
        return []
    duration = {"amount": offer.term, "units": "month"}
    return [{"name": f"{offer.term} months", "duration": duration}]


def _reference(offer: Offer, kind: str) -> Document:
    return {"id": f"{offer.code}-{kind}", "@referredType": "ProductOfferingPrice"}


def _money(value: Decimal) -> Document:
    pence = value.quantize(_PENNY, rounding=ROUND_HALF_UP)
    return {"unit": _CURRENCY, "value": float(pence)}
