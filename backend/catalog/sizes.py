"""Refuses a catalogue that is too large to be read, before any of it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from backend.product_rules.catalogue import MOST_OF_ONE, Fault

MOST_OFFERS = 20_000
MOST_TO_HOLD = 500_000
"""How many a customer could hold of all offers together: each is a variable of the solver."""
MOST_NAMED = 2_000_000
"""Offers that groups and rules name, groups written out."""
DEEPEST = 50


def oversized(document: Any) -> Fault | None:
    """What is too large, or None. A document that is no catalogue is left to its reader."""
    if not isinstance(document, Mapping):
        return None
    offers = [each for each in _list(document.get("offers")) if isinstance(each, Mapping)]
    if len(offers) > MOST_OFFERS:
        return Fault("offers", f"there are {len(offers)}, {MOST_OFFERS} at most")
    held = sum(each["max"] for each in offers if _fair(each.get("max")))
    if held > MOST_TO_HOLD:
        return Fault("offers", f"max adds up to {held}, {MOST_TO_HOLD} at most")
    groups = document.get("groups")
    sizes = _Sizes(groups if isinstance(groups, Mapping) else {}, len(offers))
    try:
        named = sum(sizes.of(name) for name in sizes.groups)
    except _TooDeep:
        return Fault("groups", f"groups stand inside groups {DEEPEST} deep at most")
    named += sum(map(sizes.of_all, _lists(document.get("rules"))))
    if named > MOST_NAMED:
        return Fault("rules", f"groups and rules name {named} offers, {MOST_NAMED} at most")
    return None


def _fair(value: object) -> bool:
    """Larger ones are the reader's to refuse, with their line."""
    return isinstance(value, int) and 0 <= value <= MOST_OF_ONE


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lists(rules: Any) -> Iterator[Any]:
    """Whatever names offers in the rules."""
    for rule in _list(rules):
        if isinstance(rule, Mapping):
            yield rule.get("lhs")
            yield next(iter(_list(rule.get("rhs"))), None)
            for condition in _list(rule.get("when")):
                if isinstance(condition, list):
                    yield from condition[1:2]


class _TooDeep(Exception):  # noqa: N818 - named for what it is
    """Groups that stand inside groups without end in sight."""


class _Sizes:
    """How many offers a group may stand for, without writing it out."""

    def __init__(self, groups: Mapping[str, Any], offers: int) -> None:
        self.groups = groups
        self._offers = offers
        self._known: dict[str, int] = {}

    def of(self, name: str, depth: int = 0) -> int:
        """Members of groups inside are counted too; a group inside itself counts once."""
        if depth > DEEPEST:
            raise _TooDeep
        if name not in self._known:
            self._known[name] = 1
            members = _list(self.groups.get(name))
            self._known[name] = min(self._offers, sum(self._one(each, depth) for each in members))
        return self._known[name]

    def of_all(self, names: Any) -> int:
        """Of a group's name, or of a list of names."""
        if isinstance(names, str):
            return self._one(names)
        return min(self._offers, sum(map(self._one, _list(names))))

    def _one(self, name: Any, depth: int = 0) -> int:
        if not isinstance(name, str):
            return 0
        return self.of(name, depth + 1) if name in self.groups else 1
