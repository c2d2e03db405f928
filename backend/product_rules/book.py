"""All limits of a catalogue, and which of them matter to some facts and offers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from backend.product_rules.catalogue import Catalogue
from backend.product_rules.limits import Limit, Problem, limits_of
from backend.product_rules.subtotals import shared_sums
from backend.product_rules.worlds import Worlds


class LimitBook:
    """All limits of a catalogue, found by the offers they touch."""

    def __init__(self, catalogue: Catalogue) -> None:
        places = {code: place for place, code in enumerate(catalogue.offers)}
        self._most = tuple(offer.max for offer in catalogue.offers.values())
        written = (limit for rule in catalogue.rules.values() for limit in limits_of(rule, places))
        self._limits = tuple(limit for limit in written if self._breakable(limit))
        self._sums = shared_sums(self._limits)
        self._demanding = [at for at, limit in enumerate(self._limits) if limit.demands]
        self._places = [frozenset(_places_of(limit)) for limit in self._limits]
        self._touching: list[list[int]] = [[] for _ in self._most]
        self._straining: list[list[int]] = [[] for _ in self._most]
        for at, limit in enumerate(self._limits):
            guards = {place for guard in limit.guards for place in guard}
            for place in self._places[at]:
                self._touching[place].append(at)
            for place in guards | {place for place, weight in limit.terms if weight > 0}:
                self._straining[place].append(at)

    def _breakable(self, limit: Limit) -> bool:
        """False for a limit that the offers' own limits keep, as half of every "= 0" rule."""
        return sum(w * self._most[place] for place, w in limit.terms if w > 0) > limit.bound

    def scope(self, worlds: Worlds, seeds: Iterable[int]) -> frozenset[int]:
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
                    if _active(self._limits[at], worlds):
                        terms = self._limits[at].terms
                        waiting.extend(place for place, weight in terms if weight < 0)
            while waiting and waiting[-1] in reached:
                waiting.pop()
            if not waiting:
                return frozenset(reached)
            place = waiting.pop()
            reached.add(place)
            strained = self._straining[place]

    def problem(self, worlds: Worlds, scope: Collection[int]) -> Problem:
        """The limits that may hold in these worlds, offers outside the scope taken as none."""
        if len(scope) == len(self._most):
            limits = [limit for limit in self._limits if _active(limit, worlds)]
        else:
            inside = frozenset(scope)
            touched = {at for place in scope for at in self._touching[place]}
            limits = [
                self._limits[at]
                if self._places[at] <= inside
                else _within(self._limits[at], inside)
                for at in sorted(touched.union(self._demanding))
                if _active(self._limits[at], worlds)
            ]
        return Problem(
            low=dict.fromkeys(sorted(scope), 0),
            high={place: self._most[place] for place in sorted(scope)},
            limits=tuple(limit for limit in limits if all(limit.guards)),
            sums=tuple(group for group in self._sums if group.issubset(scope)),
        )


def _places_of(limit: Limit) -> Iterator[int]:
    for guard in limit.guards:
        yield from guard
    for place, _ in limit.terms:
        yield place


def _active(limit: Limit, worlds: Worlds) -> bool:
    return all(not worlds[item.key].isdisjoint(item.values) for item in limit.facts)


def _within(limit: Limit, scope: frozenset[int]) -> Limit:
    guards = tuple(tuple(scope.intersection(guard)) for guard in limit.guards)
    terms = tuple([term for term in limit.terms if term[0] in scope])
    return Limit(limit.rule, limit.facts, guards, terms, limit.bound)
