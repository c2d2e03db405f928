"""What may be chosen, why not, and what it costs: records of `/desk-api/v1/choices`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A record as it comes from the server; fields it does not know are left out."""


class CharacteristicValue(Record, frozen=True):
    value: str
    label: str


class Characteristic(Record, frozen=True):
    """Something that can be set for one unit of an offer; drawn as a field of that type."""

    name: str
    label: str
    type: str  # string, boolean, choice, integer
    values: tuple[CharacteristicValue, ...] = ()
    default: str | None = None
    pattern: str | None = None
    required: bool = False
    help: str = ""


class OfferChoice(Record, frozen=True):
    """An offer that may be chosen now, or is picked already. Prices in pounds."""

    id: str
    name: str
    family: str
    kind: str
    monthly: Decimal
    once: Decimal
    term: int = 0
    most: int = 1
    picked: int = 0
    offerable: bool = True
    note: str = ""
    number_type: str | None = None
    characteristics: tuple[Characteristic, ...] = ()


class Reason(Record, frozen=True):
    rule: str
    text: str


class HiddenOffer(Record, frozen=True):
    """An offer that cannot be completed into a valid order now, with a minimal set of rules."""

    id: str
    name: str
    family: str
    reasons: tuple[Reason, ...] = ()


class MissingChoice(Record, frozen=True):
    """What the picks still need: `count` more (at least, or exactly) of the offers that serve."""

    rule: str
    text: str
    count: int = 1
    exactly: bool = False
    serves: tuple[str, ...] = ()


class Section(Record, frozen=True):
    """Offers of a family that belong under one head, with the rule that binds them."""

    family: str
    name: str
    rule: str = ""
    offers: tuple[str, ...] = ()


class BasketItem(Record, frozen=True):
    id: str
    name: str
    quantity: int = 1
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)


class Totals(Record, frozen=True):
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    vat: str = "included"
    first_bill: dt.date | None = None


class PriceList(Record, frozen=True):
    id: str
    name: str


class Reseller(Record, frozen=True):
    """Somebody the agent may sell for; prices and offers depend on it."""

    id: str
    name: str


class Choices(Record, frozen=True):
    """One whole refresh for one set of picks."""

    catalogue_version: str = ""
    facts: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    price_list: str = ""
    price_lists: tuple[PriceList, ...] = ()
    resellers: tuple[Reseller, ...] = ()
    offers: tuple[OfferChoice, ...] = ()
    sections: tuple[Section, ...] = ()
    hidden: tuple[HiddenOffer, ...] = ()
    missing: tuple[MissingChoice, ...] = ()
    forced: Mapping[str, int] = msgspec.field(default_factory=dict)
    basket: tuple[BasketItem, ...] = ()
    totals: Totals = msgspec.field(default_factory=Totals)

    def offer(self, code: str) -> OfferChoice | None:
        return next((offer for offer in self.offers if offer.id == code), None)
