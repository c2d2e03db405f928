"""All limits of a catalogue, and which of them matter to some facts and offers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import compress

from backend.product_rules.catalogue import Catalogue, FactCondition
from backend.product_rules.limits import Limit, Problem, at_rest, limits_of
from backend.product_rules.subtotals import shared_sums, summing
from backend.product_rules.worlds import Worlds


class LimitBook:
    """All limits of a catalogue, found by the offers they touch."""

    def __init__(self, catalogue: Catalogue) -> None:
        places = {code: place for place, code in enumerate(catalogue.offers)}
        self._most = tuple(offer.max for offer in catalogue.offers.values())
        written = (limit for rule in catalogue.rules.values() for limit in limits_of(rule, places))
        breakable = tuple(limit for limit in written if self._breakable(limit))
        self._sums = shared_sums(breakable)
        self._limits = tuple(at_rest(summing(limit, self._sums), self._most) for limit in breakable)
        conditions = tuple(dict.fromkeys(limit.facts for limit in self._limits))
        numbers = {facts: number for number, facts in enumerate(conditions)}
        self._conditions = conditions
        self._conditioned = [numbers[limit.facts] for limit in self._limits]
        """For each limit the place of its conditions among all that are different."""
        self._demanding = [at for at, limit in enumerate(self._limits) if limit.demands]
        self._touching: list[list[int]] = [[] for _ in self._most]
        self._straining: list[list[int]] = [[] for _ in self._most]
        for at, limit in enumerate(self._limits):
            guards = {place for guard in limit.guards for place in guard}
            for place in limit.places:
                self._touching[place].append(at)
            for place in guards | {place for place, weight in limit.terms if weight > 0}:
                self._straining[place].append(at)

    def _breakable(self, limit: Limit) -> bool:
        """False for a limit that the offers' own limits keep, as half of every "= 0" rule."""
        return sum([w * self._most[place] for place, w in limit.terms if w > 0]) > limit.bound

    def _within(
        self, at: int, scope: frozenset[int], sums: Sequence[frozenset[int]]
    ) -> Limit | None:
        """A limit where there is nothing outside the scope; None where it is kept then."""
        limit = self._limits[at]
        if limit.places <= scope:
            return limit if all(limit.guards) else None
        if not all(map(scope.intersection, limit.guards)):
            return None
        terms = tuple([term for term in limit.terms if term[0] in scope])
        guards = tuple([tuple(scope.intersection(guard)) for guard in limit.guards])
        cut = Limit(limit.rule, limit.facts, guards, terms, limit.bound)
        return summing(cut, sums) if self._breakable(cut) else None

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
                    if _active(self._limits[at].facts, worlds):
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
        met = [_active(facts, worlds) for facts in self._conditions]
        sums = self._sums
        if len(scope) == len(self._most):
            active = compress(self._limits, map(met.__getitem__, self._conditioned))
            limits = [limit for limit in active if all(limit.guards)]
        else:
            inside = frozenset(scope)
            sums = tuple(group for group in sums if group <= inside)
            touched = {at for place in scope for at in self._touching[place]}
            asked = (at for at in touched.union(self._demanding) if met[self._conditioned[at]])
            cut = (self._within(at, inside, sums) for at in sorted(asked))
            limits = [limit for limit in cut if limit]
        return Problem(
            low=dict.fromkeys(sorted(scope), 0),
            high={place: self._most[place] for place in sorted(scope)},
            limits=tuple(limits),
            sums=sums,
        )


def _active(facts: Iterable[FactCondition], worlds: Worlds) -> bool:
    return all(not worlds[item.key].isdisjoint(item.values) for item in facts)
