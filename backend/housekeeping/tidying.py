"""The job that forgets what is old, in small transactions, and counts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from backend import jobs as queue
from backend.appointment import rules as appointment
from backend.database import Database
from backend.flows import rules as flows
from backend.jobs import Jobs
from backend.numbers import rules as numbers
from backend.rest import events, idempotency

TIDY = "housekeeping.tidy"
TIMES = "*/10 * * * *"
EVENTS_KEPT = timedelta(days=30)
KEYS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=30)
SEARCHES_KEPT = timedelta(days=1)

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.housekeeping")


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to tidy: `work` takes (connection, now, at most so many) and tells how many."""

    name: str
    work: Callable[[sa.Connection, datetime, int], int]


def _old_events(connection: sa.Connection, now: datetime, most: int) -> int:
    return events.forget_before(connection, now - EVENTS_KEPT, most)


def _old_keys(connection: sa.Connection, now: datetime, most: int) -> int:
    return idempotency.forget_before(connection, now - KEYS_KEPT, most)


def _old_jobs(connection: sa.Connection, now: datetime, most: int) -> int:
    return queue.forget_finished(connection, now - JOBS_KEPT, most)


def _old_searches(connection: sa.Connection, now: datetime, most: int) -> int:
    return appointment.forget_searches(connection, now - SEARCHES_KEPT, most)


def _ended_holds(connection: sa.Connection, now: datetime, _most: int) -> int:
    return numbers.tidy(connection, now)


def _durations(connection: sa.Connection, now: datetime, _most: int) -> int:
    return flows.recount(connection, now)


CHORES = (
    Chore("events", _old_events),
    Chore("idempotency keys", _old_keys),
    Chore("jobs", _old_jobs),
    Chore("number states", _ended_holds),
    Chore("durations of steps", _durations),
    Chore("searches for free times", _old_searches),
)


class Housekeeping:
    """Does every chore at its times, batch by batch, each batch in a transaction of its own."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        now: Callable[[], datetime],
        *,
        chores: Sequence[Chore] = CHORES,
        batch: int = 1_000,
        most_batches: int = 200,
    ) -> None:
        self._database = database
        self._now = now
        self._chores = chores
        self._batch = batch
        self._most_batches = most_batches
        jobs.every(TIMES, TIDY, self.tidy)

    def tidy(self, timestamp: int) -> None:  # noqa: ARG002 - the queue gives it by this name
        """Every chore; one that fails does not keep the others from being done."""
        faults: list[Exception] = []
        for chore in self._chores:
            try:
                count = self._do(chore)
            except sa.exc.SQLAlchemyError as fault:
                faults.append(fault)
            else:
                if count:
                    _LOG.info("tidied", what=chore.name, count=count)
        if faults:
            raise ExceptionGroup("some of the housekeeping was not done", faults)

    def _do(self, chore: Chore) -> int:
        """How many in all; what is left after many batches waits for the next time."""
        total = 0
        for _ in range(self._most_batches):
            with self._database.begin() as connection:
                count = chore.work(connection, self._now(), self._batch)
            total += count
            if count < self._batch:
                break
        return total
