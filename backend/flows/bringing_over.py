"""Flows of orders that were begun elsewhere: brought to the step at which they wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backend.catalog.rules import Versions
from backend.flows import records
from backend.flows.assembly import Flows
from backend.flows.engine import FLOW
from backend.flows.outcomes import Done, Held, Waiting
from backend.flows.plan import ACTIVE, NEW
from backend.flows.progress import STEP_JOB, Progress
from backend.flows.records import Task
from backend.flows.rules import TASK_FLOW
from backend.flows.starting import Starter
from backend.flows.steps.kinds import StepKind
from backend.flows.steps.notice import Notice
from backend.flows.work import Notifier
from backend.jobs import Jobs
from backend.rest import documents, events
from backend.rest.resource import Context, Document

_BETWEEN = timedelta(minutes=4)
_BEFORE = timedelta(days=1)  # when somebody is reminded of what he waits for


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an order's flows stand: at the step `at`, held because of `reason` or until `until`.

    `waits_for` says who or what comes then, `answers` what systems answered, by step.
    """

    at: str
    reason: str | None = None
    until: datetime | None = None
    waits_for: str = ""
    answers: Mapping[str, Document] = field(default_factory=dict)


class BringingOver:
    """Writes down what was done already; the outside is not asked and nothing is promised.

    `told` writes letters down as given then; it sends none again.
    """

    def __init__(self, flows: Flows, versions: Versions, jobs: Jobs, told: Notifier) -> None:
        self._jobs = jobs
        progress = flows.progress
        kinds: Mapping[str, StepKind] = {**progress.kinds, "notice": Notice(told)}
        self._progress = Progress(_NoJobs(), flows.library, kinds, progress.pace)
        self._starter = Starter(self._progress, flows.library, versions)
        self._usual = flows.simulators.usual

    def bring(self, context: Context, order: Document, stand: Stand) -> None:
        """Begin the flows of an order in progress and pass all steps before `stand.at`.

        `context.now` is when the order was placed. ValueError when a flow never comes there.
        """
        self._starter.start(context, order)
        for flow in records.flows_of_order(context.connection, order["id"]):
            records.set_flow(context.connection, flow, begun=True)
            self._pass(replace(context, caller=FLOW), flow, stand)

    def _pass(self, context: Context, flow: str, stand: Stand) -> None:
        while True:
            active = [
                task for task in records.tasks(context.connection, flow) if task.state == ACTIVE
            ]
            before = next((task for task in active if not self._stays(context, task, stand)), None)
            if before is None:
                break
            context = replace(context, now=context.now + _BETWEEN)
            self._do(context, before, stand.answers.get(before.step, {}))
        stops = [task for task in active if task.step == stand.at]
        if not stops:
            raise ValueError(f"flow {flow} never comes to {stand.at}")
        self._stop(replace(context, now=context.now + _BETWEEN), stops[0], stand)
        for task in active:
            if task.step != stand.at and stand.until is not None:
                self._promise(context, task, stand.until - _BEFORE)

    def _stays(self, context: Context, task: Task, stand: Stand) -> bool:
        """Whether the flow stands at this step; beside it stands what waits for the same day."""
        step = self._progress.work(context, task.id).step
        return task.step == stand.at or (stand.until is not None and step.until is not None)

    def _do(self, context: Context, task: Task, answered: Document) -> None:
        """A step that was done: systems answered as they usually do, and events have come."""
        records.set_task(context.connection, task.id, attempts=1)
        work = self._progress.work(context, task.id)
        kind = self._progress.kinds[work.step.kind]
        if work.step.event is not None:
            flow = work.flow.id
            records.note_event(context.connection, flow, work.step.event, context.now, {})
        call = kind.call(work)
        answer = None if call is None else {**self._usual(call), **answered}
        outcome = kind.finish(work, answer)
        if not isinstance(outcome, Done):
            raise ValueError(f"{task.step} is not over by itself")  # noqa: TRY004 - a wrong stand
        self._progress.settle(work, outcome)

    def _stop(self, context: Context, task: Task, stand: Stand) -> None:
        records.set_task(context.connection, task.id, attempts=1)
        work = self._progress.work(context, task.id)
        if stand.reason is not None:
            self._progress.settle(work, Held(stand.reason))
        if stand.until is not None:
            waiting = Waiting(stand.until, stand.waits_for)
            self._progress.wait(work, waiting, asked=False)
            _promise_anew(context, task, stand.until)
            self._promise(context, task, stand.until)

    def _promise(self, context: Context, task: Task, moment: datetime) -> None:
        turn = records.next_turn(context.connection, task.id)
        self._jobs.defer(context.connection, STEP_JOB, run_at=moment, task=task.id, turn=turn)


def _promise_anew(context: Context, waiting: Task, until: datetime) -> None:
    """What is still to be done is promised from the day on which the waiting ends."""
    left = [
        task
        for task in records.tasks(context.connection, waiting.process_flow_id)
        if task.state in {ACTIVE, NEW}
    ]
    for task in left:

        def later(document: Document) -> Document:
            promised = datetime.fromisoformat(document["requestedCompletionDate"])
            return {**document, "requestedCompletionDate": events.timestamp(max(promised, until))}

        documents.rewrite(context, TASK_FLOW, task.id, later)
    flow = records.lock_flow(context.connection, waiting.process_flow_id)
    if flow is not None:
        before = datetime.fromisoformat(str(flow.facts["promised"]))
        promised = {"promised": events.timestamp(max(before, until))}
        records.set_flow(context.connection, flow.id, facts={**flow.facts, **promised})


class _NoJobs(Jobs):
    """Promises nothing: what was done elsewhere is not done again."""

    def defer(
        self,
        connection: sa.Connection,  # noqa: ARG002 - as in Jobs
        task: str,  # noqa: ARG002 - as in Jobs
        /,
        *,
        run_at: datetime | None = None,  # noqa: ARG002 - as in Jobs
        lock: str | None = None,  # noqa: ARG002 - as in Jobs
        once: str | None = None,  # noqa: ARG002 - as in Jobs
        **arguments: Any,  # noqa: ARG002 - as in Jobs
    ) -> int | None:
        return None
