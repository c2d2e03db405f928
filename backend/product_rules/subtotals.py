"""Sums that several limits share, so that what one limit leaves is known to the others.

Without them a solver proves "five families each need a line, and only four are left" by trying
which line each family takes; with the sum of all lines as a quantity of its own it just counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from backend.product_rules.limits import Group, Limit, Problem, span, tightened

_WORTH_IT = 3  # a sum of fewer offers says no more than they do


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


def summing(limit: Limit, shared: Sequence[frozenset[int]]) -> Limit:
    """The limit with a note of the shared sums it adds up; `shared` has small ones first."""
    if len(limit.terms) < _WORTH_IT or not _counts(limit):
        return limit
    groups = tuple(
        Group(weight, offers, tuple(part for part in reversed(shared) if part <= offers))
        for weight, offers in _by_weight(limit.terms).items()
    )
    return replace(limit, sums=groups) if any(group.sums for group in groups) else limit


def with_subtotals(problem: Problem) -> Problem:
    """The same problem, with a place for each shared sum that is counted where room is scarce."""
    rooms = scarce_sums(problem)
    if not rooms:
        return problem
    low, high = dict(problem.low), dict(problem.high)
    sums: dict[frozenset[int], int] = {}
    definitions: list[Limit] = []
    for group in problem.sums:
        if group in rooms:
            place = -1 - len(sums)
            low[place] = sum([low[member] for member in group])
            most = sum([high[member] for member in group])
            high[place] = min(most, low[place] + rooms[group])
            parts = tuple(part for part in reversed(sums) if part <= group)
            definitions += _definition(place, group, parts, sums)
            sums[group] = place
    limits = [in_sums(limit, sums) if limit.sums else limit for limit in problem.limits]
    summed = {place: group for group, place in sums.items()}
    whole = replace(problem, low=low, high=high, limits=(*limits, *definitions), summed=summed)
    # What little room a sum has bounds all that is counted beside it.
    return tightened(whole, about=summed)


def scarce_sums(problem: Problem) -> dict[frozenset[int], int]:
    """How much room there is for each sum that has less than half of what it could take."""
    rooms: dict[frozenset[int], int] = {}
    for limit in problem.limits:
        for group in limit.sums if not limit.guards else ():
            if group.weight == 1:
                room = limit.bound - span(limit, problem.low, problem.high)[0]
                wanted = sum([problem.high[at] - problem.low[at] for at in group.offers])
                for part in group.sums if 2 * room < wanted else ():
                    rooms[part] = min(room, rooms.get(part, room))
    return rooms


def _counts(limit: Limit) -> bool:
    """False for what is a plain clause: "none of these" and "at least one of these"."""
    weights = [weight for _, weight in limit.terms]
    none_of = limit.bound == 0 and min(weights, default=0) > 0
    one_of = limit.bound == -1 and max(weights, default=0) < 0
    return not (none_of or one_of)


def in_sums(limit: Limit, sums: Mapping[frozenset[int], int]) -> Limit:
    """The limit with sums in place of what they add up, by the places of those there are."""
    terms: list[tuple[int, int]] = []
    for group in limit.sums:
        terms += _split(group, sums)
    return Limit(limit.rule, limit.facts, limit.guards, tuple(terms), limit.bound)


def _split(group: Group, sums: Mapping[frozenset[int], int]) -> Iterator[tuple[int, int]]:
    rest = group.offers
    for part in group.sums:
        if part in sums and part <= rest:
            rest -= part
            yield sums[part], group.weight
    for place in rest:
        yield place, group.weight


def _definition(
    place: int,
    group: frozenset[int],
    parts: tuple[frozenset[int], ...],
    sums: Mapping[frozenset[int], int],
) -> tuple[Limit, Limit]:
    """The two limits that make the quantity at this place the sum of the group."""
    counted = tuple(_split(Group(1, group, parts), sums))
    taken = tuple((member, -1) for member, _ in counted)
    return Limit("", (), (), ((place, 1), *taken), 0), Limit("", (), (), (*counted, (place, -1)), 0)


def _by_weight(terms: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    groups: dict[int, set[int]] = {}
    for place, weight in terms:
        groups.setdefault(weight, set()).add(place)
    return {weight: frozenset(group) for weight, group in groups.items()}
