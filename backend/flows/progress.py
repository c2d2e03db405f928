"""How a flow goes on: each move is part of the transaction that holds the flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.flows import conditions, orders, papers, plan, records, undoing
from backend.flows.adapters.watched import Watch, unwatched
from backend.flows.definition import ENDED, UNDO, Step
from backend.flows.library import Library
from backend.flows.outcomes import Done, Held, Outcome, Waiting
from backend.flows.plan import ACTIVE, CANCELLED, COMPLETED, HOLD, NEW, SKIPPED, Standing, Standings
from backend.flows.records import Flow, Task
from backend.flows.references import day_of
from backend.flows.rules import PROCESS_FLOW, TASK_FLOW
from backend.flows.steps.kinds import Pace, StepKind
from backend.flows.work import Work
from backend.jobs import Jobs, Running
from backend.rest import documents, events
from backend.rest.errors import NotFound
from backend.rest.resource import Context, Document

STEP_JOB = "flow-step"
EVENT_JOB = "flow-event"
BEGIN_JOB = "flow-begin"
ANEW_JOB = "flow-begin-anew"


@dataclass(slots=True)
class Baton:
    """A step's job, if it may go on with one of the steps that follow instead of ending."""

    running: Running | None = None
    taken: tuple[str, int] | None = None
    """The step that the job is for now, and its turn; if the transaction commits."""

    def take(self, connection: sa.Connection, task: str, turn: int) -> bool:
        """Let the job go on with this step; False where a job must be promised for it."""
        if self.running is None or self.taken is not None:
            return False
        if self.running.go_on(connection, task=task, turn=turn):
            self.taken = (task, turn)
        return self.taken is not None


class Progress:
    """Begins steps, ends them, and begins what follows."""

    def __init__(
        self,
        jobs: Jobs,
        library: Library,
        kinds: Mapping[str, StepKind],
        pace: Pace,
        watch: Watch = unwatched,
    ) -> None:
        self.jobs = jobs
        self.library = library
        self.kinds = kinds
        self.pace = pace
        self._watch = watch

    def work(self, context: Context, task_id: str) -> Work:
        """A step with its flow, which is held until the transaction ends. NotFound."""
        flow = records.lock_flow_of(context.connection, task_id)
        if flow is None:
            raise NotFound("There is no such taskFlow.", code="notFound")
        task = records.task(context.connection, task_id)
        definition = self.library.version(context.connection, flow.specification_id)
        return Work(context, definition, flow, task, definition.step(task.step))

    def settle(self, work: Work, outcome: Outcome, baton: Baton | None = None) -> None:
        """Write down how the step's work ended, and begin what follows.

        A `baton` is the step's own job: it may go on with what follows.
        """
        result: Document = {}
        match outcome:
            case Done(result):
                self._done(work, outcome)
            case Waiting():
                self.wait(work, outcome, asked=True)
                return
            case Held() if work.flow.cancelling and not work.task.step.startswith(UNDO):
                # nobody needs it any more; whether it was done is not known
                self._end(work, CANCELLED, undoing.UNCERTAIN, {"reason": outcome.reason})
            case Held():
                self._hold(work, outcome)
        self._advance(work.context, self._current(work, result), baton)

    def wait(self, work: Work, outcome: Waiting, *, asked: bool, reason: str | None = None) -> None:
        """The step stays active and is looked at again."""
        attempts = work.task.attempts
        columns: dict[str, Any] = {"asked": asked or work.task.asked, "attempts": attempts}
        columns["faults"] = 0 if reason is None else work.task.faults + 1
        columns |= self._promise(work.context, work.task, outcome.until)
        facts = {"attempts": attempts, "waitsFor": outcome.waits_for, "reason": reason}
        self._rewrite(work.context, work.task.id, {}, facts, **columns)

    def again(self, work: Work) -> None:
        """Try a held step once more, with all its tries."""
        columns: dict[str, Any] = {"faults": 0, "outcome": "", "held": None}
        columns |= self._promise(work.context, work.task, work.context.now)
        facts = {"outcome": None, "reason": None, "waitsFor": None}
        self._rewrite(work.context, work.task.id, {"state": ACTIVE}, facts, **columns)
        self.advance(work.context, work.flow.id)

    def cancel(self, context: Context, flow: Flow) -> None:
        """Nothing new begins; when what runs has ended, all is taken back in reverse."""
        records.set_flow(context.connection, flow.id, cancelling=True)
        for task in records.tasks(context.connection, flow.id):
            work = self.work(context, task.id)
            if task.state == HOLD:
                self._end(work, CANCELLED, undoing.UNCERTAIN, {"waitsFor": None})
            elif task.state == NEW or (task.state == ACTIVE and not _at_work(work)):
                self._end(work, CANCELLED, undoing.NOT_NEEDED, {"waitsFor": None})
        self.advance(context, flow.id)

    def end_on(self, context: Context, flow: Flow, name: str, facts: Mapping[str, Any]) -> None:
        """An event ends the flow where it is, once: what is not done is skipped.

        What is at work ends first; then come the steps that follow on the event.
        """
        if flow.state not in {ACTIVE, HOLD} or flow.cancelling or ENDED in flow.results:
            return
        results = {**flow.results, ENDED: {**facts, "by": name}}
        records.set_flow(context.connection, flow.id, results=results)
        for task in records.tasks(context.connection, flow.id):
            work = self.work(context, task.id)
            waits = task.state in {NEW, HOLD} or (task.state == ACTIVE and not _at_work(work))
            if waits and work.step.ended_by != name:
                self._end(work, CANCELLED, SKIPPED, {"waitsFor": None})
        self.advance(context, flow.id)

    def advance(self, context: Context, flow_id: str) -> None:
        """Begin every step that may begin now; end the flow when nothing is left. NotFound."""
        flow = records.lock_flow(context.connection, flow_id)
        if flow is None:
            raise NotFound("There is no such processFlow.", code="notFound")
        self._advance(context, flow)

    def _advance(self, context: Context, flow: Flow, baton: Baton | None = None) -> None:
        """`flow` is as it stands now. What is changed here is kept in mind, not read again."""
        definition = self.library.version(context.connection, flow.specification_id)
        tasks = {task.step: task for task in records.tasks(context.connection, flow.id)}
        standings = _standings(tasks.values())
        while True:
            if flow.cancelling and undoing.may_begin(standings):
                undoing.begin(context, flow, definition, list(tasks.values()))
                tasks = {task.step: task for task in records.tasks(context.connection, flow.id)}
                standings = _standings(tasks.values())
            skipped = False
            for step in plan.open_steps(standings):
                work = Work(context, definition, flow, tasks[step], definition.step(step))
                standings[step] = self._open(work, baton)
                skipped = skipped or standings[step].outcome == SKIPPED
            if not skipped:
                break
        self._follow(context, flow, standings)

    def _open(self, work: Work, baton: Baton | None) -> Standing:
        """Begin a step, or skip it, so that more may be open; how it then stands."""
        context, flow, task, step = work.context, work.flow, work.task, work.step
        if not _wanted(step, flow):
            self._end(work, CANCELLED, SKIPPED, {})
            return Standing(task.after, CANCELLED, SKIPPED)
        until = day_of(step.until, flow.facts, flow.results)
        beginning = self.kinds[step.kind].begin(step, context.now, self.pace, until)
        turn = self._promise(context, task, beginning.work_at, baton)
        started = {"state": ACTIVE, "startDate": events.timestamp(context.now)}
        facts = {"waitsFor": beginning.waits_for, **papers.booked(step, flow.results)}
        self._rewrite(context, task.id, started, facts, due=beginning.due, **turn)
        if step.point_of_no_return and not flow.no_return:
            documents.rewrite(
                context,
                PROCESS_FLOW,
                flow.id,
                lambda document: papers.noted(document, {"pointOfNoReturnPassed": True}),
                {"no_return": True},
            )
        return Standing(task.after, ACTIVE)

    def _current(self, work: Work, result: Document) -> Flow:
        """The flow as its step left it, with what the step brought."""
        connection = work.context.connection
        if result:
            return records.bring(connection, work.flow.id, work.step.id, result)
        return records.lock_flow(connection, work.flow.id) or work.flow

    def _done(self, work: Work, outcome: Done) -> None:
        facts: Document = {"waitsFor": None, "reason": None, "told": list(outcome.told) or None}
        facts |= outcome.shown
        self._end(work, COMPLETED, outcome.outcome, facts)
        if work.step.announces and work.flow.order_id:
            self._announce(work, work.flow.order_id, work.step.announces)

    def _announce(self, work: Work, order_id: str, name: str) -> None:
        """Tell the order's other flows, and others about the same products, in their own time."""
        connection = work.context.connection
        products = work.facts.get("productIds", ())
        told = {
            *records.flows_of_order(connection, order_id),
            *records.open_flows_of_products(connection, work.customer_id, products),
        }
        for flow in sorted(told - {work.flow.id}):
            self.jobs.defer(connection, EVENT_JOB, flow=flow, name=name)

    def _end(self, work: Work, state: str, outcome: str, facts: Document) -> None:
        now = work.context.now
        attributes = {"state": state}
        if state == COMPLETED:
            attributes["completionDate"] = events.timestamp(now)
        shown = {"attempts": work.task.attempts or None, "outcome": outcome, **facts}
        columns = {"outcome": outcome, "ended": now, "attempts": work.task.attempts}
        done = self._rewrite(work.context, work.task.id, attributes, shown, **columns)
        self._tell(work, done, outcome)

    def _hold(self, work: Work, outcome: Held) -> None:
        columns = {
            "outcome": outcome.outcome,
            "attempts": work.task.attempts,
            "held": work.context.now,
        }
        facts = {
            "attempts": work.task.attempts,
            "outcome": outcome.outcome,
            "reason": outcome.reason,
            "waitsFor": undoing.PEOPLE,
        }
        held = self._rewrite(work.context, work.task.id, {"state": HOLD}, facts, **columns)
        self._tell(work, held, outcome.outcome)

    def _follow(self, context: Context, flow: Flow, standings: Standings) -> None:
        """The flow's state, and its order's, follow from its steps."""
        if plan.is_over(standings):
            self._move(context, flow, CANCELLED if flow.cancelling else COMPLETED)
            if flow.cancelling and flow.amended and flow.order_id:
                self.jobs.defer(context.connection, ANEW_JOB, order=flow.order_id)
            elif flow.cancelling:
                orders.cancelled(context, flow)
            return
        held = any(standing.state == HOLD for standing in standings.values())
        state = HOLD if held else ACTIVE
        if state != flow.state:
            self._move(context, flow, state)
            (orders.hold if held else orders.resume)(context, flow)

    def _move(self, context: Context, flow: Flow, state: str) -> None:
        if flow.state == HOLD and state == COMPLETED:
            self._move(context, flow, ACTIVE)
        documents.rewrite(
            context, PROCESS_FLOW, flow.id, lambda document: {**document, "state": state}
        )

    def _rewrite(
        self,
        context: Context,
        task: str,
        attributes: Document,
        facts: Mapping[str, object],
        **columns: object,
    ) -> Document:
        return documents.rewrite(
            context,
            TASK_FLOW,
            task,
            lambda document: papers.noted({**document, **attributes}, facts),
            columns,
        ).document

    def _tell(self, work: Work, task: Document, outcome: str) -> None:
        if (began := task.get("startDate")) is not None:
            took = work.context.now - datetime.fromisoformat(began)
            self._watch(work.step.who, outcome, took.total_seconds())

    def _promise(
        self, context: Context, task: Task, at: datetime | None, baton: Baton | None = None
    ) -> dict[str, int]:
        """A job for the step; it takes the place of any that was promised before.

        Its turn, as the column to write; nothing where no job is wanted.
        """
        if at is None:
            return {}
        later = at if at > context.now else None
        turn = task.turn + 1
        if later or not baton or not baton.take(context.connection, task.id, turn):
            self.jobs.defer(context.connection, STEP_JOB, run_at=later, task=task.id, turn=turn)
        return {"turn": turn}


def _at_work(work: Work) -> bool:
    """Whether a job may be doing something that must be waited for."""
    return work.step.kind == "automatic" and work.task.attempts > 0


def _wanted(step: Step, flow: Flow) -> bool:
    if step.ended_by is not None and flow.results.get(ENDED, {}).get("by") != step.ended_by:
        return False
    if step.when is None or not conditions.hangs_on_results(step.when):
        return True  # what hangs on facts alone was decided when the flow began
    return conditions.holds(step.when, flow.facts, flow.results)


def _standings(tasks: Iterable[Task]) -> dict[str, Standing]:
    return {task.step: Standing(task.after, task.state, task.outcome) for task in tasks}
