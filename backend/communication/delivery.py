"""The job that sends one message: once as its receiver sees it, however often it runs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from procrastinate import RetryStrategy

from backend.access.caller import Caller
from backend.communication import records
from backend.communication.carriers import Carrier, Delayed, Kind, Outgoing, Undeliverable
from backend.communication.rules import SEND, Messages
from backend.database import Database
from backend.jobs import Jobs
from backend.rest.resource import Context

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
"""How long to wait after each try that did not get through; after the last it has failed."""

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.communication")
_SERVER = Caller("server", "Jackfield", frozenset(), frozenset(), None)
_LOST_DATABASE = RetryStrategy(
    max_attempts=10, linear_wait=5, retry_exceptions={sa.exc.OperationalError}
)


class Delivery:
    """Sends messages by the carriers of their kinds.

    What happened is kept in the database before and after the carrier is called. A process
    that dies in between leaves the message on its way; the job runs again elsewhere, and the
    carrier is given the same message with the same id.
    """

    def __init__(
        self,
        database: Database,
        messages: Messages,
        jobs: Jobs,
        carriers: Mapping[Kind, Carrier],
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._messages = messages
        self._jobs = jobs
        self._carriers = carriers
        self._now = now
        jobs.add(SEND, self.send, retry=_LOST_DATABASE)

    def send(self, message: str) -> None:
        """Try once to send the message with this id, unless there is nothing to do."""
        with self._database.begin() as turn:
            records.wait_for_turn(turn, message)
            with self._database.begin() as connection:
                begun = self._messages.begin(self._context(connection, message), message)
            if begun is None:
                return
            outcome = self._carry(begun[0])
            with self._database.begin() as connection:
                self._settle(self._context(connection, message), message, begun[1], outcome)

    def _carry(self, outgoing: Outgoing) -> Undeliverable | Delayed | None:
        try:
            self._carriers[outgoing.kind].carry(outgoing)
        except (Undeliverable, Delayed) as refusal:
            return refusal
        return None

    def _settle(
        self, context: Context, message: str, tries: int, outcome: Undeliverable | Delayed | None
    ) -> None:
        if outcome is None:
            self._messages.delivered(context, message)
        elif isinstance(outcome, Undeliverable) or tries > len(WAITS):
            self._messages.failed(context, message, str(outcome))
        else:
            later = context.now + spread(WAITS[tries - 1], message)
            self._jobs.defer(context.connection, SEND, run_at=later, message=message)
        _LOG.info("message tried", request_id=message, attempt=tries, outcome=_named(outcome))

    def _context(self, connection: sa.Connection, message: str) -> Context:
        return Context(connection, _SERVER, self._now(), message)


def spread(wait: timedelta, key: str) -> timedelta:
    """Up to a fifth longer, by the message: not all come back in the same second."""
    return wait * (1 + zlib.crc32(key.encode()) % 200 / 1000)


def _named(outcome: Undeliverable | Delayed | None) -> str:
    return "delivered" if outcome is None else type(outcome).__name__.lower()
