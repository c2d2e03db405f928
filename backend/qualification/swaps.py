"""What may take another pick's place, and which picks can no longer stay."""

from __future__ import annotations

from collections.abc import Mapping

from backend.product_rules import Answer, Engine
from backend.qualification.facts import Facts
from backend.qualification.shelf import Shelf


def swaps(
    shelf: Shelf, facts: Facts, held: Mapping[str, int], picks: Mapping[str, int]
) -> frozenset[str]:
    """Offers that may be had instead of the one picked in their section.

    Of a section with "exactly one" or "one at most" nothing more can be added once one is picked;
    yet the agent may change his mind, and what can be completed into a valid order is offered.
    """
    found: set[str] = set()
    for codes in shelf.rivals:
        picked = {code for code in codes if picks.get(code)}
        if not picked:
            continue
        rest = {code: count for code, count in held.items() if code not in picked}
        others = [code for code in codes if code not in picked]
        found.update(shelf.engine.answer(facts, rest, others).offerable)
    return frozenset(found)


def alternatives(
    shelf: Shelf, facts: Facts, beside: Mapping[str, int], code: str
) -> tuple[str, ...]:
    """Others of the same kind that can be completed beside what else is held, dearest last."""
    offers = shelf.definitions.catalogue.offers
    mine = offers[code]
    others = [
        offer.code
        for offer in offers.values()
        if (offer.family, offer.kind) == (mine.family, mine.kind) and offer is not mine
    ]
    rest = {other: count for other, count in beside.items() if other != code}
    found = shelf.engine.answer(facts, rest, others).offerable
    return tuple(sorted(found, key=lambda each: offers[each].monthly))


def rivals(shelf: Shelf, picks: Mapping[str, int], code: str) -> frozenset[str]:
    """The picks whose place this offer could take."""
    others = (other for codes in shelf.rivals if code in codes for other in codes)
    return frozenset(other for other in others if picks.get(other) and other != code)


def without_rivals(
    shelf: Shelf, held: Mapping[str, int], picks: Mapping[str, int], code: str
) -> Mapping[str, int]:
    """What is held, less the picks whose place this offer could take."""
    gone = rivals(shelf, picks, code)
    return {other: count for other, count in held.items() if other not in gone}


def strays(
    engine: Engine, facts: Facts, answer: Answer, picks: Mapping[str, int]
) -> frozenset[str]:
    """Picks that cannot stay, because the facts have changed since; mostly there are none.

    Those that cannot be had even alone; where each could, all of them, for they exclude another.
    """
    if answer.possible:
        return frozenset()
    alone = {code for code in picks if not engine.answer(facts, {code: 1}, ()).possible}
    return frozenset(alone or picks)
