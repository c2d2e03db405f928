"""A step that only lets time pass: so long, or until a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.outcomes import Done, Outcome, Waiting
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Work
from backend.rest.resource import Document

TIME = "time"


class Wait:
    """Over when its time has passed."""

    def begin(self, step: Step, now: datetime, pace: Pace, until: date | None) -> Beginning:
        if until is not None:
            due = pace.until(now, until)
        else:
            due = pace.later(now, step.lasts or timedelta(0))
        return Beginning(due, due, TIME)

    def call(self, work: Work) -> Call | None:  # noqa: ARG002 - as every kind
        return None

    def finish(self, work: Work, answer: Document | None) -> Outcome:  # noqa: ARG002 - as every kind
        due = work.task.due
        if due is not None and work.context.now < due:
            return Waiting(due, TIME)
        return Done()
