"""The demo as it begins: who is there, what the rules know of them, what they have."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.account import rules as account
from backend.customer import rules as customer
from backend.database import Database
from backend.demo.people import personas
from backend.demo.seeding import CUSTOMERS, Seeding
from backend.inventory import rules as inventory
from backend.product_rules import violations
from backend.qualification import facts
from backend.rest.resource import Context
from backend.settings import Settings
from backend.start import build
from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

PERSONAS = Path(__file__).parents[4] / "shared" / "demo" / "personas.json"
AGENT = Caller("agent", "Maren Tindlewick", frozenset({"agent"}), frozenset(), None)
NAMES = {"P6 visitor": "Ingrith Pellwether"}
COPPER_ENDS = "R24"


@pytest.fixture(scope="module")
def filled(shared_demo: RunningBackend) -> Iterator[Context]:
    """Asking inside the demo as an agent."""
    with shared_demo.database.read() as connection:
        yield Context(connection, AGENT, dt.datetime.now(dt.UTC), "test")


def ids(context: Context, **wanted: str) -> list[str]:
    """Customers, all or those of a name."""
    query = sa.text("SELECT id FROM customer WHERE :name IN ('', name) ORDER BY id")
    return list(context.connection.scalars(query, {"name": wanted.get("name", "")}))


def seeding(database: Database, day: dt.datetime) -> Seeding:
    """What fills a database on that day; the flows that ship are in force."""
    settings = Settings(demo=True, database_url=database.url)
    application = build(settings, database, lambda: day)
    application.open(fill=False)
    return application.seeding()


def everything(context: Context, table: str) -> list[dict[str, Any]]:
    return list(context.connection.scalars(sa.text(f"SELECT document FROM {table}")))  # noqa: S608 - our own tables


def persona_facts() -> dict[str, dict[str, Any]]:
    if not PERSONAS.is_file():
        return {}
    found: dict[str, dict[str, Any]] = json.loads(PERSONAS.read_text())
    return found


@pytest.mark.skipif(not PERSONAS.is_file(), reason="the design is not beside this checkout")
@pytest.mark.parametrize("persona", persona_facts())
def test_a_persona_has_exactly_the_facts_he_stands_for(filled: Context, persona: str) -> None:
    name = NAMES.get(persona, persona.partition(" ")[2])
    (identity,) = ids(filled, name=name)
    known = facts.of_customer(filled, identity, None).facts
    wanted = persona_facts()[persona]
    of_the_caller = {"role", "channel"}
    assert {key: known[key] for key in wanted.keys() - of_the_caller} == {
        key: wanted[key] for key in wanted.keys() - of_the_caller
    }


def test_as_many_customers_as_promised_and_one_of_each_name(filled: Context) -> None:
    assert len(ids(filled)) == CUSTOMERS
    story = [person.name for person in personas(filled.now.date())]
    assert all(len(ids(filled, name=name)) == 1 for name in story)


def test_marr_finds_the_five_of_the_picture(filled: Context) -> None:
    query = sa.text("SELECT name FROM customer WHERE name ~* '\\mmarr' ORDER BY name")
    assert list(filled.connection.scalars(query)) == [
        "Anselm Marrowby",
        "Edda Marrowby",
        "Hesper Marrack",
        "Kelda Marrowby",
        "Lorcan Marrowby",
    ]


def test_what_each_customer_has_is_valid_by_the_rules(
    filled: Context, shared_demo: RunningBackend
) -> None:
    """All but one: Torvald's copper line was sold before copper was withdrawn in his street."""
    definitions = shared_demo.application.parts.qualification.shelf(filled).definitions
    broken = {}
    for identity in ids(filled):
        known = facts.of_customer(filled, identity, None).facts
        held = inventory.installed(filled, identity)
        found = {each.rule for each in violations(definitions.catalogue, known, held)}
        if found:
            broken[customer.find(filled, identity)["name"]] = found
    assert broken == {"Torvald Quillfeather": {COPPER_ENDS}}


def test_edda_has_what_the_picture_shows(filled: Context) -> None:
    (edda,) = ids(filled, name="Edda Marrowby")
    assert edda == "KF-0041873-6"
    products = [json.loads(body) for body in inventory.bodies_of_customer(filled, edda)]
    active = [one for one in products if one["status"] == "active"]
    monthly = sum(
        price["price"]["taxIncludedAmount"]["value"]
        for one in active
        for price in one["productPrice"]
        if price["priceType"] == "recurring"
    )
    assert monthly == 103.00
    numbers = {
        resource["value"]
        for one in active
        for resource in one.get("realizingResource", ())
        if resource["name"] == "TelephoneNumber"
    }
    assert numbers == {"07700 900471", "07700 900518"}
    glimt = next(one for one in active if one["productOffering"]["id"] == "F02")
    assert glimt["place"][0]["name"] == "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR"
    begun, ends = (
        dt.datetime.fromisoformat(glimt["productTerm"][0]["validFor"][name]).date()
        for name in ("startDateTime", "endDateTime")
    )
    assert begun == filled.now.date() - dt.timedelta(days=253)
    assert (ends.year - begun.year, ends.month) == (2, begun.month)


def test_who_owes_is_in_arrears_and_no_other(filled: Context) -> None:
    accounts = {one["name"]: one for one in everything(filled, "billing_account")}
    kelda, edda = accounts["Kelda Marrowby"], accounts["Edda Marrowby"]
    assert kelda["paymentStatus"] == account.IN_ARREARS
    assert kelda["accountBalance"][0]["amount"] == {"unit": "GBP", "value": 84.2}
    assert edda["paymentStatus"] == "due"
    assert accounts["Bettany Loomis"]["paymentStatus"] == "paid"


@pytest.mark.parametrize(
    ("table", "api", "definition"),
    [
        ("individual", 632, "Individual"),
        ("organization", 632, "Organization"),
        ("customer", 629, "Customer"),
        ("billing_account", 666, "BillingAccount"),
        ("product", 637, "Product"),
        ("product_order", 622, "ProductOrder"),
    ],
)
def test_everything_keeps_to_the_official_contract(
    filled: Context, table: str, api: int, definition: str
) -> None:
    found = everything(filled, table)
    assert found
    for document in found:
        assert_conforms(api, definition, document)


def test_every_number_sim_and_device_in_use_belongs_to_the_product_that_names_it(
    filled: Context,
) -> None:
    named = {
        (resource["id"], product["id"])
        for product in everything(filled, "product")
        if product["status"] not in {"terminated", "cancelled"}
        for resource in product.get("realizingResource", ())
    }
    numbers = sa.text("SELECT value, product_id FROM telephone_number WHERE state = 'assigned'")
    sims = sa.text("SELECT iccid, product_id FROM sim WHERE state = 'assigned'")
    devices = sa.text(
        "SELECT serial, product_id FROM device WHERE state IN ('shipped', 'assigned')"
    )
    queries = (numbers, sims, devices)
    used = [tuple(row) for query in queries for row in filled.connection.execute(query)]
    assert set(used) == named
    assert len(used) == len(named)


def counts(database: Database) -> list[int]:
    tables = ("customer", "product", "product_order", "document", "process_flow", "sim")
    with database.read() as connection:
        return [
            int(connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - our own tables
            for table in tables
        ]


def test_a_second_start_adds_nothing(demo: RunningBackend) -> None:
    before = counts(demo.database)
    assert not seeding(demo.database, dt.datetime.now(dt.UTC)).begin()
    assert counts(demo.database) == before


def test_the_same_day_and_seed_give_the_same_customers(database: Database) -> None:
    day = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
    seeding(database, day).begin(customers=60)
    with database.read() as connection:
        first = list(connection.execute(sa.text("SELECT id, document FROM product ORDER BY id")))
    assert first
    with database.begin() as connection:
        connection.exec_driver_sql(
            "TRUNCATE individual, organization, telephone_number, number_range, sim, device,"
            " address, catalogue_version, catalog, category, product_specification,"
            " product_offering, product_offering_price CASCADE"
        )
    seeding(database, day).begin(customers=60)
    with database.read() as connection:
        again = list(connection.execute(sa.text("SELECT id, document FROM product ORDER BY id")))
    assert again == first
