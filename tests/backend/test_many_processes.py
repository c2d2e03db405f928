"""Many servers and workers on one database: they tell each other, and stand in for each other."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from backend.flows.simulators.behaviour import BEHAVIOURS
from backend.flows.simulators.dials import Dial
from backend.resource_inventory.seeding import seed_sims
from backend.rest.resource import Context
from tests.backend.creation.conftest import command, item
from tests.support.backend import ROOT, RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.operator import OPERATOR
from tests.support.rest import messages
from tests.support.waiting import PATIENCE, eventually

SCALE = 20_000.0
"""The week in which a phone must be seen lasts half a minute."""

MORE_NUMBERS = """
INSERT INTO telephone_number
    (value, display, type, area, pool, grade, why, memorable, state, last_update)
SELECT '07700' || n, '07700 ' || n, type, area, pool, grade, why, memorable, 'free', last_update
FROM generate_series(910000, 911999) n, LATERAL (
    SELECT * FROM telephone_number
    WHERE value LIKE '07700%' AND grade = 'standard' AND state = 'free' ORDER BY value LIMIT 1
) one
"""

DUMB = """
id = "PF00"
name = "Any other product"
description = "Only noted."

[[step]]
id = "account-updated"
name = "Account updated"
who = "Jackfield"
kind = "automatic"
does = "account.update"
"""


@pytest.fixture
def url(database_server: DatabaseServer, operator_template: str) -> Iterator[str]:
    """A database of the test's own, of an operator who has SIMs in stock."""
    url = database_server.clone(operator_template)
    yield url
    database_server.drop(str(sa.make_url(url).database))


@contextmanager
def served(url: str) -> Iterator[RunningBackend]:
    with running_backend(url, worker=False, time_scale=SCALE) as backend:
        yield backend


def placed(backend: RunningBackend, body: dict[str, Any]) -> dict[str, str]:
    """A new customer with an order; asked again with the same key where no answer came."""
    path = "/desk-api/v1/creation/" + body["order"]["externalId"]
    answer = backend.call("PUT", path, json=body)
    assert answer.status_code in {200, 201}, answer.text
    made: dict[str, str] = answer.json()
    return made


def events_until(answer: requests.Response, wanted: str) -> dict[str, Any]:
    for message in messages(answer):
        if "data" in message:
            event: dict[str, Any] = json.loads(message["data"])
            if event["eventType"] == wanted:
                return event
    raise AssertionError("the stream ended")


def test_what_is_ordered_at_one_server_is_heard_at_the_other(url: str) -> None:
    with served(url) as here, served(url) as there:
        answer = there.call("GET", "/desk-api/v1/events", stream=True)
        with answer:
            made = placed(here, command(item("1", "X09")))
            heard = events_until(answer, "ProductOrderCreateEvent")
        assert heard["event"]["productOrder"]["id"] == made["orderId"]
        # and the token of one is good at the other
        token = {"Authorization": f"Bearer {here.token('agent')}"}
        path = f"{there.url}/desk-api/v1/account/{made['customerId']}"
        assert requests.get(path, headers=token, timeout=PATIENCE).status_code == 200


def test_a_flow_published_by_one_process_is_begun_by_all(url: str) -> None:
    with served(url) as here, served(url) as there:
        before = placed(there, command(item("1", "X09")))
        flows = here.application.parts.flows
        with here.database.begin() as connection:
            context = Context(connection, OPERATOR, here.application.parts.now(), "test")
            flows.library.publish(context, DUMB)
        after = placed(there, command(item("1", "X09")))
        with there.database.read() as connection:
            query = "SELECT order_id, specification_id FROM process_flow"
            begun = {row[0]: row[1] for row in connection.execute(sa.text(query))}
    assert begun == {before["orderId"]: "PF00-1", after["orderId"]: "PF00-2"}


@dataclass
class Crew:
    """Workers that are processes of their own; some are killed, and others come for them."""

    url: str
    chance: random.Random
    killed: int = 0
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    resting: threading.Event = field(default_factory=threading.Event)

    def begin(self) -> None:
        command = [sys.executable, "-m", "tests.support.order_worker", self.url, str(SCALE)]
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert child.stdout is not None
        child.stdout.readline()  # it takes jobs from now on
        self.children.append(child)

    def kill_one(self) -> None:
        """One of them is no more, in the middle of whatever it does."""
        child = self.children.pop(self.chance.randrange(len(self.children)))
        _end(child)
        self.killed += 1
        self.begin()

    def kill_now_and_then(self, pause: float) -> None:
        while not self.resting.wait(pause * (0.5 + self.chance.random())):
            self.kill_one()

    def end(self) -> None:
        for child in self.children:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.communicate(timeout=PATIENCE)


@contextmanager
def crew(url: str, size: int) -> Iterator[Crew]:
    found = Crew(url, random.Random(1))  # noqa: S311 - the same each time
    for _ in range(size):
        found.begin()
    try:
        yield found
    finally:
        found.end()


def busy(backend: RunningBackend) -> bool:
    """Whether jobs are being done at this moment."""
    query = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
    with backend.database.read() as connection:
        return bool(connection.scalar(sa.text(query)))


def rows(backend: RunningBackend, query: str) -> Counter[tuple[Any, ...]]:
    with backend.database.read() as connection:
        return Counter(tuple(row) for row in connection.execute(sa.text(query)))


def at_once(backend: RunningBackend) -> None:
    """No system takes its time: what is tried is who does the work. There is enough of all."""
    with backend.database.begin() as connection:
        seed_sims(connection, 4000)
        connection.execute(sa.text(MORE_NUMBERS))
    for system, operation in BEHAVIOURS:
        backend.application.parts.flows.simulators.turn(system, operation, Dial(timedelta(0)))


def done_once(backend: RunningBackend, count: int) -> None:
    """So many lines were ordered: each order is done, and nothing was done twice."""
    assert rows(backend, "SELECT state FROM product_order") == {("completed",): count}
    assert rows(backend, "SELECT state FROM process_flow") == {("completed",): count}
    assert rows(backend, "SELECT status FROM product") == {("active",): 2 * count}
    assert rows(backend, "SELECT state FROM sim WHERE state <> 'inStock'") == {("assigned",): count}
    letters = rows(backend, "SELECT document->>'documentType' FROM document")
    flows = {letter: letters[letter,] for letter in ("LT01", "LT02", "LT03", "LT04")}
    assert set(flows.values()) == {count}, flows
    calls = rows(backend, "SELECT system, operation FROM simulated_call WHERE ready IS NOT NULL")
    assert set(calls.values()) == {count}, calls
    assert (
        len(rows(backend, "SELECT value FROM telephone_number WHERE state = 'assigned'")) == count
    )


def line() -> dict[str, Any]:
    return command(item("1", "M03"), item("2", "M11", line="1"))


def carried_out(url: str, count: int, *, clients: int, workers: int, pause: float) -> None:
    """Clients order lines while workers die; in the end each has what he ordered, once."""
    with served(url) as backend, crew(url, workers) as working:
        at_once(backend)
        backend.token("agent")
        killing = threading.Thread(target=working.kill_now_and_then, args=(pause,))
        killing.start()
        try:
            with ThreadPoolExecutor(clients) as pool:
                list(pool.map(lambda _number: placed(backend, line()), range(count)))
            eventually(
                lambda: rows(backend, "SELECT state FROM product_order") == {("completed",): count},
                4 * PATIENCE + count,
            )
        finally:
            working.resting.set()
            killing.join()
        assert working.killed
        done_once(backend, count)


@pytest.mark.long
def test_orders_whose_worker_is_killed_are_carried_out_by_another(url: str) -> None:
    with served(url) as backend, crew(url, 2) as working:
        at_once(backend)
        for _ in range(12):
            placed(backend, line())
        eventually(lambda: busy(backend))
        working.kill_one()
        everything = {("completed",): 12}
        eventually(
            lambda: rows(backend, "SELECT state FROM product_order") == everything, 4 * PATIENCE
        )
        done_once(backend, 12)


@pytest.mark.long
def test_a_thousand_orders_are_carried_out_while_workers_are_killed(url: str) -> None:
    carried_out(url, 1000, clients=8, workers=2, pause=12.0)
