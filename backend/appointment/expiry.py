"""The job that gives back times which were kept for an order that never came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from backend.access.caller import Caller
from backend.appointment import records, rules
from backend.appointment.visits import Calendar
from backend.database import Database
from backend.jobs import Jobs
from backend.rest.errors import Unavailable
from backend.rest.resource import Context

EXPIRE = "appointment.expire"
TIMES = "*/10 * * * *"
KEPT = timedelta(hours=1)
_MOST = 200  # in one run

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.appointment")
_CLOCK = Caller("appointments", "Appointments", frozenset({"system"}), frozenset(), None)


class Expiry:
    """Cancels what was held longer than an hour, one visit in each transaction."""

    def __init__(
        self, database: Database, jobs: Jobs, calendar: Calendar, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._calendar = calendar
        self._now = now
        jobs.every(TIMES, EXPIRE, self.expire)

    def expire(self, timestamp: int) -> None:  # noqa: ARG002 - the queue gives it by this name
        """A calendar that is silent is asked again the next time."""
        now = self._now()
        with self._database.read() as connection:
            held = records.held_since(connection, now - KEPT, _MOST)
        for identity, booking in held:
            try:
                self._give_back(identity, booking, now)
            except Unavailable as silence:
                _LOG.info("visit not given back", visit=identity, reason=silence.reason)

    def _give_back(self, identity: str, booking: str, now: datetime) -> None:
        """An order that takes the visit at this moment waits, and then finds it cancelled."""
        with self._database.begin() as connection:
            context = Context(connection, _CLOCK, now, EXPIRE)
            if rules.give_up(context, identity):
                self._calendar.cancel(booking)
