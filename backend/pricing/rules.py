"""Prices in pounds and pence: which list is lawful, and what a basket comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from backend.catalog.definitions import Definitions, PriceList, Vat
from backend.product_rules import Facts, Offer

_PENNY = Decimal("0.01")
_EX_VAT = "ex VAT"
"""The note of offers whose catalogue price is without VAT."""


@dataclass(frozen=True, slots=True)
class Price:
    """Of one unit, in pounds."""

    monthly: Decimal
    once: Decimal


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
    """What a basket comes to under one list; `first_bill` is the day of the first bill."""

    price_list: PriceList
    items: tuple[Item, ...]
    monthly: Decimal
    once: Decimal
    vat: Vat
    first_bill: dt.date


def lawful(
    definitions: Definitions,
    facts: Facts,
    *,
    reseller: str,
    today: dt.date,
    customer_since: dt.date | None = None,
) -> tuple[PriceList, ...]:
    """Price lists that may be given to this customer, the default first."""
    fitting = (
        each
        for each in definitions.price_lists
        if facts["segment"] in each.segments
        and reseller in each.resellers
        and each.valid_from <= today
        and (not each.needs_benefits or facts["benefits"])
        and _old_enough(each, customer_since)
    )
    return tuple(sorted(fitting, key=lambda each: not each.default))


def _old_enough(price_list: PriceList, customer_since: dt.date | None) -> bool:
    if price_list.customer_before is None:
        return True
    return customer_since is not None and customer_since < price_list.customer_before


def price(definitions: Definitions, price_list: PriceList, offer: Offer) -> Price:
    """Give the price of one unit; a list without VAT takes it out of private prices."""
    monthly, once = offer.monthly, offer.oneoff
    if price_list.vat == "added" and offer.note != _EX_VAT:
        monthly, once = _without_vat(monthly, definitions), _without_vat(once, definitions)
    surcharge = price_list.surcharge
    if surcharge and (surcharge.family, surcharge.kind) == (offer.family, offer.kind):
        monthly += surcharge.monthly
    return Price(_pence(monthly), _pence(once))


def quote(
    definitions: Definitions,
    price_list: PriceList,
    picks: Mapping[str, int],
    numbers: Iterable[NumberPrice] = (),
    *,
    today: dt.date,
) -> Quote:
    """Price a basket: offers in the catalogue's order, then numbers that cost something."""
    items = [
        _item(definitions, price_list, offer, picks[offer.code])
        for offer in definitions.catalogue.offers.values()
        if picks.get(offer.code)
    ]
    for number in numbers:
        once = definitions.number_once[number.grade]
        if once:
            name = f"{number.display}, {number.grade.capitalize()}"
            items.append(Item(f"number:{number.value}", name, 1, _pence(Decimal(0)), _pence(once)))
    return Quote(
        price_list=price_list,
        items=tuple(items),
        monthly=_pence(sum((item.monthly for item in items), Decimal(0))),
        once=_pence(sum((item.once for item in items), Decimal(0))),
        vat=price_list.vat,
        first_bill=first_bill(today),
    )


def first_bill(today: dt.date) -> dt.date:
    """Bills are made on the first of each month."""
    return (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _item(definitions: Definitions, price_list: PriceList, offer: Offer, quantity: int) -> Item:
    unit = price(definitions, price_list, offer)
    return Item(offer.code, offer.name, quantity, unit.monthly * quantity, unit.once * quantity)


def _without_vat(amount: Decimal, definitions: Definitions) -> Decimal:
    return amount / (1 + definitions.vat)


def _pence(amount: Decimal) -> Decimal:
    return amount.quantize(_PENNY, rounding=ROUND_HALF_UP)
