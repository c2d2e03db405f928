"""Which rules break as products come and go, and what these ask to go or to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from backend.product_rules import Catalogue, Facts, Rule
from backend.product_rules.catalogue import FactCondition, HasCondition
from backend.qualification.holdings import Holding
from backend.qualification.shelf import triggers

_Selection = Mapping[str, int]


class Applied:
    """The rules whose facts one customer meets, by the offers they speak of."""

    def __init__(self, catalogue: Catalogue, facts: Facts) -> None:
        met = (each for each in catalogue.rules.values() if _met(each, facts))
        self._rules = tuple(met)
        self._naming: dict[str, set[int]] = {}
        for place, rule in enumerate(self._rules):
            for code in named_by(rule):
                self._naming.setdefault(code, set()).add(place)

    def broken(self, selection: _Selection, about: Iterable[str]) -> list[Rule]:
        """The rules about these offers that a selection breaks, in the catalogue's order."""
        places = set().union(*(self._naming.get(code, set()) for code in about))
        rules = (self._rules[place] for place in sorted(places))
        return [each for each in rules if _bites(each, selection) and not _kept(each, selection)]

    def newly_broken(
        self, after: _Selection, before: _Selection, about: Collection[str]
    ) -> list[Rule]:
        """Of the rules that are broken after, those that were not before."""
        found = self.broken(after, about)
        if not found:
            return []
        old = {each.id for each in self.broken(before, about)}
        return [each for each in found if each.id not in old]


def named_by(rule: Rule) -> frozenset[str]:
    """The offers a rule speaks of."""
    return frozenset((*rule.left, *rule.right, *triggers(rule)))


def excess(rule: Rule, selection: _Selection) -> int:
    """How many more there are on the left of a rule than it has on the right; below 0: fewer."""
    left = sum(selection.get(code, 0) for code in rule.left)
    right = sum(selection.get(code, 0) for code in rule.right)
    return left - rule.k - rule.factor * right


def asked_for(rule: Rule) -> tuple[str, ...]:
    """The offers for whose sake a rule that lacks something asks for it."""
    return triggers(rule) or rule.right


def victim(
    offers: Collection[str], staying: Sequence[Holding], gone: Sequence[Holding]
) -> Holding | None:
    """The product of these offers that goes first: what hangs together with one that goes.

    A SIM with its line, an extra with it too; else the newest.
    """
    found = [each for each in staying if each.offer in offers and each.is_changeable]
    ids = {each.id for each in gone}
    lines = {line for each in gone for line in each.relies_on}
    tied = [each for each in found if each.id in lines or not each.relies_on.isdisjoint(ids)]
    return next(reversed(tied or found), None)


def _met(rule: Rule, facts: Facts) -> bool:
    conditions = (each for each in rule.when if isinstance(each, FactCondition))
    return all(facts[each.key] in each.values for each in conditions)


def _bites(rule: Rule, selection: _Selection) -> bool:
    conditions = (each for each in rule.when if isinstance(each, HasCondition))
    return all(any(selection.get(code) for code in each.offers) for each in conditions)


def _kept(rule: Rule, selection: _Selection) -> bool:
    over = excess(rule, selection)
    if rule.op == "==":
        return over == 0
    return over <= 0 if rule.op == "<=" else over >= 0
