"""Two independent judges of the engine: brute force, and a search that repairs broken rules.

Both read the raw document, so that they share no code with what they judge.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
Facts = Mapping[str, Any]
Selection = Mapping[str, int]


def members(document: Document, names: str | list[str]) -> set[str]:
    """The offers behind codes and group names."""
    found: set[str] = set()
    for name in [names] if isinstance(names, str) else names:
        inner = document["groups"].get(name)
        found |= {name} if inner is None else members(document, inner)
    return found


def total(document: Document, selection: Selection, names: str | list[str]) -> int:
    return sum(selection.get(code, 0) for code in members(document, names))


def keeps(document: Document, rule: Mapping[str, Any], facts: Facts, selection: Selection) -> bool:
    """True where the selection does not break this rule."""
    for condition in rule.get("when", []):
        if condition[0] == "ctx" and facts[condition[1]] not in condition[2]:
            return True
        if condition[0] == "sel" and total(document, selection, condition[1]) == 0:
            return True
    names, factor = rule.get("rhs") or ([], 0)
    left = total(document, selection, rule["lhs"])
    right = rule["k"] + factor * total(document, selection, names)
    return bool({"==": left == right, "<=": left <= right, ">=": left >= right}[rule["op"]])


class BruteForce:
    """All valid orders of a small catalogue, written down one by one."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.document = document
        self.facts = facts
        self.codes = [offer["code"] for offer in document["offers"]]
        counts = [range(offer["max"] + 1) for offer in document["offers"]]
        self.all = [dict(zip(self.codes, row, strict=True)) for row in itertools.product(*counts)]
        self.broken = [
            {rule["id"] for rule in document["rules"] if not keeps(document, rule, facts, order)}
            for order in self.all
        ]

    def orders(self, picks: Selection, rules: Iterable[str] | None = None) -> Iterator[Selection]:
        """Orders with the picks that keep the rules (all of them where None)."""
        judged = None if rules is None else set(rules)
        for order, broken in zip(self.all, self.broken, strict=True):
            wrong = broken if judged is None else broken & judged
            if not wrong and all(order[code] >= picks[code] for code in picks):
                yield order

    def possible(self, picks: Selection, rules: Iterable[str] | None = None) -> bool:
        return any(True for _ in self.orders(picks, rules))


class Repair:
    """A search for large catalogues: start with the picks, add what broken rules call for.

    Any order above a selection that breaks a rule must hold more of something that mends it;
    each branch takes one such offer, and the next branch goes without it.
    """

    def __init__(
        self, document: Document, facts: Facts, rules: Iterable[str] | None = None
    ) -> None:
        wanted = None if rules is None else set(rules)
        self.most = {offer["code"]: offer["max"] for offer in document["offers"]}
        self.limits = [
            limit
            for rule in document["rules"]
            if wanted is None or rule["id"] in wanted
            for limit in self._limits(document, rule, facts)
        ]
        self.steps = 0

    def _limits(
        self, document: Document, rule: Mapping[str, Any], facts: Facts
    ) -> Iterator[tuple[list[set[str]], dict[str, int], int]]:
        when = rule.get("when", [])
        if any(facts[item[1]] not in item[2] for item in when if item[0] == "ctx"):
            return
        guards = [members(document, item[1]) for item in when if item[0] == "sel"]
        names, factor = rule.get("rhs") or ([], 0)
        weights = dict.fromkeys(members(document, rule["lhs"]), 1)
        for code in members(document, names):
            weights[code] = weights.get(code, 0) - factor
        if rule["op"] in {"==", "<="}:
            yield guards, weights, rule["k"]
        if rule["op"] in {"==", ">="}:
            yield guards, {code: -weight for code, weight in weights.items()}, -rule["k"]

    def possible(self, picks: Selection) -> bool:
        self.steps = 0
        low = dict.fromkeys(self.most, 0) | dict(picks)
        return self._search(low, dict(self.most))

    def _search(self, low: dict[str, int], high: dict[str, int]) -> bool:
        self.steps += 1
        assert self.steps < 20_000, "the question is too hard for this judge"
        if any(low[code] > high[code] for code in low):
            return False
        branches: list[str] | None = None
        for guards, weights, bound in self.limits:
            if not all(any(low[code] for code in guard) for guard in guards):
                continue
            smallest = sum(w * (low[c] if w > 0 else high[c]) for c, w in weights.items())
            if smallest > bound:
                return False
            if sum(w * low[c] for c, w in weights.items()) > bound:
                mending = [c for c, w in weights.items() if w < 0 and low[c] < high[c]]
                if branches is None or len(mending) < len(branches):
                    branches = mending
        if branches is None:
            return True
        high = dict(high)
        for code in branches:
            if self._search(low | {code: low[code] + 1}, high):
                return True
            high[code] = low[code]
        return False
