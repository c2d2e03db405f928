"""Asks one solver what may still be chosen, for one set of facts and a scope of offers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from backend.product_rules.encoding import FALSE, TRUE, Encoding, Solver
from backend.product_rules.limits import Problem, tightened
from backend.product_rules.subtotals import with_subtotals

_WITNESSES = 32

Picks = Mapping[int, int]
"""How many are picked of each offer; offers are places in the catalogue."""
Witness = frozenset[int]
"""The literals about quantities that are true in a valid order."""


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
        self._places: dict[int, int] = {}
        for place in self._offers:
            self._places.update(dict.fromkeys(levels[place], place))
        self._sums = [(levels[place], members) for place, members in narrow.summed.items()]
        self._sums_of: dict[int, list[int]] = {}
        for at, (_, members) in enumerate(self._sums):
            for place in members:
                self._sums_of.setdefault(place, []).append(at)
        self._low_first = [-literal for literal in range(TRUE + 1, self._encoding.counted + 1)]
        self._witnesses: deque[Witness] = deque(maxlen=_WITNESSES)

    def open(self, wanted: Iterable[int], picks: Picks) -> tuple[frozenset[int], bool]:
        """Those of the wanted offers of which one more than picked can still be completed.

        And whether the picks themselves can.
        """
        held = self._held(picks)
        if held is None:
            return frozenset(), False
        more = {place: picks.get(place, 0) + 1 for place in wanted}
        shown = self._reachable(more, held, picks)
        if not shown and self._witness(held) is None:
            return frozenset(), False
        return shown.union(at for at, count in more.items() if count <= self._low[at]), True

    def most(self, wanted: Iterable[int], picks: Picks) -> dict[int, int]:
        """The largest quantity of each that can still be completed; 0 where the picks cannot.

        Each by itself: two of them together may allow less.
        """
        places, held = list(wanted), self._held(picks)
        first = None if held is None else self._witness(held)
        if held is None or first is None:
            return dict.fromkeys(places, 0)
        reached = {place: self._quantity(place, first) for place in places}
        high = {place: self._high[place] for place in places}
        tried = {place: most for place, most in high.items() if reached[place] < most}
        while tried:
            shown = self._reachable(tried, held, picks)
            for place, count in tried.items():
                if place in shown:
                    reached[place] = count
                else:
                    high[place] = count - 1
            tried = {
                place: (reached[place] + high[place] + 1) // 2
                for place in tried
                if reached[place] < high[place]
            }
        return reached

    def order(self, picks: Picks) -> dict[int, int] | None:
        """Some valid order that holds the picks, with little else; None where there is none."""
        held = self._held(picks)
        witness = None if held is None else self._solve(held)
        return None if witness is None else self._quantities(witness)

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
        held = self._held(picks)
        if held is None or self._witness(held) is None:
            return {}
        common = frozenset.intersection(*self._witnesses_of(held)).intersection(self._places)
        for literal in sorted(common.difference(held)):
            if literal in common:
                other = self._solve([*held, -literal])
                common = common if other is None else common & other
        least = {**self._low}
        for literal in common:
            least[self._places[literal]] += 1
        return {at: least[at] for at in self._offers if least[at] > picks.get(at, 0)}

    def forces(self, place: int, picks: Picks) -> bool:
        """Whether every valid order with the picks holds more of this offer, and there is one."""
        held = self._held(picks)
        if held is None or self._witness(held) is None:
            return False
        literal = self._encoding.at_least(place, picks.get(place, 0) + 1)
        if literal in {TRUE, FALSE}:
            return literal == TRUE
        if any(literal not in witness for witness in self._witnesses_of(held)):
            return False
        return self._solve([*held, -literal]) is None

    def _below(self, order: Picks, picks: Picks, place: int) -> dict[int, int] | None:
        """A valid order with fewer of one offer, and of every other no more than here."""
        held = [self._encoding.at_least(other, n) for other, n in picks.items()]
        capped = [-self._encoding.at_least(other, n + 1) for other, n in order.items()]
        capped.append(-self._encoding.at_least(place, order[place]))
        witness = self._solve([*held, *(literal for literal in capped if literal != TRUE)])
        return None if witness is None else self._quantities(witness)

    def _held(self, picks: Picks) -> frozenset[int] | None:
        """The picks as assumptions; None where the bounds already rule them out."""
        if not self._possible:
            return None
        literals = {self._encoding.at_least(place, n) for place, n in picks.items()}
        return None if FALSE in literals else frozenset(literals - {TRUE})

    def _witnesses_of(self, held: frozenset[int]) -> Iterator[Witness]:
        return (witness for witness in tuple(self._witnesses) if held <= witness)

    def _witness(self, held: frozenset[int]) -> Witness | None:
        """Some valid order that holds the picks, of those that were met if there is one."""
        return next(self._witnesses_of(held), None) or self._solve(held)

    def _reachable(self, wanted: Picks, held: frozenset[int], picks: Picks) -> frozenset[int]:
        """Those of the wanted offers that some valid order with the picks holds so many of.

        Each by itself, and only what the bounds leave open.
        """
        literals = {self._encoding.at_least(place, n): place for place, n in wanted.items()}
        rest = frozenset(literals).difference((TRUE, FALSE))
        shown: set[int] = set()
        for witness in self._witnesses_of(held):
            shown |= rest & witness
        rest -= shown
        hopes = self._hopes({literals[literal]: wanted[literals[literal]] for literal in rest})
        sums = self._together({**picks, **{place: wanted[place] for place in hopes}})
        while rest:
            room = [n for literal in rest for n in hopes[literals[literal]]]
            for (levels, _), total in zip(self._sums, sums, strict=True):
                room += levels[:total]
            found = self._order_with_any(held, rest, room)
            if found is None:
                break
            for literal in rest & found:
                shown.add(literal)
                place = literals[literal]
                for at in self._sums_of.get(place, ()):
                    sums[at] -= wanted[place] - picks.get(place, 0)
            rest -= found
        return frozenset([literals[literal] for literal in shown])

    def _hopes(self, wanted: Picks) -> dict[int, range]:
        """The literals of so many of each, which we would like an order to hold."""
        return {
            place: self._encoding.levels(place)[: count - self._low[place]]
            for place, count in wanted.items()
        }

    def _together(self, order: Picks) -> list[int]:
        """How many of these each sum would hold.

        A sum is preferred just as large: a larger one would be filled with what has been seen.
        """
        sums = [0] * len(self._sums)
        for place, count in order.items():
            for at in self._sums_of.get(place, ()):
                sums[at] += count
        return sums

    def _order_with_any(
        self, held: frozenset[int], literals: Iterable[int], room: Sequence[int]
    ) -> Witness | None:
        """An order in which at least one of these literals is true, by preference all of `room`."""
        asked = self._encoding.fresh()
        self._solver.add_clause([-asked, *literals])
        found = self._solve([*held, asked], room)
        self._solver.add_clause([-asked])
        return found

    def _solve(self, assumptions: Iterable[int], phases: Sequence[int] = ()) -> Witness | None:
        # The solver overwrites phases as it goes, so all are set each time.
        self._solver.set_phases([*self._low_first, *phases])
        if not self._solver.solve(list(assumptions)):
            return None
        model = self._solver.get_model()[: self._encoding.counted]
        witness = frozenset([literal for literal in model if literal > 0])
        self._witnesses.appendleft(witness)
        return witness

    def _quantity(self, place: int, witness: Witness) -> int:
        return self._low[place] + len(witness.intersection(self._encoding.levels(place)))

    def _quantities(self, witness: Witness) -> dict[int, int]:
        order = {place: self._low[place] for place in self._offers}
        for literal in witness.intersection(self._places):
            order[self._places[literal]] += 1
        return order
