"""Rules as linear limits on quantities, and what follows from them before any search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from backend.product_rules.catalogue import Catalogue, FactCondition, Facts, Rule
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
    possible: bool = True
    """False where the bounds alone show that no order is valid."""


class LimitBook:
    """All limits of a catalogue, found by the offers they touch."""

    def __init__(self, catalogue: Catalogue) -> None:
        places = {code: place for place, code in enumerate(catalogue.offers)}
        self._most = tuple(offer.max for offer in catalogue.offers.values())
        written = (limit for rule in catalogue.rules.values() for limit in limits_of(rule, places))
        self._limits = tuple(limit for limit in written if self._breakable(limit))
        self._demanding = [at for at, limit in enumerate(self._limits) if limit.demands]
        self._touching: list[list[int]] = [[] for _ in self._most]
        self._straining: list[list[int]] = [[] for _ in self._most]
        for at, limit in enumerate(self._limits):
            guards = {place for guard in limit.guards for place in guard}
            for place in guards | {place for place, _ in limit.terms}:
                self._touching[place].append(at)
            for place in guards | {place for place, weight in limit.terms if weight > 0}:
                self._straining[place].append(at)

    def _breakable(self, limit: Limit) -> bool:
        """False for a limit that the offers' own limits keep, as half of every "= 0" rule."""
        return sum(w * self._most[place] for place, w in limit.terms if w > 0) > limit.bound

    def scope(self, facts: Facts, seeds: Iterable[int]) -> frozenset[int]:
        """The seeds and all that they can ever call for.

        An offer outside may be left at none in any valid order without making it invalid: a
        limit is only broken by more of what it counts or by its guards, and whatever would
        mend it is inside then. So answers about offers inside are exact without the rest.
        """
        reached: set[int] = set()
        waiting = list(seeds)
        seen: set[int] = set()
        strained = list(self._demanding)
        while True:
            for at in strained:
                if at not in seen:
                    seen.add(at)
                    if _active(self._limits[at], facts):
                        terms = self._limits[at].terms
                        waiting.extend(place for place, weight in terms if weight < 0)
            while waiting and waiting[-1] in reached:
                waiting.pop()
            if not waiting:
                return frozenset(reached)
            place = waiting.pop()
            reached.add(place)
            strained = self._straining[place]

    def problem(self, facts: Facts, scope: Collection[int]) -> Problem:
        """The limits that hold for these facts, offers outside the scope taken as none."""
        touched = {at for place in scope for at in self._touching[place]}
        limits = [
            _within(self._limits[at], scope)
            for at in sorted(touched.union(self._demanding))
            if _active(self._limits[at], facts)
        ]
        return Problem(
            low=dict.fromkeys(sorted(scope), 0),
            high={place: self._most[place] for place in sorted(scope)},
            limits=tuple(limit for limit in limits if all(limit.guards)),
        )


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


def _active(limit: Limit, facts: Facts) -> bool:
    return all(facts[condition.key] in condition.values for condition in limit.facts)


def _within(limit: Limit, scope: Collection[int]) -> Limit:
    guards = tuple(tuple(place for place in guard if place in scope) for guard in limit.guards)
    terms = tuple(term for term in limit.terms if term[0] in scope)
    if guards == limit.guards and terms == limit.terms:
        return limit
    return replace(limit, guards=guards, terms=terms)


def tightened(problem: Problem) -> Problem:
    """The same problem with narrower bounds and without limits that can not be broken."""
    low, high = dict(problem.low), dict(problem.high)
    limits = list(problem.limits)
    for _ in range(_ROUNDS):
        before = (list(low.values()), list(high.values()))
        limits = [narrow for limit in limits if (narrow := _live(limit, low, high))]
        possible = all(_tighten(limit, low, high) for limit in limits)
        if not possible or any(low[place] > high[place] for place in low):
            return replace(problem, limits=(), possible=False)
        if before == (list(low.values()), list(high.values())):
            break
    return Problem(low, high, tuple(limits))


def _live(limit: Limit, low: Mapping[int, int], high: Mapping[int, int]) -> Limit | None:
    """The limit without guards that are met already; None where nothing can break it."""
    largest = sum(w * (high[place] if w > 0 else low[place]) for place, w in limit.terms)
    if largest <= limit.bound:
        return None
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


def _tighten(limit: Limit, low: dict[int, int], high: dict[int, int]) -> bool:
    """Narrows the bounds by one limit; False where it cannot be kept."""
    smallest = sum(w * (low[place] if w > 0 else high[place]) for place, w in limit.terms)
    room = limit.bound - smallest
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
