"""Every event reaches everyone who subscribed, or is given up after a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend import logs
from backend.database import Database
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.party import rules as party
from backend.rest.deliveries import DELIVER, GIVE_UP_AFTER, WAITS, Deliveries
from backend.rest.hub import Subscription
from backend.rest.hub_adapter import Deliverer, DeliveryFailed
from backend.rest.resource import Context
from backend.worker import Pace, Worker
from tests.support.rest import AGENT
from tests.support.waiting import eventually

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EDDA = {"givenName": "Edda", "familyName": "Marrowby"}
CALLBACK = "https://partner.example.com/tmf"


@dataclass
class Partner(Deliverer):
    """A partner's server as far as deliveries see it."""

    refuses: DeliveryFailed | None = None
    asked: int = 0
    got: list[bytes] = field(default_factory=list)

    def deliver(self, event: bytes, event_type: str, subscription: Subscription) -> None:
        assert event_type == "IndividualCreateEvent"
        assert subscription.callback == CALLBACK
        self.asked += 1
        if self.refuses is not None:
            raise self.refuses
        self.got.append(event)


@dataclass
class Hub:
    """Deliveries on a database, with a queue whose jobs a test does by hand."""

    database: Database
    partner: Partner = field(default_factory=Partner)
    now: datetime = NOON
    jobs: Jobs = field(default_factory=Jobs)

    def __post_init__(self) -> None:
        logs.join_structlog()
        self.deliveries = Deliveries(self.database, self.jobs, self.partner, lambda: self.now)

    def subscribe(self, name: str = "s1", **given: Any) -> None:
        rights = '["customer.read"]'
        row = {"id": name, "query": None, "reseller": None, "rights": rights, "now": self.now}
        statement = """
            INSERT INTO hub_subscription
                (id, api, domain, callback, query, user_id, rights, reseller, created)
            VALUES (:id, 'party', :domain, :callback, :query, :id, CAST(:rights AS jsonb),
                :reseller, :now)
        """
        row |= {"callback": CALLBACK, "domain": party.INDIVIDUAL.api.domain, **given}
        with self.database.begin() as connection:
            connection.execute(sa.text(statement), row)

    def happen(self) -> None:
        with self.database.begin() as connection:
            party.create_individual(Context(connection, AGENT, self.now, "test"), dict(EDDA))

    def waiting(self) -> list[tuple[int, str, dict[str, Any], datetime | None]]:
        with self.database.read() as connection:
            found = connection.execute(
                sa.text("SELECT id, task_name, args, scheduled_at FROM procrastinate_jobs "
                        "WHERE status = 'todo' ORDER BY id")
            )  # fmt: skip
            return [(row[0], row[1], row[2], row[3]) for row in found]

    def work(self) -> None:
        """Do every job that is due, also those that come of it."""
        tasks: dict[str, Callable[..., None]] = {
            "hub.spread": self.deliveries.spread,
            DELIVER: self.deliveries.deliver,
        }
        while due := [one for one in self.waiting() if one[3] is None or one[3] <= self.now]:
            number, task, arguments, _at = due[0]
            with self.database.begin() as connection:
                connection.execute(
                    sa.text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": number}
                )
            tasks[task](**arguments)

    def noted(self) -> Any:
        with self.database.read() as connection:
            return connection.execute(
                sa.text("SELECT failures, failure, failing_since FROM hub_subscription")
            ).one()


@pytest.fixture
def hub(database: Database) -> Hub:
    return Hub(database)


@contextmanager
def working(hub: Hub) -> Iterator[None]:
    worker = Worker(hub.database, hub.jobs, Metrics(), pace=Pace(poll=0.05))
    worker.start()
    try:
        yield
    finally:
        worker.stop()


def test_nothing_is_promised_while_nobody_subscribes(hub: Hub) -> None:
    hub.happen()
    assert hub.waiting() == []


def test_an_event_and_its_delivery_are_promised_together(hub: Hub) -> None:
    hub.subscribe()
    with pytest.raises(ZeroDivisionError), hub.database.begin() as connection:
        party.create_individual(Context(connection, AGENT, NOON, "test"), dict(EDDA))
        _ = 1 / 0
    assert hub.waiting() == []
    hub.happen()
    assert len(hub.waiting()) == 1


def test_a_worker_brings_an_event_to_its_subscriber(hub: Hub) -> None:
    hub.now = datetime.now(UTC)
    hub.subscribe()
    with working(hub):
        hub.happen()
        eventually(lambda: len(hub.partner.got) == 1)
        eventually(lambda: hub.waiting() == [])
    assert b'"Marrowby"' in hub.partner.got[0]


def test_only_those_who_want_it_and_may_see_it_get_it(hub: Hub) -> None:
    hub.subscribe("wants")
    hub.subscribe("other types", query="eventType=IndividualDeleteEvent")
    hub.subscribe("other domain", domain="resource")
    hub.subscribe("no right", rights="[]")
    hub.subscribe("another shop", reseller="R9")
    hub.happen()
    hub.work()
    assert len(hub.partner.got) == 1


def test_what_failed_is_tried_again_with_growing_waits(hub: Hub) -> None:
    hub.subscribe()
    hub.partner.refuses = DeliveryFailed("answered 503")
    hub.happen()
    hub.work()
    for wait in WAITS:
        ((_id, _task, _arguments, at),) = hub.waiting()
        assert at is not None
        assert wait <= at - hub.now <= wait * 1.2
        hub.now = at
        hub.work()
    hub.partner.refuses = None
    ((*_rest, at),) = hub.waiting()
    assert at is not None
    hub.now = at
    hub.work()
    assert len(hub.partner.got) == 1
    assert hub.noted() == (0, None, None)


def test_a_subscriber_that_is_away_is_asked_once_per_wait_for_all_its_events(hub: Hub) -> None:
    hub.subscribe()
    hub.partner.refuses = DeliveryFailed("ConnectTimeout")
    for _ in range(20):
        hub.happen()
    hub.work()
    assert hub.partner.asked == 1
    hub.partner.refuses = None
    hub.now += WAITS[0] * 1.2
    hub.work()
    assert len(hub.partner.got) == 20


def test_after_a_day_an_event_is_given_up_and_the_subscriber_noted(
    hub: Hub, expected_log: list[str]
) -> None:
    expected_log.append("subscription failing")
    hub.subscribe()
    hub.partner.refuses = DeliveryFailed("answered 500")
    hub.happen()
    hub.work()
    hub.now += GIVE_UP_AFTER
    hub.work()
    assert hub.waiting() == []
    assert hub.noted() == (2, "answered 500", hub.now)


def test_a_failing_subscriber_is_offered_each_event_once_until_one_arrives(
    hub: Hub, expected_log: list[str]
) -> None:
    expected_log.append("subscription failing")
    hub.subscribe()
    hub.partner.refuses = DeliveryFailed("answered 410", gone=True)
    hub.happen()
    hub.work()
    assert hub.noted().failing_since == NOON
    hub.partner.refuses = DeliveryFailed("answered 500")
    hub.now += timedelta(minutes=1)
    hub.happen()
    hub.work()
    assert (hub.partner.asked, hub.waiting()) == (2, [])
    hub.partner.refuses = None
    hub.now += timedelta(minutes=1)
    hub.happen()
    hub.work()
    assert len(hub.partner.got) == 1
    assert hub.noted() == (0, None, None)


def test_an_event_too_old_is_not_put_off_again_while_its_subscriber_is_paused(hub: Hub) -> None:
    hub.subscribe()
    hub.happen()
    with hub.database.begin() as connection:
        connection.execute(
            sa.text("UPDATE hub_subscription SET paused_until = :at"),
            {"at": NOON + timedelta(days=2)},
        )
    hub.work()
    assert len(hub.waiting()) == 1
    ((number, _task, _arguments, _at),) = hub.waiting()
    hub.now += GIVE_UP_AFTER
    hub.deliveries.deliver(sequence=1, subscription="s1")
    assert [one[0] for one in hub.waiting()] == [number]
    assert hub.partner.asked == 0


def test_who_unsubscribed_gets_nothing_more(hub: Hub) -> None:
    hub.subscribe()
    hub.partner.refuses = DeliveryFailed("answered 503")
    hub.happen()
    hub.work()
    with hub.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM hub_subscription"))
    hub.now += timedelta(hours=1)
    hub.work()
    assert (hub.waiting(), hub.partner.asked) == ([], 1)
