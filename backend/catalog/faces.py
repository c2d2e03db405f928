"""TMF620's entities of a catalogue: what the standard's readers see of offers and rules."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from backend.catalog import rules
from backend.catalog.bundles import Bundles, Held
from backend.catalog.characteristic_faces import settable
from backend.catalog.definitions import Definitions, Specification
from backend.catalog.relations import Relations, relations
from backend.product_rules import Offer
from backend.rest.resource import Document, Resource

CURRENCY = "GBP"
CATALOG_ID = "kestrelfjord"
LAUNCHED = "Launched"
KIND, QUANTITY = "kind", "quantity"
"""Names under which an offering tells its kind, and how many one customer may hold."""
_DISCOUNT = "discount"

Entity = tuple[Resource, str, Document]


def entities(definitions: Definitions, bundles: Bundles) -> Iterator[Entity]:
    """Every entity with its id, those that others refer to first."""
    version = str(definitions.number)
    for resource, identity, document in _entities(definitions, bundles):
        yield resource, identity, {**document, "lifecycleStatus": LAUNCHED, "version": version}


def _entities(definitions: Definitions, bundles: Bundles) -> Iterator[Entity]:
    for family in definitions.families:
        yield rules.CATEGORY, family.id, {"name": family.name, "isRoot": True}
    categories = [{"id": family.id, "name": family.name} for family in definitions.families]
    yield rules.CATALOG, CATALOG_ID, {"name": "Kestrelfjord Telecom", "category": categories}
    for specification in definitions.specifications.values():
        yield rules.PRODUCT_SPECIFICATION, specification.id, _specification(specification)
    known = relations(definitions.catalogue)
    for offer in definitions.catalogue.offers.values():
        for identity, price in prices(definitions, offer):
            yield rules.PRODUCT_OFFERING_PRICE, identity, price
        yield rules.PRODUCT_OFFERING, offer.code, _offering(definitions, known, offer, bundles)


def _specification(specification: Specification) -> Document:
    fixed = [_fixed("processFlow", specification.process_flow)]
    if specification.number_type:
        fixed.append(_fixed("numberType", specification.number_type))
    return {
        "name": specification.name,
        "isBundle": False,
        "productSpecCharacteristic": [*map(settable, specification.characteristics), *fixed],
    }


def _fixed(name: str, value: str) -> Document:
    return {
        "name": name,
        "configurable": False,
        "valueType": "string",
        "productSpecCharacteristicValue": [{"value": value, "isDefault": True}],
    }


def prices(definitions: Definitions, offer: Offer) -> Iterator[tuple[str, Document]]:
    """The prices of an offer: each month, and once. What takes off is a discount."""
    tax = {"taxCategory": "VAT", "taxRate": float(definitions.vat * 100)}
    if offer.monthly or not offer.oneoff:
        yield (
            f"{offer.code}-monthly",
            {
                "name": f"{offer.name}, every month",
                "priceType": _DISCOUNT if offer.monthly < 0 else "recurring",
                "recurringChargePeriodType": "month",
                "recurringChargePeriodLength": 1,
                "price": _money(offer.monthly),
                "tax": [tax],
                "isBundle": False,
            },
        )
    if offer.oneoff:
        yield (
            f"{offer.code}-once",
            {
                "name": f"{offer.name}, once",
                "priceType": _DISCOUNT if offer.oneoff < 0 else "oneTime",
                "price": _money(offer.oneoff),
                "tax": [tax],
                "isBundle": False,
            },
        )


def _money(amount: Decimal) -> Document:
    return {"unit": CURRENCY, "value": float(amount)}  # JSON has no decimals; pence fit exactly


def _offering(
    definitions: Definitions, known: Relations, offer: Offer, bundles: Bundles
) -> Document:
    catalogue = definitions.catalogue
    specification = definitions.by_offer[offer.code]
    family = next((each for each in definitions.families if each.family == offer.family), None)
    held = bundles.get(offer.code, ())
    term = {
        "name": f"{offer.term} months",
        "duration": {"amount": offer.term, "units": "month"},
    }
    return {
        "name": offer.name,
        "description": offer.note,
        "isBundle": bool(held),
        "bundledProductOffering": [_bundled(definitions, each) for each in held],
        "isSellable": True,
        "category": [{"id": family.id, "name": family.name}] if family else [],
        "channel": _places(definitions, known, offer, "channel"),
        "marketSegment": _places(definitions, known, offer, "segment"),
        "productSpecification": {"id": specification.id, "name": specification.name},
        "prodSpecCharValueUse": [_use(KIND, "string", value=offer.kind), _quantity(offer)],
        "productOfferingPrice": [
            {"id": identity, "name": price["name"]}
            for identity, price in prices(definitions, offer)
        ],
        "productOfferingRelationship": [
            {
                "id": other,
                "name": catalogue.offers[other].name,
                "relationshipType": kind,
                "role": rule,
            }
            for (kind, other), rule in known.of[offer.code].items()
        ],
        "productOfferingTerm": [term] if offer.term else [],
    }


def _bundled(definitions: Definitions, held: Held) -> Document:
    return {
        "id": held.offer,
        "name": definitions.offer(held.offer).name,
        "lifecycleStatus": LAUNCHED,
        "bundledProductOfferingOption": {
            "numberRelOfferDefault": held.least,
            "numberRelOfferLowerLimit": held.least,
            "numberRelOfferUpperLimit": held.most,
        },
    }


def _places(definitions: Definitions, known: Relations, offer: Offer, fact: str) -> list[Document]:
    return [
        {"id": str(value), "name": str(value)}
        for value in known.places(definitions.catalogue, offer.code, fact)
    ]


def _use(name: str, value_type: str, **value: Any) -> Document:
    return {
        "name": name,
        "valueType": value_type,
        "minCardinality": 1,
        "maxCardinality": 1,
        "productSpecCharacteristicValue": [{"valueType": value_type, **value}],
    }


def _quantity(offer: Offer) -> Document:
    """How many of it one customer may hold."""
    return _use(QUANTITY, "integer", valueFrom=0, valueTo=offer.max)
