"""A visit that was moved: the flow that waits for it knows, and the customer is told anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.appointment import rules as appointment
from backend.flows import records
from backend.flows.actions.visits import APPOINTMENT, NEXT
from backend.flows.definition import UNDO
from backend.flows.letter_data import fields_of, rows_of, written
from backend.flows.papers import booked, noted
from backend.flows.plan import ACTIVE, COMPLETED
from backend.flows.progress import Progress
from backend.flows.records import Flow
from backend.flows.references import day_of
from backend.flows.rules import TASK_FLOW
from backend.flows.work import Notifier, Work
from backend.rest import documents
from backend.rest.resource import Context, Document

BOOKED = "LT09"
"""The letter that tells the day of a visit."""


class Rebooking:
    """Told of moved visits in the transaction that writes them down."""

    def __init__(self, progress: Progress, notifier: Notifier) -> None:
        self._progress = progress
        self._notifier = notifier

    def moved(self, context: Context, visit: Document) -> None:
        """Steps that come later find the new day; who was told the old one is told the new one."""
        order = appointment.order_of(visit)
        if order is None:
            return
        for flow_id in records.flows_of_order(context.connection, order):
            flow = records.lock_flow(context.connection, flow_id)
            if flow is not None and _changed(context, flow, visit):
                self._tell(context, flow_id, visit)

    def _tell(self, context: Context, flow_id: str, visit: Document) -> None:
        for task in records.tasks(context.connection, flow_id):
            if task.step.startswith(UNDO) or task.state not in {ACTIVE, COMPLETED}:
                continue
            work = self._progress.work(context, task.id)
            if task.state == ACTIVE:
                self._put_off(work)
            elif BOOKED in work.step.told:
                self._write(work, visit)

    def _put_off(self, work: Work) -> None:
        """What waits until the day of the visit waits until the new one."""
        day = day_of(work.step.until, work.facts, work.flow.results)
        if day is not None:
            due = self._progress.pace.until(work.context.now, day)
            records.set_task(work.context.connection, work.task.id, due=due)
        if told := booked(work.step, work.flow.results):
            documents.rewrite(
                work.context, TASK_FLOW, work.task.id, lambda before: noted(before, told)
            )

    def _write(self, work: Work, visit: Document) -> None:
        begins = visit["validFor"]["startDateTime"]
        self._notifier.letter(
            work.context,
            BOOKED,
            work.customer_id,
            key=f"{work.flow.id}:{BOOKED}:{visit['id']}:{begins}",
            order=work.order(),
            fields={**fields_of(work, BOOKED), **written(appointment.facts_of(visit))},
            rows=rows_of(work),
        )


def _changed(context: Context, flow: Flow, visit: Document) -> bool:
    """Whether a step of the flow booked it; its result then has the new time."""
    told = appointment.facts_of(visit)
    results = {
        name: _anew(result, told) if result.get(APPOINTMENT) == visit["id"] else result
        for name, result in flow.results.items()
    }
    records.set_flow(context.connection, flow.id, results=results)
    return results != flow.results


def _anew(result: Mapping[str, Any], told: Document) -> Document:
    return {**result, NEXT: told["visit.day"]} if NEXT in result else {**result, **told}
