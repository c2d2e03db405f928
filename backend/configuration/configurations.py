"""One offering as TMF760 shows it: whether it may be chosen, what can be set, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from backend.catalog.definitions import Characteristic, Definitions
from backend.pricing.rules import Rates
from backend.product_rules import Offer
from backend.qualification.settings import fault_of
from backend.rest.resource import Document

_CURRENCY = "GBP"
_CATALOGUE = "/tmf-api/productCatalogManagement/v4"
_VALUE_TYPES = {"boolean": "boolean", "integer": "integer"}


def configuration(
    rates: Rates,
    code: str,
    *,
    quantity: int = 0,
    selectable: bool,
    settings: Mapping[str, object] | None = None,
    rules: Iterable[str] = (),
) -> Document:
    """The configuration of an offering; prices are of one unit. `rules` keep it away."""
    definitions = rates.definitions
    offer, specification = definitions.offer(code), definitions.by_offer[code]
    selected = quantity > 0
    return {
        "@type": "ProductConfiguration",
        "id": code,
        "quantity": quantity,
        "isSelectable": selectable,
        "isSelected": selected,
        "isVisible": selectable or selected,
        "productOffering": {
            "@type": "ProductOfferingRef",
            "id": code,
            "href": f"{_CATALOGUE}/productOffering/{code}",
            "name": offer.name,
        },
        "productSpecification": {
            "@type": "ProductSpecificationRef",
            "id": specification.id,
            "href": f"{_CATALOGUE}/productSpecification/{specification.id}",
            "name": specification.name,
        },
        "configurationAction": [
            {
                "@type": "ConfigurationAction",
                "action": "add",
                "description": "Add it to the order.",
                "isSelected": selected,
            }
        ],
        "configurationTerm": _terms(offer, selected=selected),
        "configurationPrice": list(_prices(rates, offer)),
        "configurationCharacteristic": [
            _characteristic(each, settings or {}) for each in specification.characteristics
        ],
        "policy": [_policy(definitions, rule) for rule in rules],
    }


def reason(kind: str, code: str, text: str) -> Document:
    """Why something is as it is; `kind` is error or warning, the code has it first."""
    return {"@type": "StateReason", "code": f"{kind}.{code}", "label": text}


def setting_faults(
    definitions: Definitions, code: str, settings: Mapping[str, object]
) -> Iterator[Document]:
    """What is wrong with what was set."""
    known = {each.name: each for each in definitions.by_offer[code].characteristics}
    for name, value in settings.items():
        fault = (
            fault_of(known[name], value)
            if name in known
            else f"There is no {name} to be set for {definitions.offer(code).name}."
        )
        if fault:
            yield reason("error", f"characteristic.{name}", fault)


def _policy(definitions: Definitions, rule: str) -> Document:
    found = definitions.catalogue.rules[rule]
    return {"@type": "PolicyRef", "id": rule, "name": found.text, "@referredType": "Policy"}


def _terms(offer: Offer, *, selected: bool) -> list[Document]:
    if not offer.term:
        return []
    return [
        {
            "@type": "ConfigurationTerm",
            "name": f"{offer.term} months",
            "duration": {"amount": offer.term, "units": "month"},
            "isSelectable": True,
            "isSelected": selected,
        }
    ]


def _prices(rates: Rates, offer: Offer) -> Iterator[Document]:
    unit = rates.unit(offer)
    if unit.monthly or not unit.once:
        monthly = _price(rates, f"{offer.name}, every month", "recurringCharge", unit.monthly)
        period = {"amount": 1, "units": "month"}
        yield {
            **monthly,
            "recurringChargePeriod": period,
            "productOfferingPrice": _price_reference(offer, "monthly"),
        }
    if unit.once:
        once = _price(rates, f"{offer.name}, once", "oneTimeCharge", unit.once)
        yield {**once, "productOfferingPrice": _price_reference(offer, "once")}


def _price(rates: Rates, name: str, kind: str, value: Decimal) -> Document:
    found = rates.amounts(value)
    return {
        "@type": "ConfigurationPrice",
        "name": name,
        "priceType": kind,
        "price": {
            "@type": "Price",
            "taxRate": float(rates.definitions.vat * 100),
            "dutyFreeAmount": {"unit": _CURRENCY, "value": float(found.net)},
            "taxIncludedAmount": {"unit": _CURRENCY, "value": float(found.gross)},
        },
    }


def _price_reference(offer: Offer, kind: str) -> Document:
    identity = f"{offer.code}-{kind}"
    return {
        "@type": "ProductOfferingPriceRef",
        "id": identity,
        "href": f"{_CATALOGUE}/productOfferingPrice/{identity}",
    }


def _characteristic(known: Characteristic, settings: Mapping[str, object]) -> Document:
    chosen = settings.get(known.name, known.default)
    values: list[object] = [each.value for each in known.values]
    if not values and chosen is not None:
        values = [chosen]
    return {
        "@type": "ConfigurationCharacteristic",
        "id": known.name,
        "name": known.name,
        "description": known.label,
        "minCardinality": int(known.required),
        "maxCardinality": 1,
        **({"regex": known.pattern} if known.pattern else {}),
        "valueType": _VALUE_TYPES.get(known.type, "string"),
        "isConfigurable": True,
        "configurationCharacteristicValue": [
            {
                "@type": "ConfigurationCharacteristicValue",
                "isSelectable": fault_of(known, value) is None,
                "isSelected": str(value) == str(chosen),
                "characteristicValue": {
                    "@type": "StringCharacteristic",
                    "id": known.name,
                    "name": known.name,
                    "valueType": "string",
                    "value": str(value),
                },
            }
            for value in values
        ],
    }
