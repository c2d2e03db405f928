"""Finds the rules that together keep an offer away, and no rule too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from backend.product_rules.encoding import FALSE, Encoding, Solver
from backend.product_rules.limits import Limit, Problem
from backend.product_rules.subtotals import in_sums, scarce_sums

_REMEMBERED = 256
_EASY = 200  # conflicts; an answer mostly takes less than a hundred


class Explainer:
    """Explains refusals for one problem. Not safe for threads.

    An instance apart from the one that answers: bounds are the offers' own limits only, and
    each rule holds only where its selector is true. Rules that read facts come first, for the
    facts are what an agent can change or explain; then rules in the catalogue's order. Which of
    several minimal sets is given depends on this order alone, never on earlier questions. A
    question that takes more than `easy` conflicts is asked again with shared sums counted.
    """

    def __init__(
        self, problem: Problem, make_solver: Callable[[], Solver], *, easy: int = _EASY
    ) -> None:
        self._easy = easy
        self._problem = problem
        self._counts_sums = False
        self._sums: dict[frozenset[int], int] = {}
        """The places of sums that are counted, by the offers they add up."""
        self._full: dict[int, int] = {}
        """For the place of each sum the literal for "as much as is counted, or more"."""
        self._units: dict[int, tuple[int, int]] = {}
        self._solver = make_solver()
        self._encoding = Encoding(self._solver, problem.low, problem.high)
        ordered = sorted(problem.limits, key=lambda limit: not limit.facts)
        self._rules = tuple(dict.fromkeys(limit.rule for limit in ordered))
        self._literals = [self._encoding.fresh() for _ in self._rules]
        self._places = {literal: at for at, literal in enumerate(self._literals)}
        self._ordered = ordered
        self._selectors = selectors = dict(zip(self._rules, self._literals, strict=True))
        self._alone: dict[int, str] = {}
        self._told: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
        """For each offer: what was held with it, and the set that ruled it out."""
        self._much = [n for at in problem.low for n in self._encoding.levels(at)[:1]]
        self._fitting: dict[tuple[int, ...], bytes] = {}
        """For rules that were asked about: an order they allow, by literals, with much in it."""
        for limit in ordered:
            self._encoding.add(limit, selectors[limit.rule])
            if limit.bound == 0 and not limit.guards and all(w > 0 for _, w in limit.terms):
                for place, _ in limit.terms:
                    self._alone.setdefault(place, limit.rule)

    def reasons(self, place: int, picks: Mapping[int, int]) -> tuple[str, ...] | None:
        """The rules of one minimal set that rules out the picks with one more of this offer.

        Empty where the offers' own limits do; None where nothing does.
        """
        wanted = {**picks, place: picks.get(place, 0) + 1}
        held = frozenset([self._encoding.at_least(other, n) for other, n in wanted.items()])
        if FALSE in held:
            return ()
        if place in self._alone:
            return (self._alone[place],)
        needed = self._needed(place, held)
        return None if needed is None else tuple(self._rules[at] for at in sorted(needed))

    def _needed(self, place: int, held: frozenset[int]) -> frozenset[int] | None:
        """Places of the rules in the minimal set that ends earliest in their order.

        That set is the one Junker's QuickXplain finds (AAAI 2004), and does not depend on the
        way it is found; so what the solver says it used may shorten the way, and so may the set
        that ruled out the same offer beside fewer picks.
        """
        told = self._told.get(place)
        is_told = told is not None and told[0] <= held
        used = told[1] if told is not None and is_told else self._conflict(held, len(self._rules))
        if used is None:
            return None
        needed: tuple[int, ...] = ()
        while rest := used.difference(needed):
            last = max(rest)
            without = self._conflict(held, last, needed)
            if without is None:
                needed = (*needed, last)
            else:
                used, is_told = without, False
        if not is_told:
            self._told[place] = (held, frozenset(needed))
        return frozenset(needed)

    def _conflict(
        self, held: frozenset[int], first: int, others: tuple[int, ...] = ()
    ) -> frozenset[int] | None:
        """Of the first so many rules and some others those that rule out what is held.

        As the solver used them; None where it fits.
        """
        asked = (first, *others)
        fitting = self._fitting.get(asked)
        if fitting is not None and all(map(fitting.__getitem__, held)):
            return None
        self._solver.set_phases(self._much)
        rules = [*self._literals[:first], *[self._literals[at] for at in others]]
        if self._solve([*held, *rules]):
            model = self._solver.get_model()[: self._encoding.counted]
            if len(self._fitting) >= _REMEMBERED:
                self._fitting.clear()
            self._fitting[asked] = bytes([False, *[literal > 0 for literal in model]])
            return None
        core = self._solver.get_core()
        return frozenset([self._places[one] for one in core if one in self._places])

    def _solve(self, assumptions: list[int]) -> bool:
        """What is hard is asked again with sums counted, which are too dear for every customer."""
        if not self._counts_sums:
            self._solver.conf_budget(self._easy)
            found = self._solver.solve_limited(assumptions) if self._easy else None
            if found is not None:
                return found
            self._count_sums()
        self._solver.set_phases([-n for n in self._units])
        return self._solver.solve([*assumptions, *self._known_sums(assumptions)])

    def _known_sums(self, held: Iterable[int]) -> Iterator[int]:
        """How large sums are at least, by what is held: it follows, but not by propagation."""
        counts = dict(self._units[literal] for literal in held if literal in self._units)
        for group, place in self._sums.items():
            least = sum([counts[member] for member in group.intersection(counts)])
            literal = self._encoding.at_least(place, least)
            yield self._full[place] if literal == FALSE else literal

    def _count_sums(self) -> None:
        """Adds what follows from the rules for sums that they share; see `subtotals`.

        A sum is counted up to one more than there is room for. Where it is as large as that it
        may be larger, so rules that ask for much of it say nothing then.
        """
        self._counts_sums = True
        sums, full = self._sums, self._full
        for place in self._problem.low:
            for count, literal in enumerate(self._encoding.levels(place), start=1):
                self._units[literal] = (place, count)
        rooms = scarce_sums(self._problem)
        for group in sorted(rooms, key=len):
            room = rooms[group]
            place = sums[group] = -1 - len(sums)
            self._encoding.count(place, room + 1)
            full[place] = self._encoding.at_least(place, room + 1)
            members = [(member, 1) for member in sorted(group)]
            turned = [(member, -1) for member in sorted(group)]
            self._encoding.add(Limit("", (), (), ((place, 1), *turned), 0))
            self._encoding.add(Limit("", (), (), (*members, (place, -1)), 0), -full[place])
            for part, inner in sums.items():
                if part < group:
                    link = ((inner, 1), (place, -1))
                    self._encoding.add(Limit("", (), (), link, 0), -full[place])
        for limit in self._ordered:
            counted = in_sums(limit, sums)
            within = [term for term in counted.terms if term[0] < 0]
            if within:
                less = [-full[place] for place, weight in within if weight < 0]
                self._encoding.add(counted, self._selectors[limit.rule], *less)
