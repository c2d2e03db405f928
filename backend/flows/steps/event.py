"""A step that waits until something happens outside."""

from __future__ import annotations

from datetime import date, datetime

from backend.flows import records
from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.outcomes import Done, Held, Outcome, Waiting
from backend.flows.steps.automatic import asked
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Actions, Work
from backend.rest.resource import Document


class Event:
    """Asks first to be told (`does`), then waits, at most `within` or until a day.

    What does not come in time holds the flow, or with `late` continue is a result: `late`.
    """

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def begin(self, step: Step, now: datetime, pace: Pace, until: date | None) -> Beginning:
        due = None if step.within is None else pace.later(now, step.within)
        if until is not None:
            due = pace.until(now, until)
        return Beginning(now, due, step.event)

    def call(self, work: Work) -> Call | None:
        if work.task.asked or work.step.does is None:
            return None
        return asked(self._actions, work)

    def finish(self, work: Work, answer: Document | None) -> Outcome:  # noqa: ARG002 - as every kind
        happened = records.event(work.context.connection, work.flow.id, work.step.event)
        if happened is not None:
            return Done(dict(happened))
        due = work.task.due
        if due is not None and work.context.now >= due and work.step.late == "continue":
            return Done({"late": True})
        if due is not None and work.context.now >= due:
            return Held(f"{work.step.who} did not report in time.", "late")
        return Waiting(due, str(work.step.event))
