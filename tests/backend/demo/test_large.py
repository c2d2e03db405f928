"""More customers than the story has: as many as wanted, each of them whole."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.demo.seeding import CUSTOMERS
from backend.identifiers import Kind, verify
from backend.inventory import rules as inventory
from backend.product_rules import violations
from backend.qualification import facts
from backend.rest.resource import Context
from tests.support.backend import RunningBackend

AGENT = Caller("agent", "Maren Tindlewick", frozenset({"agent"}), frozenset(), None)
MORE = 60


def test_more_customers_come_on_top_with_the_next_numbers(demo: RunningBackend) -> None:
    with demo.database.read() as connection:
        before = set(connection.scalars(sa.text("SELECT id FROM customer")))
    demo.application.seeding().add(MORE)
    definitions = demo.application.parts.versions
    with demo.database.read() as connection:
        context = Context(connection, AGENT, dt.datetime.now(dt.UTC), "test")
        after = set(connection.scalars(sa.text("SELECT id FROM customer")))
        added = after - before
        assert (len(before), len(added)) == (CUSTOMERS, MORE)
        assert all(verify(identity, Kind.CUSTOMER) for identity in added)
        catalogue = definitions.current(connection).catalogue
        for identity in added:
            known = facts.of_customer(context, identity, None).facts
            held = inventory.installed(context, identity)
            assert violations(catalogue, known, held) == ()
        found = connection.scalar(sa.text("SELECT count(*) FROM directory_entry"))
        assert found == CUSTOMERS + MORE


def test_a_new_customer_gets_a_number_nobody_has(demo: RunningBackend) -> None:
    party = demo.call(
        "POST",
        "/tmf-api/party/v4/individual",
        json={"givenName": "Jory", "familyName": "Åsblom"},
    ).json()
    wanted = {"name": "Jory Åsblom", "engagedParty": {"id": party["id"]}}
    made = demo.call("POST", "/tmf-api/customerManagement/v4/customer", json=wanted)
    assert made.status_code == 201, made.text
    assert made.json()["id"].startswith("KF-0102301-")
