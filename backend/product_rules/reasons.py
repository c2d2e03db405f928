"""Finds the rules that together keep an offer away, and no rule too many."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backend.product_rules.encoding import FALSE, Encoding, Solver
from backend.product_rules.limits import Problem

_REMEMBERED = 256


class Explainer:
    """Explains refusals for one problem. Not safe for threads.

    An instance apart from the one that answers: bounds are the offers' own limits only, and
    each rule holds only where its selector is true. Rules that read facts come first, for the
    facts are what an agent can change or explain; then rules in the catalogue's order. Which of
    several minimal sets is given depends on this order alone, never on earlier questions.
    """

    def __init__(self, problem: Problem, make_solver: Callable[[], Solver]) -> None:
        self._solver = make_solver()
        self._encoding = Encoding(self._solver, problem.low, problem.high)
        ordered = sorted(problem.limits, key=lambda limit: not limit.facts)
        self._rules = tuple(dict.fromkeys(limit.rule for limit in ordered))
        self._literals = [self._encoding.fresh() for _ in self._rules]
        self._places = {literal: at for at, literal in enumerate(self._literals)}
        selectors = dict(zip(self._rules, self._literals, strict=True))
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
        if self._solver.solve([*held, *rules]):
            model = self._solver.get_model()[: self._encoding.counted]
            if len(self._fitting) >= _REMEMBERED:
                self._fitting.clear()
            self._fitting[asked] = bytes([False, *[literal > 0 for literal in model]])
            return None
        core = self._solver.get_core()
        return frozenset([self._places[one] for one in core if one in self._places])
