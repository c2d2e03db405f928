"""The rules that one customer meets, and which of them a selection breaks."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from backend.product_rules.catalogue import (
    Catalogue,
    FactCondition,
    Facts,
    HasCondition,
    Rule,
    Selection,
)
from backend.product_rules.rules import applies, balanced, difference


class Applied:
    """The rules whose facts one customer meets, by the offers they speak of."""

    def __init__(self, catalogue: Catalogue, facts: Facts) -> None:
        self._facts = facts
        rules = catalogue.rules.values()
        self._rules = tuple(each for each in rules if _met(each, facts))
        self._naming: dict[str, set[int]] = {}
        self._of_nothing: set[int] = set()
        for place, rule in enumerate(self._rules):
            for code in named_by(rule):
                self._naming.setdefault(code, set()).add(place)
            if self._is_broken(rule, {}):
                self._of_nothing.add(place)

    def broken(self, selection: Selection, about: Iterable[str] | None = None) -> list[Rule]:
        """The rules that a selection breaks, in the catalogue's order.

        Only those about some offers where they are named.
        """
        # A rule that a selection breaks speaks of something in it, or an order of nothing breaks it
        known = self._naming
        found = {place for code in (selection if about is None else about)
                 for place in known.get(code, ())}  # fmt: skip
        if about is None:
            found |= self._of_nothing
        rules = (self._rules[place] for place in sorted(found))
        return [rule for rule in rules if self._is_broken(rule, selection)]

    def newly_broken(
        self, after: Selection, before: Selection, about: Collection[str]
    ) -> list[Rule]:
        """Of the rules about these offers that are broken after, those that were not before."""
        found = self.broken(after, about)
        if not found:
            return []
        old = {each.id for each in self.broken(before, about)}
        return [each for each in found if each.id not in old]

    def _is_broken(self, rule: Rule, selection: Selection) -> bool:
        return applies(rule, self._facts, selection) and not balanced(
            rule, difference(rule, selection)
        )


def named_by(rule: Rule) -> frozenset[str]:
    """The offers a rule speaks of."""
    guards = (each.offers for each in rule.when if isinstance(each, HasCondition))
    return frozenset((*rule.left, *rule.right, *(code for codes in guards for code in codes)))


def _met(rule: Rule, facts: Facts) -> bool:
    conditions = (each for each in rule.when if isinstance(each, FactCondition))
    return all(facts[each.key] in each.values for each in conditions)
