"""The records are held against TM Forum's official files."""

from __future__ import annotations

import inspect
import json
import typing
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backend_client import (
    account,
    appointment,
    catalog,
    communication,
    customer,
    document,
    inventory,
    ordering,
    party,
    process_flow,
    qualification,
    resource,
)
from backend_client.decoding import read
from backend_client.errors import Trace
from backend_client.records import Characteristic, Entity, Record, characteristic

OFFICIAL = Path(__file__).parents[3] / "shared" / "tmf"

KINDS: list[tuple[str, str, type[Entity]]] = [
    ("TMF620-ProductCatalog-v4.1.0", "Category", catalog.Category),
    ("TMF620-ProductCatalog-v4.1.0", "ProductOffering", catalog.ProductOffering),
    ("TMF620-ProductCatalog-v4.1.0", "ProductOfferingPrice", catalog.ProductOfferingPrice),
    ("TMF620-ProductCatalog-v4.1.0", "ProductSpecification", catalog.ProductSpecification),
    ("TMF622-ProductOrdering-v4.0.0", "ProductOrder", ordering.ProductOrder),
    ("TMF622-ProductOrdering-v4.0.0", "CancelProductOrder", ordering.CancelProductOrder),
    ("TMF629-Customer-v4.0.0", "Customer", customer.Customer),
    ("TMF632-Party-v4.0.0", "Individual", party.Individual),
    ("TMF632-Party-v4.0.0", "Organization", party.Organization),
    ("TMF637-ProductInventory-v4.0.0", "Product", inventory.Product),
    ("TMF639-ResourceInventory-v4.0.0", "LogicalResource", resource.Resource),
    ("TMF639-ResourceInventory-v4.0.0", "PhysicalResource", resource.Resource),
    ("TMF646-Appointment-v4.0.0", "Appointment", appointment.Appointment),
    ("TMF646-Appointment-v4.0.0", "SearchTimeSlot", appointment.SearchTimeSlot),
    ("TMF666-Account-v4.0.0", "BillingAccount", account.BillingAccount),
    ("TMF667-Document-v4.0.0", "Document", document.Document),
    (
        "TMF679-ProductOfferingQualification-v4.0.0",
        "ProductOfferingQualification",
        qualification.ProductOfferingQualification,
    ),
    (
        "TMF681-Communication-v4.0.0",
        "CommunicationMessage",
        communication.CommunicationMessage,
    ),
    ("TMF701-ProcessFlow-v4.1.0", "ProcessFlow", process_flow.ProcessFlow),
    ("TMF701-ProcessFlow-v4.1.0", "TaskFlow", process_flow.TaskFlow),
]

# what the records hold beyond the official files, and why
BEYOND = {
    "value": "logical resources only",
    "serialNumber": "physical resources only",
    "attachment": "TMF667's later name of binaryAttachment",
    "name": "other servers name their task flows and what references point to",
    "version": "references carry it in some APIs",
    "resource": "TMF639's later form of a relationship",
    "role": "carried by channels and places in some APIs",
    "streetNr": "a place given by value is TMF673's address",
    "streetName": "likewise",
    "postcode": "likewise",
    "city": "likewise",
    "country": "likewise",
    "orderNumber": "an order's number for people, where the server has one",
    "purpose": "what an order's item is for, where the server says so",
    "holdUntil": "until when an order has not begun, where the server waits",
    "unit": "a price by value is Money on some servers and two amounts in the official file",
}


@cache
def definitions(api: str) -> dict[str, Any]:
    path = OFFICIAL / f"{api}.swagger.json"
    if not path.exists():
        pytest.skip("TM Forum's official files are not beside this checkout")
    found: dict[str, Any] = json.loads(path.read_text())["definitions"]
    return found


def sample(api: str, name: str, depth: int = 4) -> dict[str, Any]:
    """A document with every attribute that the official definition knows."""
    properties = definitions(api)[name].get("properties", {})
    return {key: _value(api, key, rule, depth) for key, rule in properties.items()}


def _value(api: str, name: str, rule: dict[str, Any], depth: int) -> Any:
    if "$ref" in rule:
        target = rule["$ref"].rpartition("/")[2]
        shape = definitions(api)[target]
        if "enum" in shape:
            return shape["enum"][0]
        if shape.get("type") == "string":
            return "text"
        return sample(api, target, depth - 1) if depth else {}
    kind = rule.get("type")
    if kind == "array":
        return [_value(api, name, rule["items"], depth)] if depth else []
    if rule.get("format") == "date-time":
        return "2026-11-20T09:00:00.000Z"
    plain = {"integer": 3, "number": 1.5, "boolean": True, "object": {}}
    return plain.get(str(kind), "3" if name == "value" else "text")


def unheard(record: type[Record], official: dict[str, Any], api: str, path: str) -> list[str]:
    """Attributes of the record that the official definition has not."""
    names = official.get("properties", {})
    found = []
    for info in msgspec.structs.fields(record):
        if info.encode_name.startswith("@"):
            continue
        if info.encode_name not in names:
            found.append(f"{path}.{info.encode_name}")
            continue
        rule = names[info.encode_name]
        target = rule.get("items", rule).get("$ref", "").rpartition("/")[2]
        inner = definitions(api).get(target, {})
        for part in _records_in(info.type):
            if part is not record and path.count(".") < 4 and "properties" in inner:
                found += unheard(part, inner, api, f"{path}.{info.encode_name}")
    return found


def _records_in(kind: Any) -> list[type[Record]]:
    if inspect.isclass(kind) and issubclass(kind, Record):
        return [kind]
    return [record for part in typing.get_args(kind) for record in _records_in(part)]


@pytest.mark.parametrize(("api", "name", "kind"), KINDS, ids=[kind[1] for kind in KINDS])
def test_every_attribute_is_one_of_the_official_file(
    api: str, name: str, kind: type[Entity]
) -> None:
    strange = unheard(kind, definitions(api)[name], api, name)
    assert [path for path in strange if path.rpartition(".")[2] not in BEYOND] == []


@pytest.mark.parametrize(("api", "name", "kind"), KINDS, ids=[kind[1] for kind in KINDS])
def test_a_document_with_every_official_attribute_is_read(
    api: str, name: str, kind: type[Entity]
) -> None:
    body = json.dumps(sample(api, name)).encode()
    record = read(body, kind, Trace())
    assert record.id == "text"


@pytest.mark.parametrize(
    "kind", dict.fromkeys(kind for _api, _name, kind in KINDS), ids=lambda kind: kind.__name__
)
def test_a_document_with_nothing_but_its_id_is_read(kind: type[Entity]) -> None:
    assert read(b'{"id": "1"}', kind, Trace()).id == "1"


def test_a_price_inside_an_offering_is_read_in_both_forms() -> None:
    body = b"""{"id": "M03", "productOfferingPrice": [
        {"id": "1", "price": {"unit": "GBP", "value": 19.00}},
        {"id": "2", "price": {"dutyFreeAmount": {"unit": "GBP", "value": 15.83}}},
        {"id": "3", "price": {"taxIncludedAmount": {"unit": "GBP", "value": 19.10}}},
        {"id": "4", "name": "a reference"}]}"""
    prices = read(body, catalog.ProductOffering, Trace()).product_offering_price
    amounts = [
        each.price.amount.value if each.price and each.price.amount else None for each in prices
    ]
    assert amounts == [Decimal("19.00"), Decimal("15.83"), Decimal("19.10"), None]


def test_a_characteristic_is_found_by_its_name() -> None:
    held = (Characteristic(name="grade", value="gold"),)
    assert characteristic(held, "grade") == "gold"
    assert characteristic(held, "prefix") is None


def test_records_cannot_be_changed() -> None:
    record = customer.Customer(id="KF-1")
    with pytest.raises(AttributeError, match="immutable"):
        record.name = "Edda"  # type: ignore[misc]  # the mistake under test
