"""What a broken rule asks to go or to come as products change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from backend.product_rules import Rule
from backend.product_rules.rules import difference
from backend.qualification.holdings import Holding
from backend.qualification.shelf import triggers

_Selection = Mapping[str, int]


def excess(rule: Rule, selection: _Selection) -> int:
    """How many more there are on the left of a rule than it has on the right; below 0: fewer."""
    return difference(rule, selection)


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
