"""How picks that can no longer be completed become whole again, by the smallest change."""

from __future__ import annotations

from collections.abc import Mapping

from backend.product_rules import Repair
from backend.qualification.openers import joined, named
from backend.qualification.shelf import Shelf
from backend.qualification.situation import Situation, completable
from backend.rest.resource import Document


def repair(situation: Situation) -> Repair | None:
    """The smallest repair that takes away nothing of what the customer has; None: not needed."""
    held = situation.held
    if completable(situation, held):
        return None
    return situation.shelf.engine.repair(situation.facts, held, kept=situation.kept)


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
