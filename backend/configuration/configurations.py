"""One offering as TMF760 shows it: whether it may be chosen, what can be set, what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from backend.catalog.characteristics import INTEGER, SEVERAL, Characteristic, Typed, text_of
from backend.catalog.definitions import Definitions
from backend.catalog.forms import Form
from backend.pricing.rules import Rates
from backend.product_rules import Offer
from backend.qualification.settings import settled
from backend.rest.resource import Document

_CURRENCY = "GBP"
_CATALOGUE = "/tmf-api/productCatalogManagement/v4"
_VALUE_TYPES = {"boolean": "boolean", "integer": "integer", "decimal": "number", "date": "date"}


def configuration(
    rates: Rates,
    code: str,
    *,
    form: Form,
    quantity: int = 0,
    selectable: bool,
    rules: Iterable[str] = (),
) -> Document:
    """The configuration of an offering; prices are of one unit. `rules` keep it away.

    `form` is what is set for a unit of it.
    """
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
            _characteristic(form, each) for each in form.shape.characteristics
        ],
        "policy": [_policy(definitions, rule) for rule in rules],
    }


def reason(kind: str, code: str, text: str) -> Document:
    """Why something is as it is; `kind` is error or warning, the code has it first."""
    return {"@type": "StateReason", "code": f"{kind}.{code}", "label": text}


def setting_faults(offer: Offer, form: Form, settings: Mapping[str, object]) -> Iterator[Document]:
    """What is wrong with what was set, and what must be set still."""
    for name, fault in settled(form).faults.items():
        yield reason("error", f"characteristic.{name}", fault)
    known = {each.name for each in form.shape.characteristics}
    for name in settings:
        if name not in known:
            text = f"There is no {name} to be set for {offer.name}."
            yield reason("error", f"characteristic.{name}", text)


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


def _characteristic(form: Form, known: Characteristic) -> Document:
    """A characteristic as the form stands; what is not asked can not be configured."""
    asked = known.name in form.shown
    chosen = form.shown.get(known.name)
    opened = form.open(known) if asked else ()
    values = known.texts or (() if chosen is None else (text_of(chosen),))
    bounds = {"minCardinality": known.cardinality.min, "maxCardinality": known.cardinality.max}
    return {
        "@type": "ConfigurationCharacteristic",
        "id": known.name,
        "name": known.name,
        "description": known.label,
        **bounds,
        **({"minCardinality": max(1, known.cardinality.min)} if form.required(known) else {}),
        **({"regex": known.pattern} if known.pattern else {}),
        "valueType": _VALUE_TYPES.get(known.type, "string"),
        "isConfigurable": asked,
        "configurationCharacteristicRelationship": [
            {
                "@type": "ConfigurationCharacteristicRelationship",
                "id": name,
                "relationshipType": "dependency",
            }
            for name in sorted(known.reads)
        ],
        "configurationCharacteristicValue": [
            {
                "@type": "ConfigurationCharacteristicValue",
                "isSelectable": opened is None or text in opened,
                "isSelected": _selected(known, chosen, text),
                **_limits(known),
                "characteristicValue": {
                    "@type": "StringCharacteristic",
                    "id": known.name,
                    "name": known.name,
                    "valueType": "string",
                    "value": text,
                },
            }
            for text in values
        ],
    }


def _selected(known: Characteristic, chosen: Typed, text: str) -> bool:
    if chosen is None:
        return False
    if known.type == SEVERAL and isinstance(chosen, tuple):
        return text in chosen
    return text_of(chosen) == text


def _limits(known: Characteristic) -> Document:
    """The bounds of a whole number, as TMF760 has them."""
    limits: Document = {"unitOfMeasure": known.unit} if known.unit else {}
    if known.type == INTEGER:
        for name, bound in (("valueFrom", known.minimum), ("valueTo", known.maximum)):
            if bound is not None:
                limits[name] = int(bound)
    return limits
