"""The rules that one customer meets, and which of them a selection breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from backend.product_rules.catalogue import (
    FactCondition,
    Facts,
    HasCondition,
    Rule,
    Selection,
)
from backend.product_rules.rules import balanced, weights_of


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with what is asked of it again and again."""

    rule: Rule
    weights: Mapping[str, int]
    guards: tuple[frozenset[str], ...]
    names: frozenset[str]
    """The offers it speaks of."""

    @classmethod
    def of(cls, rule: Rule) -> Self:
        guards = (each.offers for each in rule.when if isinstance(each, HasCondition))
        return cls(rule, weights_of(rule), tuple(map(frozenset, guards)), named_by(rule))

    def is_met(self, facts: Facts) -> bool:
        """Whether the facts are those it is written for."""
        conditions = (each for each in self.rule.when if isinstance(each, FactCondition))
        return all(facts[each.key] in each.values for each in conditions)

    def is_broken(self, chosen: Selection) -> bool:
        """Whether these break it, its facts being met; nothing in `chosen` is counted 0."""
        for guard in self.guards:
            if guard.isdisjoint(chosen):
                return False
        total, weights = -self.rule.k, self.weights
        for code in chosen.keys() & weights.keys():
            total += weights[code] * chosen[code]
        return not balanced(self.rule, total)


class Applied:
    """The rules whose facts one customer meets, by the offers they speak of."""

    def __init__(self, rules: Iterable[ReadyRule], facts: Facts) -> None:
        self._rules = [each for each in rules if each.is_met(facts)]
        self._naming: dict[str, list[int]] = {}
        for place, ready in enumerate(self._rules):
            for code in ready.names:
                self._naming.setdefault(code, []).append(place)
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


def named_by(rule: Rule) -> frozenset[str]:
    """The offers a rule speaks of."""
    guards = (each.offers for each in rule.when if isinstance(each, HasCondition))
    return frozenset((*rule.left, *rule.right)).union(*guards)
