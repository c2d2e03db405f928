"""A whole account in one read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from tests.backend.creation.conftest import Desk, command, item, person
from tests.support.tmf import assert_conforms

MOST_QUERIES = 40


@contextmanager
def counted(desk: Desk) -> Iterator[list[str]]:
    """Every statement that reaches the database meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    engine = desk.backend.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(scope="module")
def edda(running: Any) -> dict[str, Any]:
    desk = Desk(running)
    place = desk.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][0]
    message = {"to": "customer", "subject": "Welcome", "content": "Good morning."}
    items = (item("1", "M03"), item("2", "M11", line="1"), item("3", "M13", line="1"))
    made = desk.made(command(*items, addressId=place["id"], messages=[message]))
    return made | {"place": place}


def test_it_holds_everything_an_account_shows(desk: Desk, edda: dict[str, Any]) -> None:
    account = desk.get(f"/desk-api/v1/account/{edda['customerId']}")
    assert account["customer"]["id"] == edda["customerId"]
    assert account["party"]["familyName"] == "Marrowby"
    assert [one["id"] for one in account["billingAccounts"]] == [edda["accountId"]]
    assert [one["id"] for one in account["orders"]] == [edda["orderId"]]
    assert sorted(one["productOffering"]["id"] for one in account["products"]) == [
        "M03",
        "M11",
        "M13",
    ]
    assert [one["subject"] for one in account["messages"]] == ["Welcome"]
    (place,) = account["places"]
    assert place == {
        "id": edda["place"]["id"],
        "label": edda["place"]["label"],
        "networks": edda["place"]["networks"],
    }
    assert account["facts"]["segment"] == "RES"
    assert account["facts"]["idok"] == 1
    assert_conforms(629, "Customer", account["customer"])
    for product in account["products"]:
        assert_conforms(637, "Product", product)
    for order in account["orders"]:
        assert_conforms(622, "ProductOrder", order)


def test_it_takes_a_bounded_number_of_queries(desk: Desk, edda: dict[str, Any]) -> None:
    path = f"/desk-api/v1/account/{edda['customerId']}"
    desk.get(path)
    with counted(desk) as small:
        desk.get(path)
    items = [item(str(n), code) for n, code in enumerate(["M02", "M11"] * 3, 1)]
    desk.made(command(*items, customer={"id": edda["customerId"]}, billingAccount=None))
    with counted(desk) as large:
        desk.get(path)
    assert len(large) == len(small)
    assert len(small) <= MOST_QUERIES, small


def test_every_look_leaves_one_line(desk: Desk, edda: dict[str, Any]) -> None:
    query = sa.text("SELECT actor FROM audit WHERE action = 'customer.look' AND customer_id = :id")

    def looks() -> list[str]:
        with desk.backend.database.read() as connection:
            return list(connection.scalars(query, {"id": edda["customerId"]}))

    before = looks()
    desk.get(f"/desk-api/v1/account/{edda['customerId']}")
    assert len(looks()) == len(before) + 1
    assert all(looks())


@pytest.mark.usefixtures("edda")
def test_a_stranger_is_not_found(desk: Desk) -> None:
    for customer in ("KF-9999999-0", "%00"):
        answer = desk.backend.call("GET", f"/desk-api/v1/account/{customer}", desk.user)
        assert answer.status_code == 404


def test_a_partner_does_not_see_the_operators_customers(desk: Desk, edda: dict[str, Any]) -> None:
    path = f"/desk-api/v1/account/{edda['customerId']}"
    assert desk.backend.call("GET", path, "reseller").status_code == 404
    assert desk.backend.call("GET", path, "it").status_code == 403


def test_a_company_is_shown_with_its_organization(desk: Desk) -> None:
    company = person() | {
        "party": {"@type": "Organization", "tradingName": "Wrenhallow Joinery Ltd"},
        "customer": {"name": "Wrenhallow Joinery Ltd"},
    }
    made = desk.made(command(customer=company))
    account = desk.get(f"/desk-api/v1/account/{made['customerId']}")
    assert account["party"]["tradingName"] == "Wrenhallow Joinery Ltd"
    assert account["facts"]["segment"] == "BUS"
    assert account["products"] == account["orders"] == account["flows"] == []
