"""Decides exactly what may be offered to whom, and why the rest may not."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Generic, Self, TypeVar

from pysat.solvers import Minicard

from backend.product_rules.applied import Applied, ReadyRule
from backend.product_rules.book import LimitBook
from backend.product_rules.catalogue import Catalogue, Fact, Facts, Selection
from backend.product_rules.changes import Changes, Dropped, Opener, Repair
from backend.product_rules.encoding import Solver
from backend.product_rules.limits import Problem
from backend.product_rules.openings import Openings
from backend.product_rules.packages import Package, cheapest_package, cost_order
from backend.product_rules.reasons import Explainer
from backend.product_rules.rules import Missing, checked_facts, checked_selection, missing
from backend.product_rules.worlds import only

_QUESTIONS_A_SOLVER = 1_000  # one that lives longer slows down several times
_SCOPES = 8  # kept for each set of facts
FACTS_KEPT = 128
"""Sets of facts whose solvers stay: more than agents on the line. One takes half a megabyte."""
_SMALL = 150
"""Up to so many offers the whole costs no more than finding out what a question calls for."""

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Answer:
    """What may be chosen next, and what may not, in the catalogue's order."""

    offerable: tuple[str, ...]
    """One more of each of these can be completed into a valid order."""
    hidden: tuple[str, ...]
    possible: bool
    """False where not even the picks can be completed."""


class Engine:
    """Answers for one catalogue, from any thread.

    Facts must name every fact of the catalogue's context. Picks are what the customer has and
    what was chosen so far; a valid order may hold more, never less. Every method raises
    ValueError, in a sentence, for facts, offers or quantities the catalogue does not know.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        facts_kept: int = FACTS_KEPT,
        small: int = _SMALL,
        make_solver: Callable[[], Solver] = Minicard,
    ) -> None:
        self.catalogue = catalogue
        self._codes = tuple(catalogue.offers)
        self._places = {code: place for place, code in enumerate(self._codes)}
        self._rules = tuple(map(ReadyRule.of, catalogue.rules.values()))
        self._book = LimitBook(catalogue)
        self._make_solver = make_solver
        self._facts_kept = facts_kept
        self._small = small
        self._changes = Changes(self._book, catalogue.changes, make_solver)
        self._lock = threading.Lock()
        self._customers: OrderedDict[tuple[Fact, ...], _Known] = OrderedDict()

    def answer(self, facts: Facts, picks: Selection, codes: Iterable[str] | None = None) -> Answer:
        """Which of the codes (of all offers where None) may be chosen once more."""
        asked = self._asked(codes)
        chosen = self._chosen(picks)
        with self._desk(facts, {*chosen, *asked}) as desk:
            shown, possible = desk.openings().open(asked, chosen)
        return Answer(
            offerable=tuple(self._codes[place] for place in asked if place in shown),
            hidden=tuple(self._codes[place] for place in asked if place not in shown),
            possible=possible,
        )

    def most(self, facts: Facts, picks: Selection, codes: Iterable[str]) -> dict[str, int]:
        """The largest quantity of each offer, picked ones included, that can be completed.

        Each by itself: two of them together may allow less. 0 where not even the picks can.
        """
        asked = self._asked(codes)
        chosen = self._chosen(picks)
        with self._desk(facts, {*chosen, *asked}) as desk:
            found = desk.openings().most(asked, chosen)
        return {self._codes[place]: count for place, count in found.items()}

    def reasons(self, facts: Facts, picks: Selection, code: str) -> tuple[str, ...]:
        """Ids of a minimal set of rules that keep the offer away: without any one it is open.

        Empty where quantity limits of offers alone do. Raises ValueError for an offer that may
        be chosen.
        """
        return self.reasons_of(facts, picks, (code,))[code]

    def reasons_of(
        self, facts: Facts, picks: Selection, codes: Iterable[str]
    ) -> dict[str, tuple[str, ...]]:
        """The same for each of these offers."""
        asked = self._asked(codes)
        chosen = self._chosen(picks)
        reasons: dict[str, tuple[str, ...]] = {}
        with self._desk(facts, {*chosen, *asked}) as desk:
            explainer = desk.explainer()
            for place in asked:
                code, found = self._codes[place], explainer.reasons(place, chosen)
                if found is None:
                    raise ValueError(f"{code} may be chosen: there is no reason against it.")
                reasons[code] = found
        return reasons

    def complete(self, facts: Facts, picks: Selection) -> dict[str, int] | None:
        """A valid order that holds the picks, with nothing that could be left out of it.

        None where there is none.
        """
        chosen = self._chosen(picks)
        with self._desk(facts, chosen) as desk:
            order = desk.openings().completion(chosen)
        return None if order is None else self._named(order)

    def forced(self, facts: Facts, picks: Selection) -> dict[str, int]:
        """What the picks bring along: offers of which every valid order with them holds more.

        Each with the least quantity, picked ones included; empty where there is no valid order.
        """
        chosen = self._chosen(picks)
        with self._desk(facts, chosen) as desk:
            return self._named(desk.openings().forced(chosen))

    def forces(self, facts: Facts, picks: Selection, code: str) -> bool:
        """Whether every valid order with the picks holds more of this offer, and there is one."""
        (place,) = self._asked((code,))
        chosen = self._chosen(picks)
        with self._desk(facts, {*chosen, place}) as desk:
            return desk.openings().forces(place, chosen)

    def missing(self, facts: Facts, picks: Selection) -> tuple[Missing, ...]:
        """Rules that the picks alone do not satisfy yet, each with what may be added for it."""
        chosen = checked_selection(self.catalogue, picks)
        broken = self.applied(facts).broken(chosen)
        lacking = missing(broken, chosen, self._places)
        if not lacking:
            return ()
        serving = dict.fromkeys(code for item in lacking for code in item.offers)
        return missing(broken, chosen, self.answer(facts, picks, serving).offerable)

    def applied(self, facts: Facts) -> Applied:
        """The rules that hold for these facts."""
        key = self._key(facts)
        with self._lock:
            known = self._known(key)
            if known.applied is None:
                known.applied = Applied(self._rules, facts)
            return known.applied

    def openers(
        self, facts: Facts, picks: Selection, code: str, *, kept: Selection | None = None
    ) -> Opener | None:
        """The smallest change that a person can bring about and that opens a hidden offer.

        Fewest picks taken away come first, then fewest facts changed (by the costs of the
        catalogue's changes). Of `kept`, as the installed products, nothing is taken away.
        None where nothing helps: it cannot be changed. Empty for an offer that is open.
        """
        (place,) = self._asked((code,))
        chosen = self._chosen(picks)
        checked_facts(self.catalogue, facts)
        found = self._changes.opening(facts, chosen, place, self._chosen(kept or {}))
        if found is None:
            return None
        changes, left = found
        after = {**facts, **{each.key: each.value for each in changes}}
        wanted = {**left, place: chosen.get(place, 0) + 1}
        named = self._named(wanted)
        least = self.forced(after, named)
        return Opener(
            changes=changes,
            removed=_less(picks, named),
            brings=_less(least, named),
        )

    def repair(
        self, facts: Facts, picks: Selection, *, kept: Selection | None = None
    ) -> Repair | None:
        """The smallest change that makes picks completable, with the rules that ask for it.

        Fewest single picks are dropped, later ones before earlier ones; then fewest are added.
        Of `kept`, as the installed products, nothing goes while anything else can go instead.
        Nothing is dropped where nothing need be. None where no order at all is valid.
        """
        checked_facts(self.catalogue, facts)
        chosen = self._chosen(picks)
        found = self._changes.repair(facts, chosen, self._chosen(kept or {}))
        if found is None:
            return None
        left, order = map(self._named, found)
        dropped = tuple(
            Dropped(code, count, self.reasons(facts, left, code))
            for code, count in _less(picks, left).items()
        )
        return Repair(dropped, _less(order, left))

    def repackage(
        self,
        facts: Facts,
        keep: Selection,
        prices: Mapping[str, Decimal] | None = None,
        *,
        seconds: float = 1.0,
    ) -> Package | None:
        """The cheapest lawful order that keeps what is asked, for a month.

        `keep` names offers, and groups of which any will do, each with the least quantity;
        `prices` are per month, the catalogue's own where an offer is not named. None where no
        order keeps all. Of equal ones that with the least to pay at once, then with fewest things.
        After so many seconds the best that was found, not proved.
        """
        checked_facts(self.catalogue, facts)
        offers, groups = self.catalogue.offers, self.catalogue.groups
        checked_selection(self.catalogue, {c: n for c, n in keep.items() if c not in groups})
        wanted = [
            (tuple(self._places[code] for code in groups.get(name, (name,))), count)
            for name, count in keep.items()
        ]
        priced = {code: offer.monthly for code, offer in offers.items()} | dict(prices or {})
        cost = cost_order(offers.values(), priced)
        found = cheapest_package(self._book, facts, wanted, cost, self._make_solver, seconds)
        if found is None:
            return None
        order = self._named(found[0])
        monthly = sum((priced[code] * count for code, count in order.items()), Decimal(0))
        return Package(order, monthly, found[1])

    def _asked(self, codes: Iterable[str] | None) -> list[int]:
        if codes is None:
            return list(range(len(self._codes)))
        wanted = list(codes)
        checked_selection(self.catalogue, dict.fromkeys(wanted, 1))
        return sorted({self._places[code] for code in wanted})

    def _chosen(self, picks: Selection) -> dict[int, int]:
        chosen = checked_selection(self.catalogue, picks)
        return {self._places[code]: quantity for code, quantity in chosen.items()}

    def _named(self, order: Mapping[int, int]) -> dict[str, int]:
        return {self._codes[place]: order[place] for place in sorted(order) if order[place]}

    def _desk(self, facts: Facts, seeds: Iterable[int]) -> _Desk:
        """The desk that knows all that the seeds may call for; enter it to ask."""
        key = self._key(facts)
        wanted = frozenset(seeds)
        with self._lock:
            desks = self._known(key).desks
            for desk in desks:
                if wanted <= desk.scope:
                    return desk
            world = only(facts)
            if len(self._codes) <= self._small:
                wanted = frozenset(range(len(self._codes)))
            whole = len(wanted) == len(self._codes)
            scope = wanted if whole else self._book.scope(world, wanted)
            desk = _Desk(scope, self._book.problem(world, scope), self._make_solver)
            desks.insert(0, desk)
            del desks[_SCOPES:]
            return desk

    def _key(self, facts: Facts) -> tuple[Fact, ...]:
        """The facts in the context's order; those asked about lately are known to be right."""
        if len(facts) == len(self.catalogue.context):
            key = tuple([facts.get(name, "") for name in self.catalogue.context])
            with suppress(TypeError):  # a value that is none of a fact
                if key in self._customers:
                    return key
        return checked_facts(self.catalogue, facts)

    def _known(self, key: tuple[Fact, ...]) -> _Known:
        """What is kept for some facts; those that were not asked about for longest go."""
        known = self._customers.setdefault(key, _Known())
        self._customers.move_to_end(key)
        if len(self._customers) > self._facts_kept:
            self._customers.popitem(last=False)
        return known


def _less(many: Selection, few: Selection) -> dict[str, int]:
    """What the one holds more than the other."""
    more = {code: count - few.get(code, 0) for code, count in many.items()}
    return {code: count for code, count in more.items() if count > 0}


@dataclass(slots=True)
class _Known:
    """What was made for one set of facts."""

    desks: list[_Desk] = field(default_factory=list)
    applied: Applied | None = None


class _Desk:
    """The solvers for one set of facts and one scope, for one thread at a time."""

    def __init__(
        self, scope: frozenset[int], problem: Problem, make_solver: Callable[[], Solver]
    ) -> None:
        self.scope = scope
        self._lock = threading.Lock()
        self._openings = _Renewed(lambda: Openings(problem, make_solver))
        self._explainer = _Renewed(lambda: Explainer(problem, make_solver))

    def __enter__(self) -> Self:
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def openings(self) -> Openings:
        return self._openings.get()

    def explainer(self) -> Explainer:
        return self._explainer.get()


class _Renewed(Generic[_Made]):
    """Makes a thing when it is first asked for, and anew after so many questions."""

    def __init__(self, make: Callable[[], _Made]) -> None:
        self._make = make
        self._made: _Made | None = None
        self._questions = 0

    def get(self) -> _Made:
        if self._made is None or self._questions >= _QUESTIONS_A_SOLVER:
            self._made = self._make()
            self._questions = 0
        self._questions += 1
        return self._made
