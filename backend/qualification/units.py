"""The units whose settings a change asks for: new ones, moved ones, and those set anew."""

from __future__ import annotations

from collections.abc import Mapping

from backend.qualification.forms import units_of
from backend.qualification.holdings import Holding
from backend.qualification.situation import Situation

_INSTALLED = "p:"


def units(situation: Situation) -> dict[str, str]:
    """The key of each unit with its offer: `M03#1` of a pick, `p:<productId>` of a product."""
    change = situation.change
    moved = {_INSTALLED + each.id: change.moves[each.id] for each in _moved(situation)}
    offers = situation.shelf.definitions.catalogue.offers
    named = {
        _INSTALLED + each.id: each.offer
        for each in change.stays
        if _INSTALLED + each.id in situation.settings and each.offer in offers
    }
    return {**units_of(situation.picks), **moved, **named}


def before(situation: Situation) -> dict[str, Mapping[str, object]]:
    """What was set for each product that the customer has."""
    return {_INSTALLED + each.id: each.settings for each in situation.change.holdings}


def _moved(situation: Situation) -> list[Holding]:
    change = situation.change
    return [each for each in change.holdings if each.id in change.moves]
