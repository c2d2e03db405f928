"""Proves what holds of a catalogue for all facts and all orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pysat.solvers import Minicard

from backend.product_rules.catalogue import Catalogue, Fact
from backend.product_rules.encoding import FALSE, Encoding, Solver
from backend.product_rules.limits import Limit, limits_of
from backend.product_rules.worlds import OpenFacts


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody, and a valid order of his."""

    facts: Mapping[str, Fact]
    order: Mapping[str, int]


class Proofs:
    """Questions about a whole catalogue, the facts being variables. Not safe for threads.

    Every combination of the context's values counts as possible, also those no person has.
    """

    def __init__(
        self, catalogue: Catalogue, *, make_solver: Callable[[], Solver] = Minicard
    ) -> None:
        self._catalogue = catalogue
        self._places = {code: place for place, code in enumerate(catalogue.offers)}
        self._solver = make_solver()
        most = {place: offer.max for place, offer in enumerate(catalogue.offers.values())}
        self._encoding = Encoding(self._solver, dict.fromkeys(most, 0), most)
        context = {key: frozenset(values) for key, values in catalogue.context.items()}
        self._facts = OpenFacts(context, self._encoding, self._solver)
        self._limits = {id_: limits_of(rule, self._places) for id_, rule in catalogue.rules.items()}
        self._holds = {id_: self._encoding.fresh() for id_ in self._limits}
        for id_, limits in self._limits.items():
            for limit in limits:
                self._encoding.add(limit, self._holds[id_], *self._met(limit))
        self._all = self._encoding.fresh()
        for holds in self._holds.values():
            self._solver.add_clause([-self._all, holds])
        self._units = {
            n: code for code, at in self._places.items() for n in self._encoding.levels(at)
        }
        self._none = [-n for n in self._units]

    def order_with(self, code: str) -> Example | None:
        """Somebody who may buy this offer, and an order with it; None where nobody may."""
        wanted = self._encoding.at_least(self._places[code], 1)
        if wanted == FALSE:
            return None
        self._solver.set_phases(self._none)
        if not self._solver.solve([wanted, self._all]):
            return None
        model = self._solver.get_model()
        order = Counter(self._units[n] for n in model if n in self._units)
        return Example(self._facts.facts(model), dict(order))

    def against(self, code: str) -> tuple[str, ...]:
        """Of an offer that nobody may buy: a minimal set of rules that keep it away from all.

        Without any one of them somebody might. Empty where its own limit does, or nothing.
        """
        wanted = self._encoding.at_least(self._places[code], 1)
        names = {literal: id_ for id_, literal in self._holds.items()}
        if wanted == FALSE or self._solver.solve([wanted, *names]):
            return ()
        needed = [literal for literal in self._solver.get_core() if literal in names]
        for literal in tuple(needed):
            rest = [other for other in needed if other != literal]
            if not self._solver.solve([wanted, *rest]):
                needed = rest
        return tuple(id_ for literal, id_ in names.items() if literal in needed)

    def redundant(self) -> tuple[str, ...]:
        """Rules that refuse no order which the other rules would take, whatever the facts.

        Of two rules that say the same each is redundant: leave out one, then ask again.
        """
        return tuple(id_ for id_ in self._limits if not self._bites(id_))

    def broken_by_nothing(self) -> tuple[str, ...]:
        """Rules that an order of nothing breaks, for some facts."""
        return tuple(
            id_ for id_, limits in self._limits.items() if any(map(self._demanding, limits))
        )

    def _demanding(self, limit: Limit) -> bool:
        return limit.demands and self._solver.solve([*self._met(limit)])

    def _bites(self, id_: str) -> bool:
        others = [literal for other, literal in self._holds.items() if other != id_]
        return any(
            self._solver.solve([*others, broken]) for broken in self._broken(self._limits[id_])
        )

    def _broken(self, limits: tuple[Limit, ...]) -> Iterator[int]:
        """A literal for each limit under which it applies and is not kept."""
        for limit in limits:
            broken = self._encoding.fresh()
            for met in self._met(limit):
                self._solver.add_clause([-broken, met])
            for guard in limit.guards:
                met_by = [self._encoding.at_least(place, 1) for place in guard]
                self._solver.add_clause([-broken, *(n for n in met_by if n != FALSE)])
            turned = tuple((place, -weight) for place, weight in limit.terms)
            self._encoding.add(Limit(limit.rule, (), (), turned, -limit.bound - 1), broken)
            yield broken

    def _met(self, limit: Limit) -> list[int]:
        return [self._facts.met(condition) for condition in limit.facts]
