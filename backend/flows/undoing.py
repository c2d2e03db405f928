"""Taking back what a flow did: the steps that do it are tasks of the same flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backend.flows import papers, plan
from backend.flows.definition import UNDO, Definition, Step
from backend.flows.plan import ACTIVE, CANCELLED, COMPLETED, HOLD, Standings
from backend.flows.records import Flow, Task
from backend.flows.rules import PROCESS_FLOW, of_flow
from backend.rest import documents
from backend.rest.documents import New
from backend.rest.resource import Context, Document

UNCERTAIN, NOT_NEEDED = "uncertain", "notNeeded"
"""Outcomes of cancelled steps: one may have been done outside, the other never began."""

PEOPLE = "provisioning fallout"
"""The desk that helps steps that can not go on (department PV)."""


def may_begin(standings: Standings) -> bool:
    """Whether nothing runs any more and taking back has not begun."""
    return not any(
        step.startswith(UNDO) or standing.state in {ACTIVE, HOLD}
        for step, standing in standings.items()
    )


def begin(context: Context, flow: Flow, definition: Definition, tasks: Sequence[Task]) -> None:
    """Add the steps that take everything back, each after the other, the last done first."""
    after: tuple[str, ...] = ()
    added: list[New] = []
    position = max(task.position for task in tasks)
    parties = documents.find(context, PROCESS_FLOW, flow.id).get("relatedParty", [])
    for done in _to_undo(definition, tasks):
        position += 1
        step = replace(definition.step(UNDO + done.id), after=after)
        document = papers.task(definition, step, flow.id, parties, context.now)
        added.append(new_task(flow.id, step, position, document))
        after = (step.id,)
    documents.create_many(context, added)


def new_task(
    flow_id: str,
    step: Step,
    position: int,
    document: Document,
    identity: str | None = None,
    outcome: str = "",
) -> New:
    """A step of a flow, to be stored."""
    columns = {"position": position, "after": list(step.after), "outcome": outcome}
    return New(of_flow(flow_id), document, identity, columns)


def _to_undo(definition: Definition, tasks: Sequence[Task]) -> list[Step]:
    done = [task for task in tasks if task.state == COMPLETED or _uncertain(task)]
    ended = sorted(done, key=lambda task: (task.ended is None, task.ended, task.position))
    standings = {task.step: plan.Standing(task.after, COMPLETED) for task in done}
    return plan.to_undo(standings, definition.steps, [task.step for task in ended])


def _uncertain(task: Task) -> bool:
    return task.state == CANCELLED and task.outcome == UNCERTAIN
