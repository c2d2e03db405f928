"""The simulated network systems: each does the work of a key once, whatever happens."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backend.database import Database
from backend.flows.adapters.network import Answer, Answered, Call, NoAnswer, Pending, Refusal
from backend.flows.simulators import dials, records
from backend.flows.simulators.behaviour import BEHAVIOURS, Behaviour
from backend.flows.simulators.dials import Dial
from backend.flows.steps.kinds import Pace
from backend.jobs import Jobs
from backend.rest.resource import Document

REPORT_JOB = "simulated-report"
_SEED = "kestrelfjord"


class Simulators:
    """All systems of the demo operator, in this process, on tables of their own.

    Each call is a transaction of its own, as if another company's computer had made it.
    """

    def __init__(
        self, database: Database, jobs: Jobs, pace: Pace, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._pace = pace
        self._now = now

    def call(self, call: Call) -> Answer:
        """As `NetworkSystems` says; NoAnswer as often as the dials want it."""
        behaviour = BEHAVIOURS[call.system, call.operation]
        with self._database.begin() as connection:
            dial = dials.dial_of(connection, call.system, call.operation)
            row = records.ask(connection, call.system, call.key, call.operation, call.body)
            unheard = row.ready is None and _happens(dial.unheard, call, "unheard", row.asked)
            if row.ready is None and not unheard:
                refuses = _happens(dial.refused, call, "refused", 0)
                row = self._do(connection, call, behaviour, dial, refused=refuses)
        if unheard or _happens(dial.unanswered, call, "unanswered", row.asked):
            raise NoAnswer(f"{call.system} did not answer.")
        if row.refused:
            return Refusal(f"{call.system} refused {call.operation}.")
        left = row.ready - self._now()
        if left > timedelta(0):
            return Pending(left * self._pace.scale)
        return Answered(behaviour.answer(row.body) if row.result is None else row.result)

    def knows(self, system: str, operation: str | None = None) -> bool:
        """Whether there is such a system, and such an operation of it."""
        return any(system == known and operation in {None, does} for known, does in BEHAVIOURS)

    def usual(self, call: Call) -> Document:
        """What a system answers where all goes well; nothing is asked."""
        return BEHAVIOURS[call.system, call.operation].answer(call.body)

    def seed(self) -> None:
        """Let the systems fail as often as the demo operator's do."""
        with self._database.begin() as connection:
            dials.seed(connection)

    def turn(self, system: str, operation: str, dial: Dial) -> None:
        """Set the dial of one operation."""
        with self._database.begin() as connection:
            dials.keep(connection, system, operation, dial)

    def _do(
        self,
        connection: sa.Connection,
        call: Call,
        behaviour: Behaviour,
        dial: Dial,
        *,
        refused: bool,
    ) -> sa.Row[Any]:
        ready = self._pace.later(self._now(), dial.delay)
        told = behaviour.reported
        at_once, result = refused and told is None, None
        if behaviour.keeps is not None and not at_once:
            result = behaviour.keeps(connection, call.key, call.body)
            at_once = result is None
        row = records.hear(connection, call.system, call.key, ready, refused=at_once, result=result)
        facts = {} if told is None else told(call.body, refused)
        if behaviour.reports is not None and facts is not None and not at_once:
            self._jobs.defer(
                connection,
                REPORT_JOB,
                run_at=self._pace.later(ready, behaviour.reports),
                task=call.key,
                facts=dict(facts),
            )
        return row


def _happens(rate: float, call: Call, what: str, asked: int) -> bool:
    """Whether something with this rate happens, the same for the same call each time."""
    if rate <= 0:
        return False
    text = f"{_SEED}|{call.system}|{call.key}|{what}|{asked}"
    place = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    return place < rate * 2**64
