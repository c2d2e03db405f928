"""The customer's products as the desk shows them beside a change."""

from __future__ import annotations

from backend.product_rules import Applied
from backend.qualification.holdings import Holding
from backend.qualification.leaving import leaving
from backend.qualification.situation import Situation
from backend.qualification.targets import may_move
from backend.rest.resource import Document


def installed(situation: Situation) -> list[Document]:
    """Every product the customer has, with what this change does to it and what it may do."""
    rules = situation.shelf.engine.applied(situation.facts)
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
        "role": definitions.role(holding.offer),
        "number": _number(situation, holding),
        "place": holding.place,
        "status": holding.status,
        "monthly": str(rates.listed(holding.monthly)),
        "once": str(rates.listed(holding.once)),
        "term": holding.term,
        "termEnds": holding.term_ends.isoformat() if holding.term_ends else None,
        "exitFee": str(holding.exit_fee(rates, situation.today)),
        "ends": holding.id in situation.change.ends,
        "movesTo": situation.change.moves.get(holding.id),
        "mayEnd": found.may,
        "endReasons": list(found.reasons),
        "endWith": [each.id for each in found.ends_with],
        "mayMove": may_move(situation, rules, holding),
        **_form(situation, holding),
    }


def _number(situation: Situation, holding: Holding) -> str | None:
    """The product's telephone number, or that of the line it hangs on."""
    lines = (each for each in situation.change.holdings if each.id in holding.relies_on)
    return holding.number or next((each.number for each in lines if each.number), None)


def _form(situation: Situation, holding: Holding) -> Document:
    """What can be set for a product in use, and how it is set now."""
    specification = situation.shelf.definitions.by_offer.get(holding.offer)
    if specification is None or not holding.is_changeable:
        return {"characteristics": [], "settings": {}}
    known = specification.characteristics
    return {
        "characteristics": situation.shelf.settable(holding.offer),
        "settings": {
            each.name: _text(holding.settings[each.name])
            for each in known
            if each.name in holding.settings
        },
    }


def _text(value: object) -> str:
    """A value as orders and forms write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
