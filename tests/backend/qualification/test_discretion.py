"""What a product manager writes about credit and fraud never reaches an answer to an agent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.catalog.loading import demo_tables
from backend.catalog.rules import publish
from backend.product_rules.catalogue import DISCREET_TEXT
from backend.rest.resource import Context
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.operator import OPERATOR

SECRET = "Three bounced payments; suspected fraud ring of Herring Steps"
YOUNG = {"partyType": "individual", "birthDate": "1990-01-01", "identityChecked": False}
TMF = "/tmf-api"
MOBILE = {"M20": 1, "M03": 1, "M11": 1}


@pytest.fixture(scope="module")
def discreet(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """An operator whose rule about identity is one of fraud, with a reason nobody may read."""
    rules, specifications, prices = demo_tables()
    changed = [
        {name: value for name, value in each.items() if name != "msg"}
        | {"kind": "fraud", "internal": SECRET}
        if each["id"] == "R15"
        else each
        for each in rules["rules"]
    ]
    with running_backend(database_server.clone(operator_template)) as running:
        with running.database.begin() as connection:
            context = Context(connection, OPERATOR, datetime.now(UTC), "test")
            publish(context, {**rules, "rules": changed}, specifications, prices)
        yield running


def says(backend: RunningBackend, path: str, body: dict[str, Any], user: str = "agent") -> str:
    answer = backend.call("POST", path, user, json=body)
    assert SECRET not in answer.text
    assert SECRET not in str(answer.headers)
    return answer.text


def test_the_desk_reads_a_discreet_sentence(discreet: RunningBackend) -> None:
    question = {"prospect": YOUNG, "picks": {"M03": 1, "M11": 1}}
    assert DISCREET_TEXT in says(discreet, "/desk-api/v1/choices", question)
    opener = says(discreet, "/desk-api/v1/choices/opener", {**question, "offer": "M20"})
    assert DISCREET_TEXT in opener
    spoilt = {**question, "picks": MOBILE}
    assert DISCREET_TEXT in says(discreet, "/desk-api/v1/choices", spoilt)  # the repair's reason
    says(discreet, "/desk-api/v1/choices/repackage", spoilt)


def test_so_do_those_who_ask_by_the_standards(discreet: RunningBackend) -> None:
    qualification = f"{TMF}/productOfferingQualification/v4/productOfferingQualification"
    item = {"id": "1", "action": "add", "productOffering": {"id": "M20"}}
    asked = {"provideUnavailabilityReason": True, "productOfferingQualificationItem": [item]}
    assert DISCREET_TEXT in says(discreet, qualification, asked)
    configuring = f"{TMF}/productConfigurationManagement/v5"
    one = {"id": "1", "productConfiguration": {"productOffering": {"id": "M20"}}}
    for task, items in (
        ("queryProductConfiguration", "requestProductConfigurationItem"),
        ("checkProductConfiguration", "checkProductConfigurationItem"),
    ):
        assert DISCREET_TEXT in says(discreet, f"{configuring}/{task}", {items: [one]})


def test_an_order_that_is_refused_does_not_tell_either(discreet: RunningBackend) -> None:
    party = {"@type": "Individual", "givenName": "Ivo", "familyName": "Netherfold"}
    command = {
        "customer": {"party": party, "customer": {"name": "Ivo Netherfold"}, "pin": "4711"},
        "billingAccount": {"name": "Ivo Netherfold", "accountType": "postpaid"},
        "order": {
            "productOrderItem": [
                {"id": code, "action": "add", "productOffering": {"id": code}} for code in MOBILE
            ]
        },
        "picks": MOBILE,
        "agreement": {
            "way": "voice",
            "at": datetime.now(UTC).isoformat(),
            "termsVersion": "12",
            "termsHash": "0",
        },
    }
    path = "/desk-api/v1/creation/5e0b6a44-77a5-4a35-9f1b-0d3a3c6a4b11"
    answer = discreet.call("PUT", path, json=command)
    assert answer.status_code == 422
    assert SECRET not in answer.text
    assert DISCREET_TEXT in answer.text


def test_the_catalogue_is_open_to_product_managers_alone(discreet: RunningBackend) -> None:
    path = "/desk-api/v1/catalogue"
    assert discreet.call("GET", path, "agent").status_code == 403
    assert SECRET in discreet.call("GET", path, "product").text
    for noun in ("productOffering", "productSpecification", "productOfferingPrice"):
        listed = discreet.call("GET", f"{TMF}/productCatalogManagement/v4/{noun}?limit=100")
        assert listed.status_code == 200
        assert SECRET not in listed.text
