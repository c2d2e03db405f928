"""A step that people do."""

from __future__ import annotations

from datetime import date, datetime

from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.outcomes import Done, Outcome
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Work
from backend.rest.resource import Document


class Manual:
    """Waits for the desk named in `who`; over when somebody says so."""

    def begin(
        self,
        step: Step,
        now: datetime,
        pace: Pace,
        until: date | None,  # noqa: ARG002 - as every kind
    ) -> Beginning:
        due = None if step.within is None else pace.later(now, step.within)
        return Beginning(None, due, step.who)

    def call(self, work: Work) -> Call | None:  # noqa: ARG002 - as every kind
        return None

    def finish(self, work: Work, answer: Document | None) -> Outcome:  # noqa: ARG002 - as every kind
        return Done(answer or {})
