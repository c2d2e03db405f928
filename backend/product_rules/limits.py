"""Rules as linear limits on quantities, and what follows from them before any search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from backend.product_rules.catalogue import FactCondition, Rule
from backend.product_rules.rules import weights_of

_ROUNDS = 40  # tightening may go on for long in tiny steps; any stop is sound


@dataclass(frozen=True, slots=True)
class Limit:
    """`sum(weight * quantity) <= bound`, wherever the facts hold and every guard is met.

    A guard is met by one of any of its offers. Offers are places in the catalogue.
    """

    rule: str
    facts: tuple[FactCondition, ...]
    guards: tuple[tuple[int, ...], ...]
    terms: tuple[tuple[int, int], ...]
    bound: int

    @property
    def demands(self) -> bool:
        """True where an order of nothing breaks it."""
        return self.bound < 0 and not self.guards


@dataclass(frozen=True, slots=True)
class Problem:
    """The limits that matter for some offers, with the lowest and highest quantity of each."""

    low: Mapping[int, int]
    high: Mapping[int, int]
    limits: tuple[Limit, ...]
    sums: tuple[frozenset[int], ...] = ()
    """Groups of offers that several limits add up."""
    summed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """What the quantities at places below 0 add up."""
    possible: bool = True
    """False where the bounds alone show that no order is valid."""


def limits_of(rule: Rule, places: Mapping[str, int]) -> tuple[Limit, ...]:
    """One limit for an inequality, two for an equality."""
    facts = tuple(item for item in rule.when if isinstance(item, FactCondition))
    guards = tuple(
        tuple(places[code] for code in item.offers)
        for item in rule.when
        if not isinstance(item, FactCondition)
    )
    terms = tuple((places[code], weight) for code, weight in weights_of(rule).items())
    turned = tuple((place, -weight) for place, weight in terms)
    at_most = Limit(rule.id, facts, guards, terms, rule.k)
    at_least = Limit(rule.id, facts, guards, turned, -rule.k)
    return {"<=": (at_most,), ">=": (at_least,), "==": (at_most, at_least)}[rule.op]


def tightened(problem: Problem) -> Problem:
    """The same problem with narrower bounds and without limits that can not be broken."""
    low, high = dict(problem.low), dict(problem.high)
    limits = list(problem.limits)
    for _ in range(_ROUNDS):
        before = (list(low.values()), list(high.values()))
        kept: list[Limit] = []
        for limit in limits:
            smallest, largest = span(limit, low, high)
            if largest <= limit.bound:
                continue
            narrow = _still_guarded(limit, low, high)
            if narrow is None:
                continue
            kept.append(narrow)
            if not _tighten(narrow, limit.bound - smallest, low, high):
                return replace(problem, limits=(), possible=False)
        limits = kept
        if before == (list(low.values()), list(high.values())):
            break
    return Problem(low, high, tuple(limits), problem.sums)


def span(limit: Limit, low: Mapping[int, int], high: Mapping[int, int]) -> tuple[int, int]:
    """The smallest and the largest sum of a limit within the bounds."""
    smallest = largest = 0
    for place, weight in limit.terms:
        if weight > 0:
            smallest += weight * low[place]
            largest += weight * high[place]
        else:
            smallest += weight * high[place]
            largest += weight * low[place]
    return smallest, largest


def _still_guarded(limit: Limit, low: Mapping[int, int], high: Mapping[int, int]) -> Limit | None:
    """The limit without guards that are met already; None where one can never be met."""
    if not limit.guards:
        return limit
    guards = tuple(
        tuple(place for place in guard if high[place] > 0)
        for guard in limit.guards
        if not any(low[place] > 0 for place in guard)
    )
    if not all(guards):
        return None
    return limit if guards == limit.guards else replace(limit, guards=guards)


def _tighten(limit: Limit, room: int, low: dict[int, int], high: dict[int, int]) -> bool:
    """Narrows the bounds by one limit; False where it cannot be kept."""
    if room < 0 and len(limit.guards) == 1:
        high.update(dict.fromkeys(limit.guards[0], 0))
    if limit.guards or room < 0:
        return bool(limit.guards)
    for place, weight in limit.terms:
        if weight > 0:
            high[place] = min(high[place], low[place] + room // weight)
        else:
            low[place] = max(low[place], high[place] - room // -weight)
    return True
