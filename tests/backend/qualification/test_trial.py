"""A catalogue is tried before it is published: asked as the wizard asks, and nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.backend import RunningBackend

TRY, CATALOGUE = "/desk-api/v1/catalogue/try", "/desk-api/v1/catalogue"


@pytest.fixture
def edition(operator_backend: RunningBackend) -> dict[str, Any]:
    found = operator_backend.call("GET", CATALOGUE, "product").json()
    return {"catalogue": found["catalogue"]}


def tried(backend: RunningBackend, body: dict[str, Any]) -> dict[str, Any]:
    answer = backend.call("POST", TRY, "product", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_is_tried_is_offered_and_what_is_in_force_stays(
    operator_backend: RunningBackend, edition: dict[str, Any]
) -> None:
    line = next(each for each in edition["catalogue"]["offers"] if each["code"] == "M09")
    edition["catalogue"]["offers"].append({**line, "code": "M99", "monthly": 3.25})
    answer = tried(operator_backend, {**edition, "picks": {"M99": 1}})
    offer = next(each for each in answer["offers"] if each["id"] == "M99")
    assert (offer["monthly"], offer["picked"]) == ("3.25", 1)
    assert answer["catalogueVersion"] == "trial"
    assert answer["totals"]["monthly"] == "3.25"
    real = operator_backend.call("POST", "/desk-api/v1/choices", json={"picks": {}}).json()
    assert "M99" not in {each["id"] for each in real["offers"]}


def test_bad_documents_are_refused_with_their_faults(
    operator_backend: RunningBackend, edition: dict[str, Any]
) -> None:
    edition["catalogue"]["rules"][0]["lhs"] = ["Q"]
    refused = operator_backend.call("POST", TRY, "product", json={**edition, "picks": {}})
    assert refused.status_code == 422
    assert refused.json()["faults"][0]["where"] == "rule R01"


def test_trying_is_for_authors_and_customers_are_for_who_may_see_them(
    operator_backend: RunningBackend, edition: dict[str, Any]
) -> None:
    assert operator_backend.call("POST", TRY, "agent", json=edition).status_code == 403
    asked = {**edition, "customerId": "KF-0041873-6"}
    assert operator_backend.call("POST", TRY, "product", json=asked).status_code == 403
    assert operator_backend.call("POST", TRY, "product", json={"picks": {}}).status_code == 400


def test_facts_are_taken_for_true_where_a_catalogue_is_tried(
    operator_backend: RunningBackend, edition: dict[str, Any]
) -> None:
    def offered(**facts: Any) -> set[str]:
        return {
            each["id"] for each in tried(operator_backend, {**edition, "facts": facts})["offers"]
        }

    assert "F03" not in offered()
    assert "F03" in offered(gpon=1, credit="A")
    assert "F03" not in offered(gpon=1, credit="D")


@pytest.mark.parametrize("facts", [{"moon": 1}, {"gpon": 2}, {"gpon": [1]}, ["gpon"]])
def test_facts_that_the_catalogue_has_not_are_refused(
    operator_backend: RunningBackend, edition: dict[str, Any], facts: Any
) -> None:
    asked = {**edition, "facts": facts, "picks": {}}
    refused = operator_backend.call("POST", TRY, "product", json=asked)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalidBody")
