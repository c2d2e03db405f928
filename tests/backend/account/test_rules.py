"""Billing accounts: their customer, their number, what only billing writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from backend.account import rules
from backend.identifiers import Kind, verify
from backend.rest.errors import NotFound
from backend.rest.resource import Context
from tests.support.rest import AGENT, RESELLER, Api

ACCOUNTS = "/tmf-api/accountManagement/v4/billingAccount"
CUSTOMERS = "/tmf-api/customerManagement/v4/customer"


def customer_of(api: Api, name: str) -> dict[str, Any]:
    party = api.made("/tmf-api/party/v4/individual", {"givenName": name, "familyName": "Loomis"})
    return api.made(CUSTOMERS, {"name": f"{name} Loomis", "engagedParty": {"id": party["id"]}})


@pytest.fixture
def customer(api: Api) -> dict[str, Any]:
    return customer_of(api, "Bettany")


@pytest.fixture
def account(api: Api, customer: dict[str, Any]) -> dict[str, Any]:
    owner = {"id": customer["id"], "role": "customer"}
    return api.made(ACCOUNTS, {"name": "Home", "relatedParty": [owner]})


def test_an_account_has_a_number_and_its_customers_name(
    account: dict[str, Any], customer: dict[str, Any]
) -> None:
    assert verify(account["id"], Kind.ACCOUNT)
    (owner,) = account["relatedParty"]
    assert owner["name"] == customer["name"]
    assert owner["@referredType"] == "Customer"
    assert account["paymentStatus"] == "paid"


def test_a_customer_lists_its_accounts_under_their_present_names(
    api: Api, account: dict[str, Any], customer: dict[str, Any]
) -> None:
    assert api.patch(account["href"], {"name": "Cottage"}).status_code == 200
    (listed,) = api.get(customer["href"]).json()["account"]
    assert (listed["id"], listed["name"]) == (account["id"], "Cottage")
    (found,) = api.get(f"{CUSTOMERS}?account.id={account['id']}").json()
    assert found["id"] == customer["id"]


@pytest.mark.parametrize(
    ("parties", "status"),
    [
        ([], 400),
        ([{"id": "R0", "role": "reseller", "name": "Direct", "@referredType": "Partner"}], 422),
        ([{"id": "KF-0000009-9", "role": "customer"}], 422),
    ],
)
def test_an_account_needs_a_customer_who_is_there(
    api: Api, parties: list[dict[str, str]], status: int
) -> None:
    assert api.post(ACCOUNTS, {"name": "Home", "relatedParty": parties}).status_code == status


def test_other_parties_must_be_complete(api: Api, customer: dict[str, Any]) -> None:
    parties = [{"id": customer["id"], "role": "customer"}, {"id": "P1", "role": "payer"}]
    answer = api.post(ACCOUNTS, {"name": "Home", "relatedParty": parties})
    assert answer.status_code == 400
    paths = [field["path"] for field in answer.json()["fields"]]
    assert paths == ["relatedParty.1.name", "relatedParty.1.@referredType"]


def test_an_account_stays_with_its_customer(api: Api, account: dict[str, Any]) -> None:
    other = {"id": customer_of(api, "Ivo")["id"], "role": "customer"}
    answer = api.patch(account["href"], {"relatedParty": [other]})
    assert (answer.status_code, answer.json()["code"]) == (422, "changeOfOwnership")


@pytest.mark.parametrize("name", ["paymentStatus", "accountBalance", "lastModified"])
def test_what_billing_knows_is_not_written_by_clients(
    api: Api, account: dict[str, Any], name: str
) -> None:
    assert api.patch(account["href"], {name: None}).status_code == 400


def test_billing_itself_sets_the_payment_status(api: Api, account: dict[str, Any]) -> None:
    with api.database.begin() as connection:
        context = Context(connection, AGENT, datetime.now(UTC), "test")
        rules.set_payment_status(context, account["id"], "inArrears")
        (found,) = rules.of_customer(context, account["relatedParty"][0]["id"])
    assert found["paymentStatus"] == "inArrears"
    assert api.get(account["href"]).headers["etag"] == '"2"'


def test_a_reseller_does_not_see_others_accounts(api: Api, account: dict[str, Any]) -> None:
    assert api.as_caller(RESELLER).get(account["href"]).status_code == 404
    assert api.as_caller(RESELLER).get(ACCOUNTS).json() == []
    with api.database.begin() as connection, pytest.raises(NotFound):
        context = Context(connection, RESELLER, datetime.now(UTC), "test")
        rules.of_customer(context, account["relatedParty"][0]["id"])


def test_a_closed_account_stays_closed(api: Api, account: dict[str, Any]) -> None:
    assert api.patch(account["href"], {"state": "closed"}).status_code == 200
    assert api.patch(account["href"], {"state": "active"}).status_code == 422


def test_many_accounts_at_once_are_all_listed(api: Api, customer: dict[str, Any]) -> None:
    owner = {"id": customer["id"], "role": "customer"}

    def open_account(number: int) -> str:
        wanted = {"name": f"Line {number}", "relatedParty": [owner]}
        return str(api.as_caller(AGENT).made(ACCOUNTS, wanted)["id"])

    with ThreadPoolExecutor(8) as agents:
        opened = sorted(agents.map(open_account, range(16)))
    assert [one["id"] for one in api.get(customer["href"]).json()["account"]] == opened
