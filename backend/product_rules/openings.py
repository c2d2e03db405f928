"""Asks one solver what may still be chosen, for one set of facts and a scope of offers."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from backend.product_rules.encoding import FALSE, TRUE, Encoding, Solver
from backend.product_rules.limits import Problem, tightened
from backend.product_rules.subtotals import with_subtotals

_WITNESSES = 32

Picks = Mapping[int, int]
"""How many are picked of each offer; offers are places in the catalogue."""


class Openings:
    """Exact answers for one problem; remembers valid orders it met. Not safe for threads."""

    def __init__(self, problem: Problem, make_solver: Callable[[], Solver]) -> None:
        narrow = with_subtotals(tightened(problem))
        self._possible = narrow.possible
        self._high = narrow.high
        self._low = narrow.low
        self._solver = make_solver()
        self._encoding = Encoding(self._solver, narrow.low, narrow.high)
        for limit in narrow.limits:
            self._encoding.add(limit)
        self._offers = [place for place in narrow.low if place >= 0]
        levels = {place: self._encoding.levels(place) for place in narrow.low}
        self._none = [-literal for place in self._offers for literal in levels[place]]
        self._sums = [(levels[place], members) for place, members in narrow.summed.items()]
        self._small_sums = [-n for literals, _ in self._sums for n in literals]
        self._witnesses: deque[array[int]] = deque(maxlen=_WITNESSES)

    def open(self, wanted: Iterable[int], picks: Picks) -> tuple[frozenset[int], bool]:
        """Those of the wanted offers of which one more than picked can still be completed.

        And whether the picks themselves can.
        """
        held = self._held(picks)
        if held is None:
            return frozenset(), False
        encoding = self._encoding
        literals = {place: encoding.at_least(place, picks.get(place, 0) + 1) for place in wanted}
        unknown = set(literals.values()) - {TRUE, FALSE}
        shown: set[int] = set()
        witnesses = self._witnesses_of(held)
        places = {literal: place for place, literal in literals.items()}
        while witness := next(witnesses, None) or self._order_with_any(
            held, {literal: places[literal] for literal in unknown}, shown, picks
        ):
            found = {literal for literal in unknown if witness[literal - 1] > 0}
            unknown -= found
            shown |= found
            shown.add(TRUE)
        possible = bool(shown) or self.order(picks) is not None
        if possible:
            shown.add(TRUE)
        return frozenset(p for p, literal in literals.items() if literal in shown), possible

    def most(self, place: int, picks: Picks) -> int:
        """The largest quantity that can still be completed; 0 where not even the picks can."""
        order = self.order(picks)
        if order is None:
            return 0
        reached, high = order[place], self._high[place]
        tried = high
        while reached < high:
            better = self.order({**picks, place: tried})
            if better is None:
                high = tried - 1
            else:
                reached = better[place]
            tried = (reached + high + 1) // 2
        return reached

    def order(self, picks: Picks) -> dict[int, int] | None:
        """Some valid order that holds the picks, with little else; None where there is none."""
        held = self._held(picks)
        model = None if held is None else self._solve(held)
        return None if model is None else self._quantities(model)

    def completion(self, picks: Picks) -> dict[int, int] | None:
        """A valid order that holds the picks and stays valid with nothing else taken off."""
        order = self.order(picks)
        if order is None:
            return None
        for place in order:
            least = picks.get(place, 0)
            while order[place] > least:
                smaller = self._below(order, picks, place)
                if smaller is None:
                    break
                order = smaller
        return order

    def forced(self, picks: Picks) -> dict[int, int]:
        """Offers of which every valid order with the picks holds more, and how many at least."""
        least = self.order(picks)
        held = self._held(picks)
        if least is None or held is None:
            return {}
        for place in least:
            while least[place] > max(picks.get(place, 0), self._low[place]):
                model = self._solve([*held, -self._encoding.at_least(place, least[place])])
                if model is None:
                    break
                order = self._quantities(model)
                least = {other: min(quantity, order[other]) for other, quantity in least.items()}
        return {place: n for place, n in least.items() if n > picks.get(place, 0)}

    def _below(self, order: Picks, picks: Picks, place: int) -> dict[int, int] | None:
        """A valid order with fewer of one offer, and of every other no more than here."""
        held = [self._encoding.at_least(other, n) for other, n in picks.items()]
        capped = [-self._encoding.at_least(other, n + 1) for other, n in order.items()]
        capped.append(-self._encoding.at_least(place, order[place]))
        model = self._solve([*held, *(literal for literal in capped if literal != TRUE)])
        return None if model is None else self._quantities(model)

    def _held(self, picks: Picks) -> list[int] | None:
        """The picks as assumptions; None where the bounds already rule them out."""
        if not self._possible:
            return None
        literals = [self._encoding.at_least(place, n) for place, n in picks.items()]
        return None if FALSE in literals else [literal for literal in literals if literal != TRUE]

    def _witnesses_of(self, held: Collection[int]) -> Iterator[array[int]]:
        return (
            witness
            for witness in tuple(self._witnesses)
            if all(witness[literal - 1] > 0 for literal in held)
        )

    def _order_with_any(
        self, held: list[int], unknown: Mapping[int, int], shown: Iterable[int], picks: Picks
    ) -> array[int] | None:
        """A model with at least one of the unknown, and with many of them by preference.

        `unknown` tells the offer of each literal. A sum is preferred just as large as they and
        the picks would make it: a larger one would be filled with what has been seen already.
        """
        if not unknown:
            return None
        asked = self._encoding.fresh()
        self._solver.add_clause([-asked, *unknown])
        wanted = dict.fromkeys(unknown.values(), 1)
        for place, count in picks.items():
            wanted[place] = wanted.get(place, 0) + count
        room = [*unknown, *(-literal for literal in shown)]
        for levels, members in self._sums:
            room += levels[: sum(wanted[place] for place in members if place in wanted)]
        model = self._solve([*held, asked], room)
        self._solver.add_clause([-asked])
        return model

    def _solve(self, assumptions: list[int], phases: Sequence[int] = ()) -> array[int] | None:
        # The solver overwrites phases as it goes, so all are set each time.
        self._solver.set_phases([*self._none, *self._small_sums, *phases])
        if not self._solver.solve(assumptions):
            return None
        model = array("i", self._solver.get_model()[: self._encoding.counted])
        self._witnesses.appendleft(model)
        return model

    def _quantities(self, model: Sequence[int]) -> dict[int, int]:
        return {place: self._encoding.quantity(place, model) for place in self._offers}
