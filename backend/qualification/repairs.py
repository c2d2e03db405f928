"""How picks that can no longer be completed become whole again, by the smallest change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from backend.product_rules import Dropped, Repair
from backend.qualification.openers import joined, named
from backend.qualification.shelf import Counts, Shelf, less, together
from backend.qualification.situation import Situation, completable
from backend.rest.resource import Document

_SEARCHED = 3  # units; above, the newest picks go one by one


def repair(situation: Situation) -> Repair | None:
    """The smallest repair that takes away nothing of what the customer has; None: not needed.

    Nothing helps where not even what the customer has can be completed: then all picks go.
    """
    held = situation.held
    if completable(situation, held):
        return None
    found = situation.shelf.engine.repair(situation.facts, held)
    chosen = situation.chosen
    if found is not None and all(
        each.quantity <= chosen.get(each.code, 0) for each in found.dropped
    ):
        return found
    left = _most_of_the_picks(situation)
    held = together(situation.kept, left)
    engine, facts = situation.shelf.engine, situation.facts
    dropped = tuple(
        Dropped(code, count, _reasons(situation, held, code))
        for code, count in less(chosen, left).items()
    )
    order = engine.complete(facts, held) or {}
    return Repair(dropped, less(order, held))


def shown(shelf: Shelf, found: Repair | None) -> Document | None:
    """A repair as the desk reads it."""
    if found is None:
        return None
    offers = shelf.definitions.catalogue.offers
    dropped = [
        {
            "id": each.code,
            "name": offers[each.code].name,
            "quantity": each.quantity,
            "reasons": shelf.reasons(each.rules),
        }
        for each in found.dropped
    ]
    gone = {each.code: each.quantity for each in found.dropped}
    return {
        "dropped": dropped,
        "added": shelf.names(found.added),
        "text": _sentence(shelf, gone, found.added),
    }


def _sentence(shelf: Shelf, gone: Mapping[str, int], added: Mapping[str, int]) -> str:
    offers = shelf.definitions.catalogue.offers
    parts = [
        f"{verb} {joined(named(offers[code].name, count) for code, count in counts.items())}"
        for verb, counts in (("take out", gone), ("add", added))
        if counts
    ]
    return f"{joined(parts).capitalize()[:1]}{joined(parts)[1:]}." if parts else ""


def _most_of_the_picks(situation: Situation) -> Counts:
    """As many picks as can stay beside what the customer has, the first before the last."""
    units = [code for code, count in situation.chosen.items() for _ in range(count)]
    for few in range(1, min(_SEARCHED, len(units)) + 1):
        for left in _without(units, few):
            if completable(situation, together(situation.kept, left)):
                return left
    kept: Counts = {}
    for code in units:
        trial = together(kept, {code: 1})
        if completable(situation, together(situation.kept, trial)):
            kept = trial
    return kept


def _without(units: list[str], few: int) -> Iterator[Counts]:
    """The units without so many of them, the last ones first."""
    for gone in combinations(range(len(units) - 1, -1, -1), few):
        left: Counts = {}
        for place, code in enumerate(units):
            if place not in gone:
                left[code] = left.get(code, 0) + 1
        yield left


def _reasons(situation: Situation, held: Counts, code: str) -> tuple[str, ...]:
    engine, facts = situation.shelf.engine, situation.facts
    if code in engine.answer(facts, held, (code,)).offerable:
        return ()
    return engine.reasons(facts, held, code)
