"""Finds the model of a solver that costs least, exactly."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.product_rules.encoding import Encoding, Solver

_SLICE = 20_000  # conflicts between two looks at the clock
_TRIMS = 3


@dataclass(frozen=True, slots=True)
class Bargain:
    """A model, and whether it is proved that none costs less."""

    model: Sequence[int]
    proved: bool


class Cheapest:
    """Least cost by unsatisfiable cores (OLL: Andres, Kaufmann, Matheis, Schaub, ICLP 2012).

    `costs` says what each literal costs where it is true; below 0 it is a gain. Wishes of great
    weight are looked at first. The solver must not be used for anything else meanwhile.
    """

    def __init__(self, solver: Solver, encoding: Encoding, costs: Mapping[int, int]) -> None:
        self._solver = solver
        self._encoding = encoding
        self._costs = costs
        self._wishes = {
            -literal if cost > 0 else literal: abs(cost) for literal, cost in costs.items() if cost
        }
        self._sums: dict[int, tuple[list[int], int]] = {}
        """What a literal means: at most so many of these hold."""
        self._model: Sequence[int] = ()
        self._least = math.inf
        self._until = math.inf

    def find(self, *, seconds: float = math.inf) -> Bargain | None:
        """The cheapest model; the best that was met where time ran out. None if there is none."""
        self._until = time.monotonic() + seconds
        self._solver.set_phases(list(self._wishes))
        if not self._solver.solve([]):
            return None
        self._meet()
        level = max(self._wishes.values(), default=0)
        while True:
            wishes = [wish for wish, weight in self._wishes.items() if weight >= level]
            found = self._solve(wishes)
            if found is None:
                return Bargain(self._model, proved=False)
            if not found:
                self._charge(self._core())
                continue
            self._meet()
            level = max((w for w in self._wishes.values() if w < level), default=0)
            if not level:
                return Bargain(self._model, proved=True)

    def prefer(self, chains: Iterable[Sequence[int]]) -> Sequence[int]:
        """The cheapest model with most of the first chain, then of the second, and so on.

        In a chain a literal implies those before it. Only after a bargain that is proved:
        exactly the cheapest models grant all wishes that are left.
        """
        chosen = list(self._wishes)
        for chain in chains:
            for literal in chain:
                if not self._has(literal):
                    if not self._solver.solve([*chosen, literal]):
                        break
                    self._model = self._solver.get_model()
                chosen.append(literal)
        return self._model

    def _has(self, literal: int) -> bool:
        return (self._model[abs(literal) - 1] > 0) == (literal > 0)

    def _meet(self) -> None:
        model = self._solver.get_model()
        cost = sum(c for literal, c in self._costs.items() if model[abs(literal) - 1] == literal)
        if cost <= self._least:
            self._model, self._least = model, cost

    def _solve(self, wishes: list[int]) -> bool | None:
        """None where time ran out."""
        while time.monotonic() < self._until:
            self._solver.conf_budget(_SLICE)  # a spent one answers None for ever
            found = self._solver.solve_limited(wishes)
            if found is not None:
                return found
        return None

    def _core(self) -> list[int]:
        """Wishes that cannot all be granted, with few that have no part in it."""
        core = self._solver.get_core()
        for _ in range(_TRIMS):
            if len(core) == 1 or self._solve(core) is not False:
                break
            smaller = self._solver.get_core()
            if len(smaller) == len(core):
                break
            core = smaller
        return core

    def _charge(self, core: list[int]) -> None:
        """One of these is broken for certain: take its price off all, and ask for one only."""
        price = min(self._wishes[wish] for wish in core)
        for wish in core:
            self._wishes[wish] -= price
            if not self._wishes[wish]:
                del self._wishes[wish]
            if wish in self._sums:
                literals, most = self._sums[wish]
                self._ask(literals, most + 1, price)
        if len(core) == 1:
            self._solver.add_clause([-core[0]])
        else:
            self._ask([-wish for wish in core], 1, price)

    def _ask(self, literals: list[int], most: int, price: int) -> None:
        """The wish that at most so many of these hold."""
        if most < len(literals):
            wish = self._encoding.at_most(literals, most)
            self._sums[wish] = (literals, most)
            self._wishes[wish] = price
