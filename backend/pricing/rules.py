"""What things cost one customer: the one place where every price and total is worked out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from backend.catalog.definitions import Definitions, PriceList
from backend.pricing.bills import FirstBill, first_bill
from backend.pricing.money import Amounts, amounts, pence
from backend.product_rules import Facts, Offer

_EX_VAT = "ex VAT"
"""The note of offers whose catalogue price is without VAT."""
_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Price:
    """Of one unit, in pounds."""

    monthly: Decimal
    once: Decimal

    @property
    def saves(self) -> bool:
        """Whether it takes off instead of adding."""
        return self.monthly < 0 or self.once < 0


_FREE = Price(_NOTHING, _NOTHING)


@dataclass(frozen=True, slots=True)
class NumberPrice:
    """A chosen telephone number, whose grade has a price."""

    value: str
    display: str
    grade: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the basket: all units of one offer, or one number."""

    id: str
    name: str
    quantity: int
    monthly: Decimal
    once: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """What a basket comes to under one list, if it starts today; `savings` are among the items."""

    price_list: PriceList
    items: tuple[Item, ...]
    savings: tuple[Item, ...]
    monthly: Amounts
    once: Amounts
    bill: FirstBill
    bill_total: Amounts


@dataclass(frozen=True, slots=True)
class Rates:
    """One version of the catalogue under one list; `waived` offers cost this customer nothing."""

    definitions: Definitions
    price_list: PriceList
    waived: frozenset[str] = frozenset()
    _units: dict[str, Price] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, definitions: Definitions, price_list: PriceList, facts: Facts) -> Rates:
        """The rates for a customer with these facts."""
        waived = (each.offer for each in definitions.waivers if facts.get(each.fact) == each.value)
        return cls(definitions, price_list, frozenset(waived))

    def unit(self, offer: Offer) -> Price:
        """The price of one, with or without VAT as the list has it."""
        known = self._units.get(offer.code)
        if known is None:
            known = self._units[offer.code] = self._unit(offer)
        return known

    def _unit(self, offer: Offer) -> Price:
        if offer.code in self.waived:
            return _FREE
        ex_vat = offer.note == _EX_VAT
        monthly = self._as_listed(offer.monthly, ex_vat=ex_vat)
        surcharge = self.price_list.surcharge
        if surcharge and (surcharge.family, surcharge.kind) == (offer.family, offer.kind):
            monthly += surcharge.monthly
        return Price(pence(monthly), pence(self._as_listed(offer.oneoff, ex_vat=ex_vat)))

    def number(self, grade: str) -> Decimal:
        """What a number of this grade costs once; the catalogue's figure is with VAT."""
        return pence(self._as_listed(self.definitions.number_once[grade], ex_vat=False))

    def fees_covered(self, grades: Iterable[str]) -> Counter[str]:
        """How many units of which offers are paid with the price of numbers of these grades.

        A gold number costs what its grade costs: a golden-number fee beside it costs nothing.
        """
        fees = self.definitions.number_fee
        return Counter(fees[grade] for grade in grades if grade in fees)

    def amounts(self, value: Decimal) -> Amounts:
        """An amount under this list, with its VAT."""
        return amounts(value, self.price_list.vat, self.definitions.vat)

    def quote(
        self, picks: Mapping[str, int], numbers: Iterable[NumberPrice] = (), *, today: dt.date
    ) -> Quote:
        """Price a basket: offers in the catalogue's order, then numbers that cost something."""
        chosen = tuple(numbers)
        covered = self.fees_covered(number.grade for number in chosen)
        items = tuple(
            self._item(offer, picks[offer.code], covered[offer.code])
            for offer in self.definitions.catalogue.offers.values()
            if picks.get(offer.code)
        )
        items += tuple(self._number(each) for each in chosen if self.number(each.grade))
        once = sum((item.once for item in items), _NOTHING)
        bill = first_bill((item.monthly for item in items), once, start=today)
        return Quote(
            price_list=self.price_list,
            items=items,
            savings=tuple(item for item in items if item.monthly < 0 or item.once < 0),
            monthly=self.amounts(sum((item.monthly for item in items), _NOTHING)),
            once=self.amounts(once),
            bill=bill,
            bill_total=self.amounts(bill.total),
        )

    def listed(self, value: Amounts) -> Decimal:
        """The figure of the two that this list shows."""
        return value.gross if self.price_list.vat == "included" else value.net

    def _as_listed(self, amount: Decimal, *, ex_vat: bool) -> Decimal:
        if self.price_list.vat == "added":
            return amount if ex_vat else amount / (1 + self.definitions.vat)
        return amount * (1 + self.definitions.vat) if ex_vat else amount

    def _item(self, offer: Offer, quantity: int, covered: int) -> Item:
        unit = self.unit(offer)
        charged = max(quantity - covered, 0)
        return Item(offer.code, offer.name, quantity, unit.monthly * quantity, unit.once * charged)

    def _number(self, number: NumberPrice) -> Item:
        name = f"{number.display}, {number.grade.capitalize()}"
        return Item(f"number:{number.value}", name, 1, _NOTHING, self.number(number.grade))
