"""Finds the rules that together keep an offer away, and no rule too many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from backend.product_rules.encoding import Encoding, Solver
from backend.product_rules.limits import Problem


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
        held = [self._encoding.at_least(other, n) for other, n in wanted.items()]
        if not self._solver.solve(held):
            return ()
        if place in self._alone:
            return (self._alone[place],)
        needed = self._needed(held)
        return None if needed is None else tuple(self._rules[at] for at in sorted(needed))

    def _needed(self, held: Sequence[int]) -> set[int] | None:
        """Places of the rules in the minimal set that ends earliest in their order.

        That set is the one Junker's QuickXplain finds (AAAI 2004), and does not depend on the
        way it is found; so what the solver says it used may shorten the way.
        """
        used = self._conflict(held, range(len(self._rules)))
        if used is None:
            return None
        needed: set[int] = set()
        while rest := used - needed:
            last = max(rest)
            without = self._conflict(held, [*range(last), *needed])
            if without is None:
                needed.add(last)
            else:
                used = without
        return needed

    def _conflict(self, held: Sequence[int], rules: Iterable[int]) -> set[int] | None:
        """Those of the rules that the solver used to rule out what is held; None where it fits."""
        if self._solver.solve([*held, *(self._literals[at] for at in rules)]):
            return None
        return {self._places[one] for one in self._solver.get_core() if one in self._places}
