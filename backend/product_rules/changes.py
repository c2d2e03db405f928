"""The smallest change that opens a hidden offer, or makes a broken draft whole again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from backend.product_rules.book import LimitBook
from backend.product_rules.catalogue import FactChange, Facts
from backend.product_rules.cheapest import Cheapest
from backend.product_rules.encoding import Solver
from backend.product_rules.openings import Picks
from backend.product_rules.trial import Trial
from backend.product_rules.worlds import only


@dataclass(frozen=True, slots=True)
class Opener:
    """What to do so that an offer may be chosen; offers with how many of each."""

    changes: tuple[FactChange, ...]
    removed: Mapping[str, int]
    brings: Mapping[str, int]
    """What every order with it then holds besides, and has to be added to the picks."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """An offer that cannot stay: how many fewer of it, and the rules that keep them away."""

    code: str
    quantity: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """How picks become completable again: what goes, and the least that must then be added."""

    dropped: tuple[Dropped, ...]
    added: Mapping[str, int]


class Changes:
    """Searches for small changes, each in a solver of its own, so that ties are always the same.

    Costs, from dear to cheap: a pick taken away; a fact changed, by what the catalogue says it
    costs; one more of any offer. Any number of cheap ones is less than one dear one.
    """

    def __init__(
        self, book: LimitBook, changes: Sequence[FactChange], make_solver: Callable[[], Solver]
    ) -> None:
        self._book = book
        self._changes = changes
        self._make_solver = make_solver

    def opening(
        self, facts: Facts, picks: Picks, place: int, kept: Picks
    ) -> tuple[tuple[FactChange, ...], Picks] | None:
        """Facts to change, and the picks left, so that one more of this offer can be completed.

        Picks in `kept` stay at least so many. None where nothing of the kind helps.
        """
        changes = [each for each in self._changes if facts[each.key] != each.value]
        worlds = only(facts)
        for change in changes:
            worlds = {**worlds, change.key: worlds[change.key] | {change.value}}
        wanted = picks.get(place, 0) + 1
        trial = Trial(self._book, worlds, {*picks, *kept, place}, self._make_solver)
        if not trial.hold({**kept, place: max(wanted, kept.get(place, 0))}):
            return None
        values = {trial.facts.value(each.key, each.value): each for each in changes}
        costs = {literal: each.cost for literal, each in values.items()}
        dear = 1 + sum(costs.values())
        kept_units = trial.chains(picks)
        costs |= {-literal: dear for chain in kept_units for literal in chain}
        bargain = Cheapest(trial.solver, trial.encoding, costs)
        if bargain.find() is None:
            return None
        model = bargain.prefer([*kept_units, *([-literal] for literal in reversed(values))])
        made = tuple(each for literal, each in values.items() if model[literal - 1] > 0)
        return made, trial.left(picks, model)

    def repair(self, facts: Facts, picks: Picks, kept: Picks) -> tuple[Picks, Picks] | None:
        """The picks that can stay, as many as possible, and a whole order with least besides.

        Any number of other picks goes before one of `kept`; what was picked first stays first.
        None where no order at all is valid.
        """
        trial = Trial(self._book, only(facts), picks, self._make_solver)
        chains, every = trial.chains(picks), list(trial.chains_by_place().values())
        costs = {literal: 1 for chain in every for literal in chain}
        dear = 1 + len(costs)
        dearest = dear * (1 + sum(map(len, chains)))
        for place, chain in zip(picks, chains, strict=True):
            for unit, literal in enumerate(chain):
                del costs[literal]
                costs[-literal] = dearest if unit < kept.get(place, 0) else dear
        bargain = Cheapest(trial.solver, trial.encoding, costs)
        if bargain.find() is None:
            return None
        model = bargain.prefer([*chains, *every])
        return trial.left(picks, model), trial.order(model)
