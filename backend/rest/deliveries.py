"""The jobs that bring events to hub subscribers: at least once, each at its own pace."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from procrastinate import RetryStrategy

from backend.database import Database
from backend.jobs import Jobs
from backend.rest.events import SPREAD
from backend.rest.hub import Subscription, subscribers_of
from backend.rest.hub_adapter import Deliverer, DeliveryFailed
from backend.rest.tables import EVENT, HUB_SUBSCRIPTION

DELIVER = "hub.deliver"
WAITS = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300, 600, 1800))
"""How long to wait after each failure in a row; after the last one always as long."""

GIVE_UP_AFTER = timedelta(days=1)
"""How old an event may become before it is no longer offered."""

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.hub")
_LOST_DATABASE = RetryStrategy(
    max_attempts=10, linear_wait=5, retry_exceptions={sa.exc.OperationalError}
)


@dataclass(frozen=True, slots=True)
class _Due:
    """An event for a subscriber, and how the subscriber fares."""

    subscription: Subscription
    event_type: str
    event_time: datetime
    body: bytes
    paused_until: datetime | None


class Deliveries:
    """Turns each event into one job per subscriber, and does those jobs.

    First tries of one subscriber run one after another, in the order of the events; what
    failed comes again at its own time. While a subscriber does not answer, one try per wait
    is made however many events there are. After a day it is noted as failing: from then on
    each event is tried once, until one gets through.
    """

    def __init__(
        self, database: Database, jobs: Jobs, deliverer: Deliverer, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._deliverer = deliverer
        self._now = now
        jobs.add(SPREAD, self.spread, retry=_LOST_DATABASE)
        jobs.add(DELIVER, self.deliver, retry=_LOST_DATABASE)

    def spread(self, sequence: int) -> None:
        """Promise a delivery of this event to everyone who wants it and may see it."""
        with self._database.begin() as connection:
            for one in subscribers_of(connection, sequence):
                self._jobs.defer(
                    connection,
                    DELIVER,
                    lock=f"hub-{one.id}",
                    once=f"hub-{one.id}-{sequence}",
                    sequence=sequence,
                    subscription=one.id,
                )

    def deliver(self, sequence: int, subscription: str, tries: int = 0) -> None:
        """Try once, unless the event or the subscription is gone or the subscriber is paused."""
        with self._database.read() as connection:
            due = _due(connection, sequence, subscription)
        if due is None:
            return
        now = self._now()
        if due.paused_until is not None and due.paused_until > now:
            if _too_old(due, now):
                _log("given up", sequence, subscription, tries)
            else:
                with self._database.begin() as connection:
                    self._again(connection, due.paused_until, sequence, subscription, tries)
            return
        try:
            self._deliverer.deliver(due.body, due.event_type, due.subscription)
        except DeliveryFailed as failure:
            self._failed(due, sequence, tries + 1, failure)
        else:
            self._arrived(subscription)
            _log("delivered", sequence, subscription, tries + 1)

    def _arrived(self, subscription: str) -> None:
        table = HUB_SUBSCRIPTION
        well = sa.update(table).where(table.c.id == subscription, table.c.failures > 0)
        well = well.values(failures=0, paused_until=None, failing_since=None, failure=None)
        with self._database.begin() as connection:
            connection.execute(well)

    def _failed(self, due: _Due, sequence: int, tries: int, failure: DeliveryFailed) -> None:
        """Note it; then wait, or give the event up and note the subscriber as failing."""
        now, name = self._now(), due.subscription.id
        with self._database.begin() as connection:
            row = connection.execute(_count_failure(name, str(failure))).one_or_none()
            if row is None:  # unsubscribed meanwhile
                return
            until = now + _wait(row.failures)
            given_up = failure.gone or row.failing_since is not None or _too_old(due, now)
            if not given_up:
                later = max(until, now + _wait(tries))
                self._again(connection, later, sequence, name, tries)
            elif row.failing_since is None:
                connection.execute(_update(name).values(failing_since=now))
                _LOG.warning("subscription failing", subscription=name, reason=str(failure))
            connection.execute(_update(name).values(paused_until=until))
        _log("given up" if given_up else "to be tried again", sequence, name, tries)

    def _again(
        self, connection: sa.Connection, until: datetime, sequence: int, name: str, tries: int
    ) -> None:
        wait = until - self._now()
        # up to a fifth later, by the event: not all come back in the same second
        wait *= 1 + zlib.crc32(f"{name}-{sequence}".encode()) % 200 / 1000
        self._jobs.defer(
            connection,
            DELIVER,
            run_at=self._now() + wait,
            once=f"hub-{name}-{sequence}",
            sequence=sequence,
            subscription=name,
            tries=tries,
        )


def _due(connection: sa.Connection, sequence: int, subscription: str) -> _Due | None:
    hub, event = HUB_SUBSCRIPTION.c, EVENT.c
    columns = (event.event_type, event.event_time, sa.cast(event.document, sa.Text))
    row = connection.execute(
        sa.select(hub.callback, hub.query, *columns, hub.paused_until)
        .join(EVENT, event.domain == hub.domain)
        .where(hub.id == subscription, event.sequence == sequence)
    ).one_or_none()
    if row is None:
        return None
    callback, query, event_type, event_time, body, paused_until = row
    wanted = Subscription(subscription, callback, query)
    return _Due(wanted, event_type, event_time, body.encode(), paused_until)


def _update(subscription: str) -> sa.Update:
    return sa.update(HUB_SUBSCRIPTION).where(HUB_SUBSCRIPTION.c.id == subscription)


def _count_failure(subscription: str, reason: str) -> sa.sql.dml.ReturningUpdate[int, datetime]:
    table = HUB_SUBSCRIPTION.c
    counted = _update(subscription).values(failures=table.failures + 1, failure=reason)
    return counted.returning(table.failures, table.failing_since)


def _too_old(due: _Due, now: datetime) -> bool:
    return now - due.event_time >= GIVE_UP_AFTER


def _wait(failures: int) -> timedelta:
    return WAITS[min(failures, len(WAITS)) - 1]


def _log(outcome: str, sequence: int, subscription: str, tries: int) -> None:
    _LOG.info("event " + outcome, sequence=sequence, subscription=subscription, attempt=tries)
