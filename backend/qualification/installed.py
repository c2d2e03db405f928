"""The customer's products as the desk shows them beside a change."""

from __future__ import annotations

from backend.qualification.difference import fee_of
from backend.qualification.fallout import Applied
from backend.qualification.holdings import Holding
from backend.qualification.leaving import leaving
from backend.qualification.situation import Situation
from backend.qualification.targets import may_move
from backend.rest.resource import Document


def installed(situation: Situation) -> list[Document]:
    """Every product the customer has, with what this change does to it and what it may do."""
    rules = Applied(situation.shelf.definitions.catalogue, situation.facts)
    return [_shown(situation, rules, each) for each in situation.change.holdings]


def _shown(situation: Situation, rules: Applied, holding: Holding) -> Document:
    definitions, rates = situation.shelf.definitions, situation.rates
    offer = definitions.catalogue.offers.get(holding.offer)
    found = leaving(situation, rules, holding)
    return {
        "productId": holding.id,
        "offer": holding.offer,
        "name": holding.name,
        "family": definitions.family_name(offer.family) if offer else "",
        "kind": offer.kind if offer else "",
        "number": holding.number,
        "place": holding.place,
        "status": holding.status,
        "monthly": str(rates.listed(holding.monthly)),
        "once": str(rates.listed(holding.once)),
        "term": holding.term,
        "termEnds": holding.term_ends.isoformat() if holding.term_ends else None,
        "exitFee": str(fee_of(situation, holding)),
        "ends": holding.id in situation.change.ends,
        "movesTo": situation.change.moves.get(holding.id),
        "mayEnd": found.may,
        "endReasons": list(found.reasons),
        "endWith": [each.id for each in found.ends_with],
        "mayMove": may_move(situation, rules, holding),
    }
