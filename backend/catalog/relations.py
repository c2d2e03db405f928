"""What the rules say of offers whoever asks: what requires or excludes what, where it is sold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from backend.product_rules.catalogue import (
    Catalogue,
    Fact,
    FactCondition,
    HasCondition,
    Rule,
)

REQUIRES, EXCLUDES = "requires", "excludes"
_LARGEST = 60
"""Offers that rule each other out: beyond so many the pairs would be all there is to read."""

Relation = tuple[str, str, str]
"""The offer, the kind of relation, and the other offer."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations that hold for everybody; those that hang on a customer's facts are left to TMF679.

    `of` gives for each offer its kinds of relation to others, with the rule that says so. Offers
    required under one rule are alternatives: one of them is enough.
    """

    of: Mapping[str, Mapping[tuple[str, str], str]]
    shut_out: Mapping[tuple[str, Fact], frozenset[str]] = field(default_factory=dict)
    """Offers that are never sold where a fact has this value."""

    def places(self, catalogue: Catalogue, code: str, fact: str) -> list[Fact]:
        """The values of a fact, such as `channel`, under which an offer may be sold at all."""
        values = catalogue.context.get(fact, ())
        return [each for each in values if code not in self.shut_out.get((fact, each), ())]


def relations(catalogue: Catalogue) -> Relations:
    """Read them from the rules."""
    found: dict[str, dict[tuple[str, str], str]] = {code: {} for code in catalogue.offers}
    shut: dict[tuple[str, Fact], set[str]] = {}
    for rule in catalogue.rules.values():
        for code, kind, other in _pairs(rule):
            if code != other:
                found[code].setdefault((kind, other), rule.id)
        for key, value in _bans(rule):
            shut.setdefault((key, value), set()).update(rule.left)
    return Relations(found, {place: frozenset(codes) for place, codes in shut.items()})


def _pairs(rule: Rule) -> Iterator[Relation]:
    had = [each.offers for each in rule.when if isinstance(each, HasCondition)]
    if len(had) != len(rule.when):
        return  # it reads facts
    if not had:
        yield from _always(rule)
    elif len(had) == 1 and not rule.right:
        yield from _having(had[0], rule)


def _having(codes: tuple[str, ...], rule: Rule) -> Iterator[Relation]:
    """From a rule on those who have one of `codes`."""
    if rule.k == 0 and rule.op in {"==", "<="}:
        for code in codes:
            for other in rule.left:
                yield code, EXCLUDES, other
                yield other, EXCLUDES, code
    elif rule.k >= 1 and rule.op in {"==", ">="}:
        for code in codes:
            for other in rule.left:
                yield code, REQUIRES, other


def _always(rule: Rule) -> Iterator[Relation]:
    """From a rule on everybody."""
    if rule.right:
        if rule.k == 0 and rule.op in {"==", "<="}:  # none of the left without the right
            for code in rule.left:
                for other in rule.right:
                    yield code, REQUIRES, other
    elif rule.k == 1 and rule.op == "<=" and len(rule.left) <= _LARGEST:
        for code in rule.left:
            for other in rule.left:
                yield code, EXCLUDES, other


def _bans(rule: Rule) -> Iterator[tuple[str, Fact]]:
    """The values of one fact under which a rule refuses its offers to everybody."""
    match rule.when:
        case (FactCondition(key, values),) if (
            rule.k == 0 and rule.op in {"==", "<="} and not rule.right
        ):
            yield from ((key, value) for value in values)
