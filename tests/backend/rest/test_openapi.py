"""The description of every operation, as /openapi.json tells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from backend.rest.openapi import hoisted
from tests.support.rest import Api


@pytest.fixture
def document(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in document["paths"].values():
        yield from path.items()


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    if isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_operation_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _method, operation in operations(document)]
    assert len(names) == len(set(names))
    assert {"listCustomer", "createIndividual", "patchBillingAccount"} <= set(names)


def test_every_write_has_an_example_of_its_body(document: dict[str, Any]) -> None:
    for method, operation in operations(document):
        if method in {"post", "patch"}:
            for media in operation["requestBody"]["content"].values():
                assert media["example"], operation["operationId"]


def test_every_operation_tells_its_errors(document: dict[str, Any]) -> None:
    for method, operation in operations(document):
        answers = operation["responses"]
        assert {"401", "500"} <= set(answers), operation["operationId"]
        for status, answer in answers.items():
            if status >= "400":
                schema = answer["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Error"}
        assert method != "post" or "201" in answers


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    found = set(references(document))
    assert found
    assert {reference.removeprefix("#/components/schemas/") for reference in found} <= set(schemas)
    assert "HTTPValidationError" not in schemas


def test_equal_names_for_different_things_stay_apart() -> None:
    def model(kind: str) -> dict[str, Any]:
        part = {"title": "Part", "type": kind}
        return {
            "title": f"M{kind}",
            "properties": {"a": {"$ref": "#/$defs/Part"}},
            "$defs": {"Part": part},
        }

    document = hoisted({"paths": {"/a": {"get": {"x": [model("string"), model("integer")]}}}})
    schemas = document["components"]["schemas"]
    assert schemas["Part"]["type"] == "string"
    assert schemas["Part_"]["type"] == "integer"
    assert schemas["Minteger"]["properties"]["a"]["$ref"] == "#/components/schemas/Part_"


def test_examples_can_be_sent_as_they_are(api: Api, document: dict[str, Any]) -> None:
    path = "/tmf-api/party/v4/individual"
    body = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]
    made = api.made(path, body["example"])
    patch = document["paths"][f"{path}/{{id}}"]["patch"]["requestBody"]["content"]
    for kind, media in patch.items():
        answer = api.patch(made["href"], media["example"], headers={"Content-Type": kind})
        assert answer.status_code == 200, kind
