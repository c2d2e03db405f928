"""Facts that are left open while we ask: a literal for each value one may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backend.product_rules.catalogue import Fact, FactCondition, Facts
from backend.product_rules.encoding import TRUE, Encoding, Solver

Worlds = Mapping[str, frozenset[Fact]]
"""The values that each fact may take."""


def only(facts: Facts) -> Worlds:
    """The one world in which these facts hold."""
    return {key: frozenset((value,)) for key, value in facts.items()}


class OpenFacts:
    """Says in literals which of the worlds we are in."""

    def __init__(self, worlds: Worlds, encoding: Encoding, solver: Solver) -> None:
        self._worlds = worlds
        self._encoding = encoding
        self._solver = solver
        self._values: dict[str, dict[Fact, int]] = {}
        self._met: dict[FactCondition, int] = {}
        for key, values in worlds.items():
            if len(values) > 1:
                literals = {value: encoding.fresh() for value in sorted(values, key=str)}
                solver.add_clause([*literals.values()])
                solver.add_atmost([*literals.values()], 1)
                self._values[key] = literals

    def value(self, key: str, value: Fact) -> int:
        """The literal for "this open fact has this value"."""
        return self._values[key][value]

    def met(self, condition: FactCondition) -> int:
        """The literal that is true exactly where a condition holds that may hold at all."""
        if condition not in self._met:
            self._met[condition] = self._any(condition)
        return self._met[condition]

    def _any(self, condition: FactCondition) -> int:
        worlds = self._worlds[condition.key]
        if worlds.issubset(condition.values):
            return TRUE
        values = self._values[condition.key]
        literals = [values[value] for value in condition.values if value in values]
        if len(literals) == 1:
            return literals[0]
        met = self._encoding.fresh()
        self._solver.add_clause([-met, *literals])
        for literal in literals:
            self._solver.add_clause([-literal, met])
        return met

    def facts(self, model: Sequence[int]) -> dict[str, Fact]:
        """The world a model of the solver is in."""
        found: dict[str, Fact] = {}
        for key, values in self._worlds.items():
            literals = self._values.get(key)
            if literals is None:
                (found[key],) = values
            else:
                found[key] = next(v for v, literal in literals.items() if model[literal - 1] > 0)
        return found
