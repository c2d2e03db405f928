"""What the items of an order cost, as TMF622 writes prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from backend.catalog.definitions import Definitions, PriceList
from backend.pricing import rules as pricing
from backend.product_rules import Offer
from backend.rest.resource import Document

_CURRENCY = "GBP"
_RECURRING, _ONCE = "recurring", "oneTime"


@dataclass(frozen=True, slots=True)
class Tariff:
    """One version of the catalogue under one price list; `waived` offers cost nothing."""

    definitions: Definitions
    price_list: PriceList
    waived: frozenset[str] = frozenset()

    @property
    def rates(self) -> pricing.Rates:
        return pricing.Rates(self.definitions, self.price_list, self.waived)

    def of_offer(self, offer: Offer, *, covered: bool = False) -> list[Document]:
        """The prices of one unit; what costs nothing says that it costs nothing each month.

        `covered` is a fee that is paid with the price of a number.
        """
        unit = self.rates.unit(offer)
        charged = unit.once and not covered
        prices = []
        if unit.monthly or not charged:
            monthly = self._price(f"{offer.name}, every month", _RECURRING, unit.monthly)
            prices.append({**monthly, "productOfferingPrice": _reference(offer, "monthly")})
        if charged:
            once = self._price(f"{offer.name}, once", _ONCE, unit.once)
            prices.append({**once, "productOfferingPrice": _reference(offer, "once")})
        return prices

    def of_number(self, display: str, grade: str) -> list[Document]:
        """What a memorable number costs once; nothing for a standard one."""
        once = self.rates.number(grade)
        return [self._price(f"{display}, {grade.capitalize()}", _ONCE, once)] if once else []

    def once(self, name: str, value: Decimal) -> Document:
        """An amount that is paid once, as the list shows it."""
        return self._price(name, _ONCE, value)

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
        found = self.rates.amounts(value)
        return {
            "taxRate": float(self.definitions.vat * 100),
            "dutyFreeAmount": _money(found.net),
            "taxIncludedAmount": _money(found.gross),
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
    return {"unit": _CURRENCY, "value": float(value)}
