"""One version of the catalogue with the engine that knows it, and what a written order breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from backend.catalog.definitions import Definitions, PriceList
from backend.pricing.rules import Rates
from backend.product_rules import Engine, Violation, violations
from backend.product_rules.catalogue import HasCondition, Rule
from backend.qualification.facts import Facts
from backend.qualification.forms import characteristic
from backend.qualification.sections import Head, heads_of
from backend.rest.errors import Field, Invalid
from backend.rest.resource import Document

Counts = dict[str, int]
"""Offers with how many of each."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A version of the catalogue in use."""

    definitions: Definitions
    engine: Engine
    heads: tuple[Head, ...]
    _rates: dict[tuple[str, frozenset[str]], Rates] = field(default_factory=dict)
    _settable: dict[str, list[Document]] = field(default_factory=dict)
    _needs: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, definitions: Definitions) -> Shelf:
        return cls(definitions, Engine(definitions.catalogue), heads_of(definitions))

    @property
    def rivals(self) -> Iterator[tuple[str, ...]]:
        """The offers of each section of which one may be had, so that another takes its place."""
        return (each.codes for each in self.heads if each.rule)

    def rates(self, price_list: PriceList, facts: Facts) -> Rates:
        """What a customer with these facts pays; what was worked out before is not again."""
        made = Rates.of(self.definitions, price_list, facts)
        return self._rates.setdefault((price_list.id, made.waived), made)

    def settable(self, code: str) -> list[Document]:
        """What can be set for an offer, as answers tell it; nobody changes what this gives."""
        known = self._settable.get(code)
        if known is None:
            told = map(characteristic, self.definitions.by_offer[code].characteristics)
            known = self._settable[code] = list(told)
        return known

    def needs(self, code: str) -> list[str]:
        """The ids of the needs that an offer meets."""
        known = self._needs.get(code)
        if known is None:
            offer = self.definitions.offer(code)
            met = [each.id for each in self.definitions.needs if each.met_by(offer)]
            known = self._needs[code] = met
        return known

    def rule(self, identity: str) -> Rule:
        return self.definitions.catalogue.rules[identity]

    def known(self, installed: Mapping[str, int]) -> Counts:
        """What is installed, of what is still in the catalogue, in the catalogue's order."""
        offers = self.definitions.catalogue.offers
        return {code: installed[code] for code in offers if installed.get(code)}

    def names(self, counts: Mapping[str, int]) -> list[dict[str, object]]:
        """Offers as answers name them: id, name and quantity."""
        offers = self.definitions.catalogue.offers
        return [
            {"id": code, "name": offers[code].name, "quantity": count}
            for code, count in counts.items()
        ]

    def reasons(self, rules: Iterable[str]) -> list[dict[str, str]]:
        """Rules with the text for agents; what is internal stays inside."""
        return [{"rule": each, "text": self.rule(each).text} for each in rules]


def triggers(rule: Rule) -> tuple[str, ...]:
    """The offers for whose sake a rule asks for others."""
    has = (each.offers for each in rule.when if isinstance(each, HasCondition))
    return tuple(code for codes in has for code in codes)


def together(*parts: Mapping[str, int]) -> Counts:
    """The sum of selections."""
    found: Counts = {}
    for part in parts:
        for code, count in part.items():
            found[code] = found.get(code, 0) + count
    return found


def less(many: Mapping[str, int], few: Mapping[str, int]) -> Counts:
    """What the one holds more than the other."""
    more = {code: count - few.get(code, 0) for code, count in many.items()}
    return {code: count for code, count in more.items() if count > 0}


def check(
    definitions: Definitions, facts: Facts, selection: Mapping[str, int]
) -> tuple[Violation, ...]:
    """What a whole order breaks, the installed products included; empty: it is valid."""
    return violations(definitions.catalogue, facts, known_picks(definitions, selection))


def known_picks(definitions: Definitions, picks: Mapping[str, int]) -> Counts:
    """Picks without zeros, in the catalogue's order; Invalid names an offer nobody knows."""
    offers = definitions.catalogue.offers
    unknown = sorted(code for code in picks if code not in offers)
    if unknown:
        raise Invalid(
            f"There is no offer {unknown[0]}.",
            "Choose from the catalogue.",
            code="unknownOffer",
            fields=tuple(Field(f"picks.{code}", "There is no such offer.") for code in unknown),
        )
    return {code: picks[code] for code in offers if picks.get(code)}
