"""An automatic step: an action in our own database, or of a network system."""

from __future__ import annotations

from datetime import date, datetime

from backend.flows import records
from backend.flows.adapters.network import Call
from backend.flows.definition import UNDO, Step
from backend.flows.outcomes import Done, Outcome
from backend.flows.plan import COMPLETED
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Actions, Inside, Outside, Varied, Work
from backend.rest.resource import Document


class Automatic:
    """Done by the machine, as soon as it may begin."""

    def __init__(self, actions: Actions) -> None:
        self._actions = actions

    def begin(
        self,
        step: Step,  # noqa: ARG002 - as every kind
        now: datetime,
        pace: Pace,  # noqa: ARG002 - as every kind
        until: date | None,  # noqa: ARG002 - as every kind
    ) -> Beginning:
        return Beginning(now)

    def call(self, work: Work) -> Call | None:
        return None if self._never_was(work) else asked(self._actions, work)

    def finish(self, work: Work, answer: Document | None) -> Outcome:
        if self._never_was(work):
            return Done()
        action = _action(self._actions, work)
        if isinstance(action, Inside):
            return Done(action.run(work))
        return Done(action.apply(work, answer or {}))

    def _never_was(self, work: Work) -> bool:
        """Whether the step takes back what our own database refused: nothing was left of it."""
        if not work.task.step.startswith(UNDO):
            return False
        undone = work.definition.step(work.task.step.removeprefix(UNDO))
        if undone.does is None or not isinstance(self._actions[undone.does], Inside):
            return False
        tasks = records.tasks(work.context.connection, work.flow.id)
        return any(task.step == undone.id and task.state != COMPLETED for task in tasks)


def asked(actions: Actions, work: Work) -> Call | None:
    """What the step's action asks a network system; the step's id is the key of all its tries."""
    action = _action(actions, work)
    if isinstance(action, Inside):
        return None
    return Call(action.system, action.operation, work.task.id, action.body(work))


def _action(actions: Actions, work: Work) -> Inside | Outside:
    action = actions[str(work.step.does)]
    return action.choose(work) if isinstance(action, Varied) else action
