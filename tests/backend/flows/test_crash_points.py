"""Every step of every flow: kill -9 before its commit, after it, after the outside effect."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.resource_inventory.seeding import seed_sims
from tests.backend.flows import walking
from tests.backend.flows.conftest import now, operate
from tests.backend.flows.holdings import Holder
from tests.backend.flows.stories import STORIES, Scene
from tests.backend.flows.walking import Walker
from tests.support.database import DatabaseServer

BEGINS = datetime(2028, 9, 4, 8, 0, tzinfo=UTC)
"""A Monday; later than the real time by which the queue decides what is due."""

POINTS = ("committed", "answered", "before-commit", "before-end", "ended")
"""Where a step may die: around its first commit, after the outside effect, around the second."""

SEEN = {
    "flows": "SELECT specification_id, state FROM process_flow",
    "steps": "SELECT f.specification_id, t.step, t.state, t.outcome FROM task_flow t "
    "JOIN process_flow f ON f.id = t.process_flow_id",
    "items": "SELECT o.state, item->>'state' FROM product_order o, "
    "jsonb_array_elements(o.document->'productOrderItem') item",
    "products": "SELECT document->'productOffering'->>'id', status FROM product",
    "letters": "SELECT document->>'documentType' FROM document",
    "messages": "SELECT document->>'messageType', document->>'subject' FROM communication_message",
    "calls": "SELECT system, operation, ready IS NOT NULL, refused FROM simulated_call",
    "sims": "SELECT kind, state FROM sim",
    "numbers": "SELECT type, state FROM telephone_number",
    "told": "SELECT event_type FROM event WHERE event_type ~ '(StateChange|Create)Event$'",
    "jobs": "SELECT task_name, status FROM procrastinate_jobs",
}
"""All that anybody may see of what happened: each row as often as it is there."""


def seen(database: Database) -> dict[str, Counter[tuple[object, ...]]]:
    with database.read() as connection:
        return {
            what: Counter(tuple(row) for row in connection.execute(sa.text(query)))
            for what, query in SEEN.items()
        }


@pytest.fixture(scope="module")
def walker() -> Iterator[Walker]:
    with walking.walker() as process:
        yield process


@pytest.fixture(scope="module")
def stocked(database_server: DatabaseServer, operator_template: str) -> str:
    """The name of a database to clone: an operator at work, and a time of its own."""
    database = Database(database_server.clone(operator_template))
    walking.begin(database, BEGINS)
    with database.begin() as connection:
        seed_sims(connection, 30)
    operate(database).flows.open(database, now)
    database.close()
    return str(database.engine.url.database)


@contextmanager
def begun(server: DatabaseServer, template: str, story: str, walker: Walker) -> Iterator[Database]:
    """A story up to what it is about, which is begun and not yet carried out."""
    database = Database(server.clone(template))
    try:
        operation = operate(database, scale=1.0, clock=walking.WalkedTime(database))
        scene = Scene(operation, Holder(operation, operation.customer()))
        for _ in STORIES[story](scene) or ():
            walker.walk(database.url)
        yield database
    finally:
        database.close()
        server.drop(str(database.engine.url.database))


def walked(
    server: DatabaseServer, template: str, story: str, walker: Walker, places: Collection[str]
) -> tuple[dict[str, Counter[tuple[object, ...]]], set[str]]:
    """What is seen at a story's end, and where its workers died on the way."""
    with begun(server, template, story, walker) as database:
        walker.walk(database.url, places)
        return seen(database), walking.deaths(database)


def test_workers_that_die_here_and_there_leave_no_trace(
    database_server: DatabaseServer, stocked: str, walker: Walker
) -> None:
    """Another story and other places each day."""
    chance = random.Random(date.today().toordinal())  # noqa: S311, DTZ011 - any day will do
    story = chance.choice(sorted(STORIES))
    with begun(database_server, stocked, story, walker) as database:
        before = steps(database)
        walker.walk(database.url)
        whole, reached = seen(database), sorted(steps(database) - before)
    some = chance.sample(reached, min(6, len(reached)))
    places = {f"{step}/1/{point}" for step, point in zip(some, cycle(POINTS))}
    found, died = walked(database_server, stocked, story, walker, places)
    assert found == whole, (story, places)
    assert 0 < len(died) <= len(places)


@pytest.mark.long
@pytest.mark.parametrize("story", sorted(STORIES))
def test_a_worker_that_dies_at_every_point_of_every_step_leaves_no_trace(
    database_server: DatabaseServer, stocked: str, walker: Walker, story: str
) -> None:
    whole, nowhere = walked(database_server, stocked, story, walker, ())
    found, died = walked(database_server, stocked, story, walker, walking.ALL)
    assert not nowhere
    assert died
    assert found == whole


def steps(database: Database) -> set[str]:
    """The steps that were worked on: flow's version and step, as `deaths` writes them."""
    query = (
        "SELECT f.specification_id || '/' || t.step FROM task_flow t "
        "JOIN process_flow f ON f.id = t.process_flow_id WHERE t.attempts > 0"
    )
    with database.read() as connection:
        return set(connection.scalars(sa.text(query)))
