"""The rules that one customer meets, and which of them a selection breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from backend.product_rules.catalogue import (
    Catalogue,
    FactCondition,
    Facts,
    HasCondition,
    Rule,
    Selection,
)
from backend.product_rules.rules import balanced, weights_of


class Applied:
    """The rules whose facts one customer meets, by the offers they speak of."""

    def __init__(self, catalogue: Catalogue, facts: Facts) -> None:
        met = [each for each in catalogue.rules.values() if _met(each, facts)]
        self._rules = [_Ready(each, weights_of(each), _guards(each)) for each in met]
        self._naming: dict[str, set[int]] = {}
        for place, ready in enumerate(self._rules):
            for code in named_by(ready.rule):
                self._naming.setdefault(code, set()).add(place)
        self._of_nothing = {at for at, ready in enumerate(self._rules) if ready.is_broken({})}

    def broken(self, selection: Selection, about: Iterable[str] | None = None) -> list[Rule]:
        """The rules that a selection breaks, in the catalogue's order.

        Only those that speak of some offers, where these are given.
        """
        chosen = {code: count for code, count in selection.items() if count}
        # What a selection breaks speaks of something in it, or is broken by nothing too.
        places = set(self._of_nothing) if about is None else set()
        for code in chosen if about is None else about:
            places.update(self._naming.get(code, ()))
        ready = (self._rules[place] for place in sorted(places))
        return [each.rule for each in ready if each.is_broken(chosen)]

    def newly_broken(
        self, after: Selection, before: Selection, about: Collection[str]
    ) -> list[Rule]:
        """Of the rules about these offers that are broken after, those that were not before."""
        found = self.broken(after, about)
        if not found:
            return []
        old = {each.id for each in self.broken(before, about)}
        return [each for each in found if each.id not in old]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with what is asked of it again and again."""

    rule: Rule
    weights: Mapping[str, int]
    guards: tuple[frozenset[str], ...]

    def is_broken(self, chosen: Selection) -> bool:
        """Whether these break it; nothing in `chosen` is counted 0."""
        for guard in self.guards:
            if guard.isdisjoint(chosen):
                return False
        total, weights = -self.rule.k, self.weights
        for code, count in chosen.items():
            total += weights.get(code, 0) * count
        return not balanced(self.rule, total)


def _guards(rule: Rule) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(each.offers) for each in rule.when if isinstance(each, HasCondition))


def named_by(rule: Rule) -> frozenset[str]:
    """The offers a rule speaks of."""
    return frozenset((*rule.left, *rule.right)).union(*_guards(rule))


def _met(rule: Rule, facts: Facts) -> bool:
    conditions = (each for each in rule.when if isinstance(each, FactCondition))
    return all(facts[each.key] in each.values for each in conditions)
