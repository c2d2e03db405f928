"""An automatic step: an action in our own database, or of a network system."""

from __future__ import annotations

from datetime import datetime

from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.outcomes import Done, Outcome
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Action, Actions, Inside, Outside, Work
from backend.rest.resource import Document


class Automatic:
    """Done by the machine, as soon as it may begin."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def begin(self, step: Step, now: datetime, pace: Pace) -> Beginning:  # noqa: ARG002 - as every kind
        return Beginning(now)

    def call(self, work: Work) -> Call | None:
        return asked(self._action(work), work)

    def finish(self, work: Work, answer: Document | None) -> Outcome:
        action = self._action(work)
        if isinstance(action, Inside):
            return Done(action.run(work))
        return Done(action.apply(work, answer or {}))

    def _action(self, work: Work) -> Action:
        return self._actions[str(work.step.does)]


def asked(action: Action, work: Work) -> Call | None:
    """What an action asks a network system; the step's id is the key of all its tries."""
    if not isinstance(action, Outside):
        return None
    return Call(action.system, action.operation, work.task.id, action.body(work))
