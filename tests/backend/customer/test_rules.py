"""Customers: their number, the party behind them, their states."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from backend.customer import rules
from backend.identifiers import Kind, verify
from backend.rest import documents
from backend.rest.resource import Context
from tests.support.rest import AGENT, RESELLER, Api

CUSTOMERS = "/tmf-api/customerManagement/v4/customer"
PEOPLE = "/tmf-api/party/v4/individual"
FIRMS = "/tmf-api/party/v4/organization"


@pytest.fixture
def edda(api: Api) -> dict[str, Any]:
    return api.made(PEOPLE, {"givenName": "Edda", "familyName": "Marrowby"})


@pytest.fixture
def customer(api: Api, edda: dict[str, Any]) -> dict[str, Any]:
    return api.made(CUSTOMERS, {"name": "Edda Marrowby", "engagedParty": {"id": edda["id"]}})


def test_the_id_is_the_customer_number(customer: dict[str, Any]) -> None:
    assert verify(customer["id"], Kind.CUSTOMER)
    assert customer["status"] == "active"
    assert customer["validFor"]["startDateTime"] == customer["lastUpdate"]


def test_the_kind_of_the_party_is_looked_up(api: Api, customer: dict[str, Any]) -> None:
    assert customer["engagedParty"]["@referredType"] == "Individual"
    firm = api.made(FIRMS, {"tradingName": "Wrenhallow Joinery Ltd"})
    made = api.made(CUSTOMERS, {"name": "Wrenhallow", "engagedParty": {"id": firm["id"]}})
    assert made["engagedParty"]["@referredType"] == "Organization"
    assert made["engagedParty"]["href"] == firm["href"]


def test_the_party_must_be_there_and_of_its_kind(api: Api, edda: dict[str, Any]) -> None:
    for party in (
        {"id": "nobody"},
        {"id": edda["id"], "@referredType": "Organization"},
    ):
        answer = api.post(CUSTOMERS, {"name": "X", "engagedParty": party})
        assert (answer.status_code, answer.json()["code"]) == (422, "danglingReference")


def test_a_reseller_can_not_engage_anothers_party(api: Api, edda: dict[str, Any]) -> None:
    wanted = {"name": "X", "engagedParty": {"id": edda["id"]}}
    assert api.as_caller(RESELLER).post(CUSTOMERS, wanted).status_code == 422


def test_a_copied_name_is_not_kept(api: Api, edda: dict[str, Any]) -> None:
    party = {"id": edda["id"], "name": "An old name", "@referredType": "Individual"}
    made = api.made(CUSTOMERS, {"name": "X", "engagedParty": party})
    assert "name" not in made["engagedParty"]


def test_a_party_with_a_customer_can_not_be_deleted(api: Api, customer: dict[str, Any]) -> None:
    answer = api.call("DELETE", customer["engagedParty"]["href"])
    assert (answer.status_code, answer.json()["code"]) == (409, "stillReferenced")


def test_a_reason_belongs_to_its_state(api: Api, customer: dict[str, Any]) -> None:
    href = customer["href"]
    api.patch(href, {"status": "suspended", "statusReason": "Unpaid"})
    back = api.patch(href, {"status": "active"}).json()
    assert "statusReason" not in back
    closed = api.patch(href, {"status": "closed", "statusReason": "Moved away"}).json()
    assert closed["statusReason"] == "Moved away"
    assert api.patch(href, {"status": "active"}).status_code == 422


def test_customers_are_found_by_their_party_and_telephone(
    api: Api, customer: dict[str, Any]
) -> None:
    medium = {"mediumType": "phone", "characteristic": {"phoneNumber": "+44 1632 960017"}}
    api.patch(customer["href"], {"contactMedium": [medium]})
    for query in (
        f"engagedParty.id={customer['engagedParty']['id']}",
        "contactMedium.characteristic.phoneNumber=%2B44%201632%20960017",
        "name=Edda%20Marrowby&status=active,suspended",
    ):
        (found,) = api.get(f"{CUSTOMERS}?{query}").json()
        assert found["id"] == customer["id"]


def test_a_customer_may_be_given_to_another_party(api: Api, customer: dict[str, Any]) -> None:
    firm = api.made(FIRMS, {"tradingName": "Wrenhallow Joinery Ltd"})
    answer = api.patch(customer["href"], {"engagedParty": {"id": firm["id"]}})
    assert answer.status_code == 200, answer.text
    assert answer.json()["engagedParty"]["href"] == firm["href"]


def test_whose_data_it_is_is_read_once_until_the_reseller_changes(
    api: Api, customer: dict[str, Any]
) -> None:
    other = {"id": "R2", "role": "reseller", "@referredType": "Organization"}
    with api.database.begin() as connection:
        context = Context(connection, AGENT, datetime.now(UTC), "test")
        asked: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        first = [rules.audience(context, customer["id"]).reseller for _ in range(3)]
        assert (len(asked), len(set(first))) == (1, 1)
        documents.rewrite(
            context, rules.CUSTOMER, customer["id"], lambda old: {**old, "relatedParty": [other]}
        )
        assert rules.audience(context, customer["id"]).reseller == "R2"
