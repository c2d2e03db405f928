"""Finds the rules that together keep an offer away, and no rule too many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
        self._selectors = {
            rule: self._encoding.fresh() for rule in dict.fromkeys(limit.rule for limit in ordered)
        }
        self._alone: dict[int, str] = {}
        for limit in ordered:
            self._encoding.add(limit, self._selectors[limit.rule])
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
        rules = list(self._selectors)
        if self._fits(held, rules):
            return None
        found = self._conflict(held, [], rules, grown=False)
        return tuple(rule for rule in rules if rule in found)

    def _fits(self, held: Sequence[int], rules: Sequence[str]) -> bool:
        return self._solver.solve([*held, *(self._selectors[rule] for rule in rules)])

    def _conflict(
        self, held: Sequence[int], given: list[str], rules: list[str], *, grown: bool
    ) -> list[str]:
        """What of the rules is needed beside the given ones to rule out what is held.

        Divide and conquer after Junker, "QuickXplain", AAAI 2004: a set of k out of n rules
        takes about k log(n / k) solves.
        """
        if grown and not self._fits(held, given):
            return []
        if len(rules) == 1:
            return rules
        first, second = rules[: len(rules) // 2], rules[len(rules) // 2 :]
        late = self._conflict(held, [*given, *first], second, grown=True)
        early = self._conflict(held, [*given, *late], first, grown=bool(late))
        return [*early, *late]
