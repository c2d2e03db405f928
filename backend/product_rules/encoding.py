"""Writes limits on quantities into a SAT solver with native at-most constraints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from backend.product_rules.limits import Limit

TRUE = 1
FALSE = -1
_PAIR = 2
_Steps = tuple[int, range]
"""What one step costs, and the literals of the steps in order."""


class Solver(Protocol):
    """What we use of a solver of python-sat that knows at-most constraints."""

    def add_clause(self, clause: Sequence[int]) -> None: ...
    def add_atmost(self, lits: Sequence[int], k: int) -> None: ...
    def set_phases(self, literals: Sequence[int]) -> None: ...
    def solve(self, assumptions: Sequence[int]) -> bool: ...
    def solve_limited(self, assumptions: Sequence[int]) -> bool | None: ...
    def conf_budget(self, budget: int) -> None: ...
    def get_model(self) -> list[int]: ...
    def get_core(self) -> list[int]: ...
    def delete(self) -> None: ...


class Encoding:
    """Quantities in order encoding: one literal for each "at least n of this offer".

    The solvers take no weights, so a weight is that many literals of which each follows from
    the first; and none takes a literal twice, so all are fresh.
    """

    def __init__(self, solver: Solver, low: Mapping[int, int], high: Mapping[int, int]) -> None:
        self._solver = solver
        self._low = dict(low)
        self._high = dict(high)
        self._last = TRUE
        self._first: dict[int, int] = {}
        self._copies: dict[int, list[int]] = {}
        self._guards: dict[tuple[int, ...], int] = {}
        solver.add_clause([TRUE])
        for place, least in low.items():
            self._number(place, high[place] - least)
        self.counted = self._last
        """The highest literal that says something about a quantity known from the start."""

    def count(self, place: int, high: int) -> None:
        """Knows another quantity, from none to so many."""
        self._low[place], self._high[place] = 0, high
        self._number(place, high)

    def _number(self, place: int, steps: int) -> None:
        first = self._first[place] = self._last + 1
        self._last += steps
        for literal in range(first, self._last):
            self._solver.add_clause([literal, -literal - 1])

    def at_least(self, place: int, quantity: int) -> int:
        """The literal for "at least so many of this offer"."""
        low = self._low[place]
        if quantity <= low:
            return TRUE
        return FALSE if quantity > self._high[place] else self._first[place] + quantity - low - 1

    def levels(self, place: int) -> range:
        """The literals that tell the quantities of this offer apart, from low to high."""
        first = self._first[place]
        return range(first, first + self._high[place] - self._low[place])

    def quantity(self, place: int, model: Sequence[int]) -> int:
        """How many of this offer a model of the solver holds."""
        levels = self.levels(place)
        reached = model[levels.start - 1 : levels.stop - 1]
        return self._low[place] + sum(literal > 0 for literal in reached)

    def fresh(self) -> int:
        self._last += 1
        return self._last

    def add(self, limit: Limit, *needs: int) -> None:
        """Holds the limit wherever all the literals it needs are true."""
        unless = [-self._guard(guard) for guard in limit.guards] + [-need for need in needs]
        if TRUE in unless:
            return
        unless = [literal for literal in unless if literal != FALSE]
        room, dearest = limit.bound, 0
        low, high = self._low, self._high
        for place, weight in limit.terms:
            least, most = low[place], high[place]
            if weight > 0:
                room -= weight * least
                dearest += weight * (most - least)
            else:
                room -= weight * most
                dearest -= weight * (most - least)
        if dearest <= room:
            return
        if room < 0:
            self._solver.add_clause(unless)
            return
        steps, dearest, cheapest = self._fitting(limit, unless, room)
        if dearest <= room:
            return
        if dearest - cheapest <= room:
            self._solver.add_clause([*unless, *[-literals[-1] for _, literals in steps]])
        elif len(steps) == _PAIR:
            self._pair(unless, steps[0], steps[1], room)
        else:
            self._at_most(unless, steps, room, dearest)

    def _fitting(self, limit: Limit, unless: list[int], room: int) -> tuple[list[_Steps], int, int]:
        """The steps of each offer that fit by themselves, what all cost, and the cheapest one."""
        steps: list[_Steps] = []
        dearest, cheapest = 0, room
        low, high, firsts = self._low, self._high, self._first
        for place, weight in limit.terms:
            count = high[place] - low[place]
            if not count:
                continue
            first = firsts[place]
            if weight > 0:
                cost, literals = weight, range(first, first + count)
            else:
                cost, literals = -weight, range(1 - first - count, 1 - first)
            fitting = room // cost
            if count > fitting:
                self._solver.add_clause([*unless, -literals[fitting]])
                literals = literals[:fitting]
            if literals:
                steps.append((cost, literals))
                dearest += cost * len(literals)
                cheapest = min(cheapest, cost)
        return steps, dearest, cheapest

    def at_most(self, literals: Sequence[int], most: int) -> int:
        """A literal under which at most so many of these hold."""
        kept = self.fresh()
        rest = len(literals) - most
        self._solver.add_atmost([*literals, *self._times(kept, rest)], len(literals))
        return kept

    def _pair(self, unless: list[int], one: _Steps, other: _Steps, room: int) -> None:
        """Two offers need no counting: so many of one leave so many of the other."""
        left = len(other[1])
        for taken, literal in enumerate(one[1], start=1):
            allowed = (room - one[0] * taken) // other[0]
            if allowed < left:
                left = allowed
                self._solver.add_clause([*unless, -literal, -other[1][allowed]])

    def _at_most(self, unless: list[int], steps: list[_Steps], room: int, dearest: int) -> None:
        if not unless and all(cost == 1 for cost, _ in steps):
            every = [literal for _, literals in steps for literal in literals]
            self._solver.add_atmost(every, room)
            return
        weights = {literal: cost for cost, literals in steps for literal in literals}
        if unless:
            # A condition that holds uses up all room beyond the limit's own.
            met, surplus = self._all(unless), dearest - room
            both = min(surplus, weights.get(-met, 0))  # one of the two is always true
            weights[-met] = weights.get(-met, 0) - both
            weights[met] = weights.get(met, 0) + surplus - both
            room = dearest - both
        literals = [literal for literal, weight in weights.items() if weight == 1]
        for literal, weight in weights.items():
            if weight > 1:
                literals += self._times(literal, weight)
        self._solver.add_atmost(literals, room)

    def _guard(self, guard: tuple[int, ...]) -> int:
        """A literal that is true wherever one of any of these offers is there."""
        if guard not in self._guards:
            literals = [self.at_least(place, 1) for place in guard]
            self._guards[guard] = literals[0] if len(literals) == 1 else self._any(literals)
        return self._guards[guard]

    def _any(self, literals: list[int]) -> int:
        met = self.fresh()
        for literal in literals:
            self._solver.add_clause([-literal, met])
        return met

    def _all(self, unless: list[int]) -> int:
        """A literal that is true wherever all of these are false."""
        if len(unless) == 1:
            return -unless[0]
        met = self.fresh()
        self._solver.add_clause([*unless, met])
        return met

    def _times(self, literal: int, count: int) -> list[int]:
        copies = self._copies.setdefault(literal, [literal])
        while len(copies) < count:
            copies.append(self.fresh())
            self._solver.add_clause([-literal, copies[-1]])
        return copies[:count]
