"""Everything one question is about, found once: facts, prices, what is held, what changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from backend.pricing.rules import NumberPrice, Rates
from backend.product_rules import Missing
from backend.product_rules.catalogue import Selection
from backend.qualification.facts import Facts, Subject
from backend.qualification.holdings import Holding, counted
from backend.qualification.legacy import still_sold
from backend.qualification.schemas import ChoicesQuestion
from backend.qualification.shelf import Counts, Shelf, together
from backend.rest.errors import Field, Invalid, Refused


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of each product the customer has."""

    holdings: tuple[Holding, ...]
    ends: frozenset[str]
    """Ids of the products that end."""
    moves: Mapping[str, str]
    """Ids of the products that become another offer, and which."""

    @property
    def stays(self) -> tuple[Holding, ...]:
        """What is neither ended nor moved."""
        return tuple(
            each for each in self.holdings if each.id not in self.ends and each.id not in self.moves
        )

    @property
    def targets(self) -> Counts:
        """What moved products become."""
        found: Counts = {}
        for code in self.moves.values():
            found[code] = found.get(code, 0) + 1
        return found

    def holding(self, identity: str) -> Holding:
        """Refused where the customer has no such product."""
        for each in self.holdings:
            if each.id == identity:
                return each
        raise Refused("The customer has no such product.", code="danglingReference")


@dataclass(frozen=True, slots=True)
class Situation:
    """One question with all that answers need; `held` is what a whole order is made of."""

    shelf: Shelf
    subject: Subject
    rates: Rates
    today: dt.date
    change: Change
    kept: Counts
    """Of what stays, what today's rules still allow; see `legacy`."""
    picks: Counts
    """What is added."""
    numbers: tuple[NumberPrice, ...]
    settings: Mapping[str, Mapping[str, object]]

    @property
    def facts(self) -> Facts:
        return self.subject.facts

    @property
    def chosen(self) -> Counts:
        """What this change wants to have besides what stays: picks and targets of moves."""
        return together(self.change.targets, self.picks)

    @property
    def held(self) -> Counts:
        return together(self.kept, self.chosen)

    @property
    def had(self) -> Counts:
        """What is installed now, of what is still in the catalogue."""
        return self.shelf.known(counted(self.change.holdings))

    @property
    def will_have(self) -> Counts:
        """What the customer has after the change, in the catalogue's order."""
        staying = counted(self.change.stays)
        return self.shelf.known(together(staying, self.chosen))

    def changed(
        self,
        *,
        ends: frozenset[str] | None = None,
        moves: Mapping[str, str] | None = None,
        picks: Counts | None = None,
    ) -> Situation:
        """The same question with another change."""
        change = replace(
            self.change,
            ends=self.change.ends if ends is None else ends,
            moves=self.change.moves if moves is None else moves,
        )
        return replace(
            self,
            change=change,
            kept=kept_of(self.shelf, self.facts, change),
            picks=self.picks if picks is None else picks,
        )


def kept_of(shelf: Shelf, facts: Facts, change: Change) -> Counts:
    """What stays of what is installed, as far as today's rules still allow it."""
    return still_sold(shelf.engine, facts, shelf.known(counted(change.stays)))


def change_of(
    shelf: Shelf, question: ChoicesQuestion, holdings: Sequence[Holding] | None
) -> Change:
    """What ends and moves; `holdings` None: nobody's products are known.

    Invalid names what ends or moves without being there, or twice, or while it is delivered.
    """
    if holdings is None:
        for name in ("ends", "moves"):
            if getattr(question, name):
                raise _wrong(name, "Say whose products these are.", "needsCustomer")
        return Change((), frozenset(), {})
    known = {each.id: each for each in holdings}
    for path, identity in _named(question):
        if identity not in known:
            raise _wrong(path, "The customer has no such product.", "unknownProduct")
        if identity in question.ends and identity in question.moves:
            raise _wrong(
                path, "A product ends or becomes something else, not both.", "endsAndMoves"
            )
        if not known[identity].is_changeable:
            sentence = f"{known[identity].name} is not in use yet, or is being changed already."
            raise _wrong(path, sentence, "notChangeable")
    for identity, code in question.moves.items():
        if code not in shelf.definitions.catalogue.offers:
            raise _wrong(f"moves.{identity}", f"There is no offer {code}.", "unknownOffer")
    moves = {one: code for one, code in question.moves.items() if known[one].offer != code}
    ends = _with_what_hangs_on(holdings, question.ends, moves)
    return Change(tuple(holdings), ends, moves)


def _with_what_hangs_on(
    holdings: Sequence[Holding], ends: Iterable[str], moves: Mapping[str, str]
) -> frozenset[str]:
    """What ends, and what hangs on it: an order ends it too, unless it becomes something else."""
    found = set(ends)
    while more := {
        each.id
        for each in holdings
        if each.id not in found and each.id not in moves and not each.relies_on.isdisjoint(found)
    }:
        found |= more
    return frozenset(found)


def lacking(situation: Situation) -> tuple[Missing, ...]:
    """What is still needed for a whole order.

    What is left of products that are sold to nobody any more may lack what these were: the
    order is not asked for that.
    """
    engine, facts = situation.shelf.engine, situation.facts
    found = engine.missing(facts, situation.held)
    before = still_sold(engine, facts, situation.had)
    if not found or before == situation.had:
        return found
    old = {each.rule: each.needed for each in engine.missing(facts, before)}
    return tuple(each for each in found if each.needed > old.get(each.rule, 0))


def completable(situation: Situation, selection: Selection) -> bool:
    """Whether a whole order may hold this."""
    return situation.shelf.engine.answer(situation.facts, selection, ()).possible


def _named(question: ChoicesQuestion) -> list[tuple[str, str]]:
    ends = [(f"ends.{place}", each) for place, each in enumerate(question.ends)]
    return [*ends, *((f"moves.{each}", each) for each in question.moves)]


def _wrong(path: str, sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=code, fields=(Field(path, sentence),))
