"""A solver for one search, thrown away after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from backend.product_rules.book import LimitBook
from backend.product_rules.encoding import FALSE, Encoding, Solver
from backend.product_rules.limits import Limit
from backend.product_rules.openings import Picks
from backend.product_rules.worlds import OpenFacts, Worlds


class Trial:
    """A throw-away solver with all that matters to some offers in some worlds."""

    def __init__(
        self,
        book: LimitBook,
        worlds: Worlds,
        seeds: Iterable[int],
        make_solver: Callable[[], Solver],
    ) -> None:
        problem = book.problem(worlds, book.scope(worlds, seeds))
        self.solver = make_solver()
        self.encoding = Encoding(self.solver, problem.low, problem.high)
        self.facts = OpenFacts(worlds, self.encoding, self.solver)
        self._places = tuple(problem.low)
        for limit in problem.limits:
            self.encoding.add(limit, *(self.facts.met(condition) for condition in limit.facts))

    def hold(self, picks: Picks) -> bool:
        """Has at least these in every order; False where an offer's own limit forbids it."""
        literals = [self.encoding.at_least(place, count) for place, count in picks.items()]
        for literal in literals:
            self.solver.add_clause([literal])
        return FALSE not in literals

    def chains(self, picks: Picks) -> list[range]:
        """For each picked offer the literals of its single units, as far as its limit allows."""
        return [self.encoding.levels(place)[:count] for place, count in picks.items()]

    def chains_by_place(self) -> dict[int, range]:
        """The literals of the single units of every offer that matters."""
        return {place: self.encoding.levels(place) for place in self._places}

    def left(self, picks: Picks, model: Sequence[int]) -> Picks:
        """Which of the picks a model still holds."""
        held = {at: min(n, self.encoding.quantity(at, model)) for at, n in picks.items()}
        return {place: count for place, count in held.items() if count}

    def hold_any(self, places: Iterable[int], count: int) -> None:
        """Has at least so many of these together in every order."""
        self.encoding.add(Limit("", (), (), tuple((place, -1) for place in places), -count))

    def order(self, model: Sequence[int]) -> Picks:
        return {place: self.encoding.quantity(place, model) for place in self._places}
