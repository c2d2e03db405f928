"""Makes TMF620's entities from a catalogue and puts it in force."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from typing import Any

import orjson

from backend.catalog import rules
from backend.catalog.definitions import Characteristic, Definitions, Specification
from backend.product_rules import Offer
from backend.rest.resource import Context, Document

CURRENCY = "GBP"
_LAUNCHED = {"lifecycleStatus": "Launched", "version": "1.0"}


def demo_tables() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The demo operator's rules, specifications and prices, as JSON can hold them."""
    folder = resources.files("resources.demo")

    def table(name: str) -> dict[str, Any]:
        loaded: dict[str, Any] = orjson.loads(
            json.dumps(tomllib.loads((folder / name).read_text("utf-8")), default=str)
        )
        return loaded

    found: dict[str, Any] = orjson.loads((folder / "catalogue.json").read_bytes())
    return found, table("specifications.toml"), table("prices.toml")


def load_demo(context: Context) -> Definitions:
    """Publish the demo operator's catalogue and store its TMF620 entities."""
    found, specifications, prices = demo_tables()
    number = rules.publish(context, found, specifications, prices)
    definitions = rules.definitions_of(number, found, specifications, prices)
    for resource, identity, document in _entities(definitions):
        rules.create(context, resource, document, identity)
    return definitions


def _entities(definitions: Definitions) -> Iterator[tuple[Any, str, Document]]:
    for family in definitions.families:
        yield rules.CATEGORY, family.id, {"name": family.name, "isRoot": True, **_LAUNCHED}
    categories = [{"id": family.id, "name": family.name} for family in definitions.families]
    catalog = {"name": "Kestrelfjord Telecom", "category": categories, **_LAUNCHED}
    yield rules.CATALOG, "kestrelfjord", catalog
    for specification in definitions.specifications.values():
        yield rules.PRODUCT_SPECIFICATION, specification.id, _specification(specification)
    for offer in definitions.catalogue.offers.values():
        for identity, price in _prices(offer):
            yield rules.PRODUCT_OFFERING_PRICE, identity, price
        yield rules.PRODUCT_OFFERING, offer.code, _offering(definitions, offer)


def _specification(specification: Specification) -> Document:
    fixed = [_fixed("processFlow", specification.process_flow)]
    if specification.number_type:
        fixed.append(_fixed("numberType", specification.number_type))
    settable = [_settable(each) for each in specification.characteristics]
    return {
        "name": specification.name,
        "productSpecCharacteristic": [*settable, *fixed],
        **_LAUNCHED,
    }


def _fixed(name: str, value: str) -> Document:
    return {
        "name": name,
        "configurable": False,
        "valueType": "string",
        "productSpecCharacteristicValue": [{"value": value, "isDefault": True}],
    }


def _settable(characteristic: Characteristic) -> Document:
    values = [
        {"value": each.value, "isDefault": each.value == characteristic.default}
        for each in characteristic.values
    ]
    if not values and characteristic.default is not None:
        values = [{"value": characteristic.default, "isDefault": True}]
    return {
        "name": characteristic.name,
        "description": characteristic.label,
        "configurable": True,
        "valueType": "boolean" if characteristic.type == "boolean" else "string",
        "minCardinality": int(characteristic.required),
        "maxCardinality": 1,
        **({"regex": characteristic.pattern} if characteristic.pattern else {}),
        "productSpecCharacteristicValue": values,
    }


def _prices(offer: Offer) -> Iterator[tuple[str, Document]]:
    if offer.monthly or not offer.oneoff:
        yield (
            f"{offer.code}-monthly",
            {
                "name": f"{offer.name}, every month",
                "priceType": "recurring",
                "recurringChargePeriodType": "month",
                "recurringChargePeriodLength": 1,
                "price": _money(offer.monthly),
                **_LAUNCHED,
            },
        )
    if offer.oneoff:
        yield (
            f"{offer.code}-once",
            {
                "name": f"{offer.name}, once",
                "priceType": "oneTime",
                "price": _money(offer.oneoff),
                **_LAUNCHED,
            },
        )


def _money(amount: Decimal) -> Document:
    return {"unit": CURRENCY, "value": float(amount)}  # JSON has no decimals; pence fit exactly


def _offering(definitions: Definitions, offer: Offer) -> Document:
    specification = definitions.by_offer[offer.code]
    family = next(each for each in definitions.families if each.family == offer.family)
    term = {
        "name": f"{offer.term} months",
        "duration": {"amount": offer.term, "units": "month"},
    }
    return {
        "name": offer.name,
        "description": offer.note,
        "isBundle": False,
        "isSellable": True,
        "category": [{"id": family.id, "name": family.name}],
        "productSpecification": {"id": specification.id, "name": specification.name},
        "productOfferingPrice": [
            {"id": identity, "name": price["name"]} for identity, price in _prices(offer)
        ],
        "productOfferingTerm": [term] if offer.term else [],
        **_LAUNCHED,
    }
