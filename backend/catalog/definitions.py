"""What stands beside the rules: specifications, sections, families, price lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from backend.catalog.characteristics import Characteristic, Shape
from backend.catalog.form_reading import FormReading
from backend.catalog.roles import SERVICE, Need, Role, needs_of, roles_of
from backend.product_rules import Catalogue, Offer
from backend.product_rules.catalogue import Fact

Vat = Literal["included", "added"]


class BadDefinitions(Exception):  # noqa: N818  # says which entry and what is wrong with it
    """Specifications or prices that do not fit the catalogue."""


@dataclass(frozen=True, slots=True)
class Specification:
    """What offers of these kinds are, or the offers named by code.

    `process_flow` names the flow that carries them out, `form` is what can be set for each unit.
    """

    id: str
    name: str
    family: str
    kinds: tuple[str, ...]
    process_flow: str
    number_type: str | None = None
    form: Shape = field(default_factory=Shape)
    offers: tuple[str, ...] = ()

    @property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """What can be set for each unit, in the order in which a form shows it."""
        return self.form.characteristics


@dataclass(frozen=True, slots=True)
class Section:
    """A head in the offer list, and the families whose tab shows it."""

    name: str
    family: str
    kind: str
    also: tuple[str, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        return (self.family, *self.also)


@dataclass(frozen=True, slots=True)
class Surcharge:
    family: str
    kind: str
    monthly: Decimal


@dataclass(frozen=True, slots=True)
class PriceList:
    """A price list and to whom it may lawfully be given."""

    id: str
    name: str
    segments: frozenset[str]
    resellers: frozenset[str]
    valid_from: dt.date
    valid_until: dt.date | None = None
    """Its last day; None: no end is known."""
    vat: Vat = "included"
    default: bool = False
    customer_before: dt.date | None = None
    needs_benefits: bool = False
    surcharge: Surcharge | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """An offer that costs nothing where a fact of the customer has this value."""

    offer: str
    fact: str
    value: Fact


@dataclass(frozen=True, slots=True)
class Notice:
    """How many days before its end an offer of these kinds has to be given up.

    `without_term` is how many it is once no minimum term runs any more.
    """

    family: str
    kinds: tuple[str, ...]
    days: int
    without_term: int


@dataclass(frozen=True, slots=True)
class Family:
    id: str
    family: str
    name: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """One version of everything that is sold: rules, specifications, prices."""

    number: int
    catalogue: Catalogue
    families: tuple[Family, ...]
    specifications: Mapping[str, Specification]
    by_offer: Mapping[str, Specification]
    sections: tuple[Section, ...]
    price_lists: tuple[PriceList, ...]
    number_once: Mapping[str, Decimal]
    vat: Decimal
    resellers: Mapping[str, str]
    waivers: tuple[Waiver, ...] = ()
    number_fee: Mapping[str, str] = field(default_factory=dict)
    """Grade of a number to the offer that is the same fee, charged once only."""
    exit_share: Decimal = Decimal(0)
    """Share (of one) of the months left that is charged when a minimum term is broken."""
    notices: tuple[Notice, ...] = ()
    as_good: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Offers that may take an offer's place in a cheaper package, for they hold all it holds."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """The part each offer plays in an order, by its code."""
    needs: tuple[Need, ...] = ()

    def offer(self, code: str) -> Offer:
        return self.catalogue.offers[code]

    def role(self, code: str) -> Role:
        """The part an offer plays; one that is sold no more stands for itself."""
        return self.roles.get(code, SERVICE)

    def notice_days(self, offer: Offer, *, in_term: bool) -> int:
        """Days between giving an offer up and its end; 0 where the price list says nothing."""
        for each in self.notices:
            if each.family == offer.family and offer.kind in each.kinds:
                return each.days if in_term else each.without_term
        return 0

    def family_name(self, family: str) -> str:
        return next((each.name for each in self.families if each.family == family), family)


def read_definitions(
    number: int, catalogue: Catalogue, specifications: Mapping[str, Any], prices: Mapping[str, Any]
) -> Definitions:
    """Read and check the tables beside the rules; BadDefinitions names the first that is wrong."""
    told = specifications.get("specification", ())
    known = {each.id: each for each in _specifications(catalogue, told)}
    return Definitions(
        number=number,
        catalogue=catalogue,
        families=tuple(Family(**each) for each in specifications.get("family", ())),
        specifications=known,
        by_offer=_by_offer(catalogue.offers.values(), known.values()),
        sections=tuple(
            Section(each["name"], each["family"], each["kind"], tuple(each.get("also", ())))
            for each in specifications.get("section", ())
        ),
        price_lists=tuple(_price_list(each) for each in prices.get("price_list", ())),
        number_once={grade: Decimal(once) for grade, once in prices["number_once"].items()},
        vat=Decimal(prices["vat_percent"]) / 100,
        resellers={each["id"]: each["name"] for each in prices.get("reseller", ())},
        waivers=tuple(_waiver(catalogue, each) for each in prices.get("waiver", ())),
        number_fee=_number_fees(catalogue, prices.get("number_fee", {})),
        exit_share=Decimal(prices.get("exit_fee_percent", 0)) / 100,
        notices=tuple(_notice(each) for each in prices.get("notice", ())),
        as_good=_as_good(catalogue, prices.get("as_good", {})),
        roles=roles_of(catalogue.offers.values(), specifications.get("role", ())),
        needs=needs_of(specifications.get("need", ())),
    )


def _specifications(
    catalogue: Catalogue, entries: Iterable[Mapping[str, Any]]
) -> tuple[Specification, ...]:
    plain = [_specification(each) for each in entries]
    of_offer = _by_offer(catalogue.offers.values(), plain)
    return tuple(
        replace(known, form=_form(catalogue, known, of_offer, entry.get("characteristic", ())))
        for known, entry in zip(plain, entries, strict=True)
    )


def _specification(entry: Mapping[str, Any]) -> Specification:
    return Specification(
        id=entry["id"],
        name=entry["name"],
        family=entry["family"],
        kinds=tuple(entry.get("kinds", ())),
        process_flow=entry["process_flow"],
        number_type=entry.get("number_type"),
        offers=tuple(entry.get("offers", ())),
    )


def _form(
    catalogue: Catalogue,
    known: Specification,
    of_offer: Mapping[str, Specification],
    entries: Iterable[Mapping[str, Any]],
) -> Shape:
    offers = tuple(code for code, each in of_offer.items() if each.id == known.id)
    reading = FormReading(known.id, catalogue.context, offers)
    shape = reading.shape(entries)
    if reading.faults:
        raise BadDefinitions("\n".join(str(each) for each in reading.faults))
    return shape


def _by_offer(
    offers: Iterable[Offer], specifications: Iterable[Specification]
) -> dict[str, Specification]:
    """The specification that names an offer by its code, else by its family and kind.

    One may name an offer that was withdrawn: it need not change when an offer goes or comes back.
    """
    known = tuple(specifications)
    places = {(each.family, kind): each for each in known for kind in each.kinds}
    named = {code: each for each in known for code in each.offers}
    found = {}
    for offer in offers:
        specification = named.get(offer.code) or places.get((offer.family, offer.kind))
        if specification is None:
            raise BadDefinitions(f"{offer.code}: no specification for {offer.family} {offer.kind}.")
        found[offer.code] = specification
    return found


def _waiver(catalogue: Catalogue, entry: Mapping[str, Any]) -> Waiver:
    waiver = Waiver(entry["offer"], entry["fact"], entry["value"])
    if waiver.offer not in catalogue.offers:
        raise BadDefinitions(f"A waiver names {waiver.offer}, which is no offer.")
    if waiver.value not in catalogue.context.get(waiver.fact, ()):
        raise BadDefinitions(f"{waiver.offer}: {waiver.fact} is never {waiver.value}.")
    return waiver


def _notice(entry: Mapping[str, Any]) -> Notice:
    days = int(entry["days"])
    without = int(entry.get("without_term", days))
    return Notice(entry["family"], tuple(entry["kinds"]), days, without)


def _number_fees(catalogue: Catalogue, entries: Mapping[str, str]) -> Mapping[str, str]:
    unknown = sorted(set(entries.values()) - set(catalogue.offers))
    if unknown:
        raise BadDefinitions(f"A number's fee names {unknown[0]}, which is no offer.")
    return dict(entries)


def _as_good(
    catalogue: Catalogue, entries: Mapping[str, Iterable[str]]
) -> Mapping[str, tuple[str, ...]]:
    found = {code: tuple(others) for code, others in entries.items()}
    named = {*found, *(other for others in found.values() for other in others)}
    unknown = sorted(named - set(catalogue.offers))
    if unknown:
        raise BadDefinitions(f"as_good names {unknown[0]}, which is no offer.")
    return found


def _price_list(entry: Mapping[str, Any]) -> PriceList:
    surcharge = entry.get("surcharge")
    return PriceList(
        id=entry["id"],
        name=entry["name"],
        segments=frozenset(entry["segments"]),
        resellers=frozenset(entry["resellers"]),
        valid_from=_day(entry["valid_from"]),
        valid_until=_day(entry["valid_until"]) if "valid_until" in entry else None,
        vat=entry.get("vat", "included"),
        default=entry.get("default", False),
        customer_before=_day(entry["customer_before"]) if "customer_before" in entry else None,
        needs_benefits=entry.get("needs_benefits", False),
        surcharge=Surcharge(surcharge["family"], surcharge["kind"], Decimal(surcharge["monthly"]))
        if surcharge
        else None,
    )


def _day(value: dt.date | str) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
