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


class Cardinality(Record, frozen=True):
    """How many values may be set; `max` None has no end."""

    min: int = 0
    max: int | None = 1


class Characteristic(Record, frozen=True):
    """Something that can be set for one unit of an offer; drawn as a field of that type.

    `minimum` and `maximum` bound an integer or decimal, which is counted in `unit`, and a date in
    days from today.
    """

    name: str
    label: str
    type: str  # string, boolean, choice, integer, decimal
    values: tuple[CharacteristicValue, ...] = ()
    default: str | None = None
    pattern: str | None = None
    required: bool = False
    help: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: str | None = None
    cardinality: Cardinality = msgspec.field(default_factory=Cardinality)


class OfferChoice(Record, frozen=True):
    """An offer that may be chosen now, or is picked already. Prices in pounds.

    `kind` is the operator's word, `role` the part it plays in an order: line, sim, addon,
    service, item, part, once, discount, paperBill. `needs` are ids of what it meets.
    """

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
    role: str = "service"
    needs: tuple[str, ...] = ()
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
    """A line of the basket; `of` names what a saving is given for."""

    id: str
    name: str
    quantity: int = 1
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    of: tuple[str, ...] = ()


class Amounts(Record, frozen=True):
    """One amount without VAT, its VAT, and with it."""

    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)
    gross: Decimal = Decimal(0)


class Totals(Record, frozen=True):
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    vat: str = "included"
    first_bill: dt.date | None = None
    monthly_amounts: Amounts | None = None
    once_amounts: Amounts | None = None


class Bill(Record, frozen=True):
    """The next bill, if all starts and ends on the day `start`.

    `part_month` is for `days` of the `days_of_month`; then a `month_ahead`, what is charged
    once, and `credit`: what was paid ahead for products that end (0 or more, taken off).
    """

    day: dt.date
    start: dt.date
    days: int = 0
    days_of_month: int = 0
    part_month: Decimal = Decimal(0)
    month_ahead: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    total: Amounts = msgspec.field(default_factory=Amounts)


class Proposal(Record, frozen=True):
    """The best saving that may be had, with what must be added for it."""

    offer: str
    name: str
    saves: Decimal = Decimal(0)
    gains: Decimal = Decimal(0)
    vat: str = "included"
    instead: tuple[str, ...] = ()
    opens_with: tuple[MissingChoice, ...] = ()


class FormField(Record, frozen=True):
    """How one characteristic stands for one unit: what can still be part of a valid form.

    `open` None: any value of its type; `reason` says why the others are closed, `problem` what
    is wrong with the value that is set.
    """

    name: str
    visible: bool = True
    required: bool = False
    open: tuple[str, ...] | None = None
    default: str | None = None
    reason: str | None = None
    problem: str | None = None


class OfferCount(Record, frozen=True):
    """So many of an offer."""

    id: str
    name: str
    quantity: int = 1


class DroppedPick(Record, frozen=True):
    """A pick that cannot stay: how many fewer of it, and why."""

    id: str
    name: str
    quantity: int = 1
    reasons: tuple[Reason, ...] = ()


class Repair(Record, frozen=True):
    """How picks that cannot be completed become whole again, by the smallest change."""

    dropped: tuple[DroppedPick, ...] = ()
    added: tuple[OfferCount, ...] = ()
    text: str = ""


class InstalledProduct(Record, frozen=True):
    """A product the customer has, and what this change does with it.

    `number` is its own or that of the line it hangs on. `end_with` are other products (TMF637
    ids) that would have to end with it; with these it may end although `may_end` is False.
    `characteristics` can be set, `settings` are how they are set now, by name.
    """

    product_id: str
    offer: str
    name: str
    family: str = ""
    kind: str = ""
    role: str = "service"
    number: str | None = None
    place: str | None = None
    status: str = ""
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    term: int = 0
    term_ends: dt.date | None = None
    exit_fee: Decimal = Decimal(0)
    ends: bool = False
    moves_to: str | None = None
    may_end: bool = False
    end_reasons: tuple[Reason, ...] = ()
    end_with: tuple[str, ...] = ()
    may_move: bool = False
    characteristics: tuple[Characteristic, ...] = ()
    settings: Mapping[str, str] = msgspec.field(default_factory=dict)


class ChangeLine(Record, frozen=True):
    """What becomes of one product, or what is added; money per line, in pounds.

    `term` is how many months it binds from now on, 0 where it does not.
    """

    change: str  # add, end, move, keep
    offer: str
    name: str
    product_id: str | None = None
    was: str | None = None
    quantity: int = 1
    term: int = 0
    monthly_before: Decimal = Decimal(0)
    monthly_after: Decimal = Decimal(0)
    once: Decimal = Decimal(0)


class Difference(Record, frozen=True):
    """What a change does to what the customer has, and to the bill."""

    lines: tuple[ChangeLine, ...] = ()
    monthly_before: Decimal = Decimal(0)
    monthly_after: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    exit_fees: Decimal = Decimal(0)
    next_bill: Bill | None = None


class PriceList(Record, frozen=True):
    id: str
    name: str


class Reseller(Record, frozen=True):
    """Somebody the agent may sell for; prices and offers depend on it."""

    id: str
    name: str


class PlannedLetter(Record, frozen=True):
    """A letter that an order would bring; `way` is email, letter or text."""

    id: str
    way: str = ""


class Plan(Record, frozen=True):
    """What an order would bring: its steps by name, in their order, and its letters."""

    steps: tuple[str, ...] = ()
    letters: tuple[PlannedLetter, ...] = ()


class Need(Record, frozen=True):
    """What people ask for; `words` are how they say it."""

    id: str
    name: str
    words: tuple[str, ...] = ()


class Choices(Record, frozen=True):
    """One whole refresh for one set of picks."""

    catalogue_version: str = ""
    facts: Mapping[str, str | int] = msgspec.field(default_factory=dict)
    price_list: str = ""
    price_lists: tuple[PriceList, ...] = ()
    resellers: tuple[Reseller, ...] = ()
    needs: tuple[Need, ...] = ()
    offers: tuple[OfferChoice, ...] = ()
    sections: tuple[Section, ...] = ()
    hidden: tuple[HiddenOffer, ...] = ()
    missing: tuple[MissingChoice, ...] = ()
    forced: Mapping[str, int] = msgspec.field(default_factory=dict)
    basket: tuple[BasketItem, ...] = ()
    savings: tuple[BasketItem, ...] = ()
    totals: Totals = msgspec.field(default_factory=Totals)
    bill: Bill | None = None
    proposal: Proposal | None = None
    forms: Mapping[str, tuple[FormField, ...]] = msgspec.field(default_factory=dict)
    repair: Repair | None = None
    installed: tuple[InstalledProduct, ...] = ()
    difference: Difference | None = None
    plan: Plan | None = None

    def offer(self, code: str) -> OfferChoice | None:
        return next((offer for offer in self.offers if offer.id == code), None)


class Target(Record, frozen=True):
    """An offer that an installed product may become; `difference` is per month, of all of it.

    `lost` are the names of products that end with the move, `ends` their ids.
    """

    id: str
    name: str
    monthly: Decimal = Decimal(0)
    once: Decimal = Decimal(0)
    term: int = 0
    difference: Decimal = Decimal(0)
    lost: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    brings: tuple[OfferCount, ...] = ()


class Targets(Record, frozen=True):
    targets: tuple[Target, ...] = ()


class Repackage(Record, frozen=True):
    """The cheapest lawful package that keeps what is used, as one change; money per month."""

    moves: Mapping[str, str] = msgspec.field(default_factory=dict)
    ends: tuple[str, ...] = ()
    picks: Mapping[str, int] = msgspec.field(default_factory=dict)
    monthly_before: Decimal = Decimal(0)
    monthly_after: Decimal = Decimal(0)
    saves: Decimal = Decimal(0)
    kept: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    proved: bool = False
