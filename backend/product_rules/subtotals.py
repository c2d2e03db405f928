"""Sums that several limits share, so that what one limit leaves is known to the others.

Without them a solver proves "five families each need a line, and only four are left" by trying
which line each family takes; with the sum of all lines as a quantity of its own it just counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from backend.product_rules.limits import Limit, Problem, span

_WORTH_IT = 3  # a sum of fewer offers says no more than they do
Sums = Mapping[frozenset[int], int]
"""The place of each sum, a number below 0, by the offers it adds up."""


def shared_sums(limits: Iterable[Limit]) -> tuple[frozenset[int], ...]:
    """Offers that one limit adds up with one weight and another too, alone or among others.

    Small groups first.
    """
    groups = {
        (limit.rule, group)
        for limit in limits
        if _counts(limit)
        for group in _by_weight(limit.terms).values()
        if len(group) >= _WORTH_IT
    }
    seen = Counter(group for _, group in groups)
    shared = (g for g, times in seen.items() if times > 1 or any(g < other for other in seen))
    return tuple(sorted(shared, key=lambda group: (len(group), min(group))))


def with_subtotals(problem: Problem) -> Problem:
    """The same problem, with a place for each shared sum that is counted where room is scarce."""
    low, high = dict(problem.low), dict(problem.high)
    scarce = [found for limit in problem.limits if (found := _scarce(limit, problem))]
    sums: dict[frozenset[int], int] = {}
    definitions: list[Limit] = []
    for group in problem.sums if scarce else ():
        room = min((room for counted, room in scarce if group <= counted), default=None)
        if room is not None:
            place = -1 - len(sums)
            low[place] = sum(low[member] for member in group)
            high[place] = min(sum(high[member] for member in group), low[place] + room)
            definitions += (_summed(limit, sums) for limit in _definition(place, group))
            sums[group] = place
    if not sums:
        return problem
    limits = [_summed(limit, sums) if _counts(limit) else limit for limit in problem.limits]
    summed = {place: group for group, place in sums.items()}
    return replace(problem, low=low, high=high, limits=(*limits, *definitions), summed=summed)


def _scarce(limit: Limit, problem: Problem) -> tuple[frozenset[int], int] | None:
    """Offers that share less room than half of what they could take, and that room."""
    if limit.guards:
        return None
    counted = frozenset([place for place, weight in limit.terms if weight == 1])
    room = limit.bound - span(limit, problem.low, problem.high)[0]
    wanted = sum([problem.high[place] - problem.low[place] for place in counted])
    return None if 2 * room >= wanted else (counted, room)


def _counts(limit: Limit) -> bool:
    """False for what is a plain clause: "none of these" and "at least one of these"."""
    weights = [weight for _, weight in limit.terms]
    none_of = limit.bound == 0 and min(weights, default=0) > 0
    one_of = limit.bound == -1 and max(weights, default=0) < 0
    return not (none_of or one_of)


def _summed(limit: Limit, sums: Sums) -> Limit:
    """The limit with sums in place of what they add up, large ones first."""
    if len(limit.terms) < _WORTH_IT:
        return limit
    counted = {place for place, _ in limit.terms}
    if not any(part <= counted for part in sums):
        return limit
    terms: list[tuple[int, int]] = []
    for weight, group in _by_weight(limit.terms).items():
        rest = group
        for part, place in reversed(list(sums.items())):
            if part <= rest:
                rest -= part
                terms.append((place, weight))
        terms += ((place, weight) for place in sorted(rest))
    return replace(limit, terms=tuple(terms))


def _definition(place: int, group: frozenset[int]) -> tuple[Limit, Limit]:
    """The two limits that make the quantity at this place the sum of the group."""
    terms = ((place, 1), *((member, -1) for member in sorted(group)))
    turned = tuple((member, -weight) for member, weight in terms)
    return Limit("", (), (), terms, 0), Limit("", (), (), turned, 0)


def _by_weight(terms: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for place, weight in terms:
        groups.setdefault(weight, set()).add(place)
    return {weight: frozenset(group) for weight, group in groups.items()}
