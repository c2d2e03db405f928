"""What every kind of step can do, and how time passes for flows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.outcomes import Outcome
from backend.flows.work import Work
from backend.rest.resource import Document


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a step begins: when it is worked on (None: when somebody comes), what it waits for."""

    work_at: datetime | None
    due: datetime | None = None
    waits_for: str | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The operator's time, which passes `scale` times as fast as the clock."""

    scale: float = 1.0

    def later(self, now: datetime, span: timedelta) -> datetime:
        """The moment on the clock when `span` of the operator's time has passed."""
        return now + span / self.scale

    def until(self, now: datetime, day: date) -> datetime:
        """The moment on the clock when this day of the operator's begins; at once if it has."""
        begins = datetime.combine(day, time(), now.tzinfo)
        return self.later(now, max(timedelta(0), begins - now))


class StepKind(Protocol):
    """One kind of step. All calls are inside a transaction that holds the flow."""

    def begin(self, step: Step, now: datetime, pace: Pace, until: date | None) -> Beginning:
        """All before it has passed. `until` is the day that its `until` found."""
        ...

    def call(self, work: Work) -> Call | None:
        """What must be asked outside first; None to go on at once."""
        ...

    def finish(self, work: Work, answer: Document | None) -> Outcome:
        """The work itself; `answer` is what came from outside, if something was asked."""
        ...
