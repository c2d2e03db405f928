"""A noun made for this test: typed columns, references, events for everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.rest import documents, listing
from backend.rest.errors import Conflict, Invalid, Refused
from backend.rest.feed import START, Happened, Position, Subscriber, after
from backend.rest.parts import Name, Part
from backend.rest.query import read
from backend.rest.resource import Api, Context, Document, Resource, Rights, everybody
from backend.rest.tables import document_table
from tests.support.rest import AGENT, RESELLER

CREATE = """
    CREATE TABLE gadget (
        id text PRIMARY KEY, document jsonb NOT NULL, revision bigint NOT NULL,
        last_update timestamptz NOT NULL, new boolean, weight integer, price numeric,
        part_of text REFERENCES gadget, CONSTRAINT ck_weight CHECK (weight > 0)
    )
"""


class Gadget(Part):
    name: Name
    new: bool
    weight: int
    price: Decimal
    part_of: str | None = None


@pytest.fixture
def gadgets() -> Iterator[Resource]:
    table = document_table(
        "gadget",
        sa.Column("new", sa.Boolean),
        sa.Column("weight", sa.Integer),
        sa.Column("price", sa.Numeric),
        sa.Column("part_of", sa.Text),
    )
    names = {"new": "new", "weight": "weight", "price": "price", "partOf": "part_of"}

    def promote(document: Document) -> Mapping[str, object]:
        return {column: document.get(name) for name, column in names.items()}

    yield Resource(
        api=Api("gadgetManagement", "/tmf-api/gadgetManagement/v4", "Gadget"),
        name="gadget",
        tmf_type="Gadget",
        table=table,
        model=Gadget,
        promote=promote,
        rights=Rights.of("customer"),
        visible=everybody,
        columns={name: table.c[column] for name, column in names.items()},
    )
    table.metadata.remove(table)


@pytest.fixture
def context(database: Database) -> Iterator[Context]:
    with database.engine.connect() as connection:
        connection.exec_driver_sql(CREATE)
        yield Context(connection, AGENT, datetime.now(UTC), "test")


def gadget(number: int, **given: object) -> Document:
    return {"name": "Router", "new": number % 2 == 0, "weight": number, "price": 0.5, **given}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("new=true", ["g2", "g4"]),
        ("new=FALSE&weight.gt=1", ["g3"]),
        ("weight=1,4", ["g1", "g4"]),
        ("weight.ne=1,4", ["g2", "g3"]),
        ("price.lte=0.50&sort=-weight", ["g4", "g3", "g2", "g1"]),
        ("partOf=g1", []),
        ("partOf.ne=g1", ["g1", "g2", "g3", "g4"]),
    ],
)
def test_columns_compare_by_their_kind(
    context: Context, gadgets: Resource, raw: str, found: list[str]
) -> None:
    for number in range(1, 5):
        documents.create(context, gadgets, gadget(number), identity=f"g{number}")
    page = listing.page(context.connection, gadgets, RESELLER, read(f"{raw}&fields=none"))
    assert [item.split(b'"id":"')[1][:2].decode() for item in page.items] == found


@pytest.mark.parametrize("raw", ["new=maybe", "weight=heavy", "price.gt=dear", "new.gt=1"])
def test_values_of_another_kind_are_refused(context: Context, gadgets: Resource, raw: str) -> None:
    with pytest.raises(Invalid):
        listing.page(context.connection, gadgets, AGENT, read(raw))


def test_an_id_is_given_once(context: Context, gadgets: Resource) -> None:
    documents.create(context, gadgets, gadget(1), identity="g1")
    with pytest.raises(Conflict):
        documents.create(context, gadgets, gadget(1), identity="g1")


def test_what_it_refers_to_must_be_there(context: Context, gadgets: Resource) -> None:
    with pytest.raises(Refused) as refused:
        documents.create(context, gadgets, gadget(1, partOf="g9"))
    assert refused.value.code == "danglingReference"


def test_what_the_table_forbids_is_refused(context: Context, gadgets: Resource) -> None:
    with pytest.raises(Refused) as refused:
        documents.create(context, gadgets, gadget(0))
    assert refused.value.code == "constraint"


def test_a_rewrite_that_changes_nothing_leaves_the_revision(
    context: Context, gadgets: Resource
) -> None:
    documents.create(context, gadgets, gadget(1), identity="g1")
    assert documents.rewrite(context, gadgets, "g1", lambda one: one).revision == 1
    changed = documents.rewrite(context, gadgets, "g1", lambda one: {**one, "weight": 7})
    assert (changed.revision, changed.document["weight"]) == (2, 7)


def test_what_belongs_to_nobody_is_heard_by_everybody(
    database: Database, context: Context, gadgets: Resource
) -> None:
    documents.create(context, gadgets, gadget(1), identity="g1")
    context.connection.commit()
    with database.read() as connection:
        (event,) = after(connection, START)
    assert event.reseller is None
    assert event.visible_to(RESELLER)


def test_a_listener_who_falls_behind_is_sent_away() -> None:
    async def fall_behind() -> int:
        subscriber = Subscriber(AGENT, asyncio.get_running_loop())
        events = [Happened(Position(1, n), "customer.read", None, "{}") for n in range(3000)]
        subscriber.offer(events)
        subscriber.offer(events)
        received = 0
        while await subscriber.queue.get() is not None:
            received += 1
        return received

    assert asyncio.run(fall_behind()) == 2000
