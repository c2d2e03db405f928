"""Runs the steps of flows, each in transactions of its own; a job goes from step to step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

import sqlalchemy as sa
import structlog
from procrastinate import RetryStrategy

from backend.access.caller import Caller
from backend.database import Database
from backend.flows import calls, orders, records
from backend.flows.adapters.network import (
    Answer,
    Answered,
    Call,
    NetworkSystems,
    NoAnswer,
    Pending,
    Refusal,
)
from backend.flows.outcomes import Done, Held, Outcome, Waiting
from backend.flows.plan import ACTIVE
from backend.flows.progress import STEP_JOB, Baton, Progress
from backend.flows.steps.kinds import StepKind
from backend.flows.work import Work
from backend.jobs import Jobs, Running
from backend.ordering.cancelling import Stop
from backend.rest import events
from backend.rest.errors import NotFound, Problem
from backend.rest.resource import Context, Document

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.flows")
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(minutes=30)
_AT_ONCE = 1.0  # seconds that a job may go on from step to step
AGAIN = RetryStrategy(wait=1, linear_wait=2)  # the database was lost: until it is back

FLOW = Caller(
    user_id="process-flow",
    name="Process flow",
    roles=frozenset(),
    rights=frozenset({"puk.reveal", "order.create", "product.suspend", "product.resume"}),
    reseller=None,
)
"""Who acts when a step does."""


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What drives the engine and is chosen by whoever builds it.

    `reached` is called with the name of each point where a crash would matter; `chance`
    gives numbers from 0 to 1 for the jitter of pauses.
    """

    reached: Callable[[str], None] = lambda _point: None
    chance: Callable[[], float] = SystemRandom().random


class Engine:
    """Does the work of steps, whenever a job says so."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        progress: Progress,
        network: NetworkSystems,
        now: Callable[[], datetime],
        clockwork: Clockwork | None = None,
    ) -> None:
        self._database = database
        self._progress = progress
        self._network = network
        self._now = now
        self._clockwork = clockwork or Clockwork()
        jobs.add(STEP_JOB, self.run_step, retry=AGAIN, goes_on=True)

    def run_step(self, task: str, turn: int, running: Running | None = None) -> None:
        """Work on one step; nothing when it is over, or when it is another job's turn.

        A job that is `running` goes on with the flow's next steps, for a second at most: so
        others come to their turn, and a worker that is told to stop does.
        """
        until = time.monotonic() + _AT_ONCE
        following: tuple[str, int] | None = (task, turn)
        while following is not None:
            baton = Baton(running if time.monotonic() < until else None)
            self._run_one(*following, baton)
            # taken in a transaction that failed: then it is not this turn, and nothing is done
            following = baton.taken

    def _run_one(self, task: str, turn: int, baton: Baton) -> None:
        call: Call | None = None
        try:
            call = self._begin(task, turn, baton)
            if call is not None:
                answer = self._network.call(call)
                self._reached(call.key, "answered")
                self._conclude(call, turn, answer, baton)
        except NoAnswer as silence:
            self._try_later(task, turn, str(silence), call)
        except sa.exc.OperationalError:
            raise
        except Exception as fault:  # noqa: BLE001 - one step's fault must not stop the others
            _LOG.error("step failed", step=task, exc_info=fault)
            self._try_later(task, turn, "An unexpected fault; see the log.")

    def reported(
        self, task: str, facts: Mapping[str, Any] | None = None, name: str | None = None
    ) -> None:
        """A system reports on what it was asked under this key. NotFound.

        Without a name it is the event that the step itself waits for.
        """
        with self._transaction(task) as context:
            work = self._progress.work(context, task)
            flow, event = work.flow.id, name or work.step.event
        if event is not None:
            self.event_arrived(flow, event, facts)

    def event_arrived(self, flow: str, name: str, facts: Mapping[str, Any] | None = None) -> None:
        """Something happened outside: the step that waits for it is over. NotFound.

        It is remembered, so it may come before its step; again it changes nothing.
        """
        with self._transaction(flow) as context:
            self.note_event(context, flow, name, facts or {})

    def note_event(self, context: Context, flow: str, name: str, facts: Mapping[str, Any]) -> None:
        """As `event_arrived`, in the caller's transaction."""
        found = records.lock_flow(context.connection, flow)
        if found is None:
            raise NotFound("There is no such processFlow.", code="notFound")
        records.note_event(context.connection, flow, name, context.now, facts)
        for task in records.tasks(context.connection, flow):
            if task.state == ACTIVE:
                work = self._progress.work(context, task.id)
                if work.step.kind == "event" and work.step.event == name:
                    self._settle(work, None)
        definition = self._progress.library.version(context.connection, found.specification_id)
        if name in definition.ends_on:
            current = records.lock_flow(context.connection, flow) or found
            self._progress.end_on(context, current, name, facts)

    def cancel_order(self, context: Context, order: Document) -> Stop:
        """Stop the flows of an order and take back what they did, unless it is too late."""
        ids = records.flows_of_order(context.connection, order["id"])
        flows = [
            flow
            for identity in ids
            if (flow := records.lock_flow(context.connection, identity)) is not None
            and flow.state in {"active", "hold"}
        ]
        if any(flow.no_return for flow in flows):
            return Stop.TOO_LATE
        if not flows:
            return Stop.AT_ONCE
        for flow in flows:
            records.set_flow(context.connection, flow.id, amended=False)
            if not flow.cancelling:
                self._progress.cancel(context, flow)
        left = records.open_flows_of_order(context.connection, order["id"])
        return Stop.LATER if left else Stop.AT_ONCE

    def _begin(self, task: str, turn: int, baton: Baton) -> Call | None:
        """Note the attempt; what must be asked outside, or None when all is done."""
        with self._transaction(task) as context:
            work = self._active(context, task, turn)
            if work is None:
                return None
            if not work.flow.begun:
                orders.begin(work.context, work.flow)
                records.set_flow(context.connection, work.flow.id, begun=True)
            attempts = work.task.attempts + 1
            work = replace(work, task=replace(work.task, attempts=attempts))
            try:
                call = self._kind(work).call(work)
            except Problem as refusal:
                self._progress.settle(work, Held(_spoken(refusal)), baton)
                return None
            if call is None:
                self._settle(work, None, baton)
            else:
                records.set_task(context.connection, task, attempts=attempts)
            self._reached(task, "before-commit")
        self._reached(task, "committed")
        return call

    def _conclude(self, call: Call, turn: int, answer: Answer, baton: Baton) -> None:
        task = call.key
        with self._transaction(task) as context:
            work = self._active(context, task, turn)
            if work is None:
                return
            calls.note(context.connection, context.now, call, answer)
            match answer:
                case Answered(result):
                    self._settle(work, result, baton)
                case Pending(after):
                    until = self._progress.pace.later(work.context.now, after)
                    self._progress.wait(work, Waiting(until, work.step.who), asked=False)
                case Refusal(reason) if work.step.refusal == "continue":
                    refused = {"refused": True, "reason": reason}
                    done = Done(refused, outcome="refused", shown={"reason": reason})
                    self._progress.settle(work, done, baton)
                case Refusal(reason):
                    self._progress.settle(work, Held(reason), baton)
            self._reached(task, "before-end")
        self._reached(task, "ended")

    def _settle(self, work: Work, answer: Document | None, baton: Baton | None = None) -> None:
        """Do the step's work; a rule that refuses leaves nothing of it behind."""
        outcome: Outcome
        try:
            with events.part(work.context):
                outcome = self._kind(work).finish(work, answer)
        except Problem as refusal:
            outcome = Held(_spoken(refusal))
        self._progress.settle(work, outcome, baton)

    def _try_later(self, task: str, turn: int, reason: str, call: Call | None = None) -> None:
        """Try again after a pause; after the last try people must help."""
        with self._transaction(task) as context:
            work = self._active(context, task, turn)
            if work is None:
                return
            if call is not None:
                calls.note_silence(context.connection, context.now, call, reason)
            faults = work.task.faults + 1
            if faults >= work.step.tries:
                self._progress.settle(work, Held(reason, "failed"))
                return
            until = self._progress.pace.later(work.context.now, self._pause(faults))
            waiting = Waiting(until, work.step.who)
            self._progress.wait(work, waiting, asked=False, reason=reason)

    def _pause(self, faults: int) -> timedelta:
        """Twice as long after each fault, and never for two steps the same."""
        longest: timedelta = min(_FIRST_PAUSE * 2.0 ** (faults - 1), _LONGEST_PAUSE)
        return longest * (0.5 + self._clockwork.chance() / 2)

    def _active(self, context: Context, task: str, turn: int) -> Work | None:
        work = self._progress.work(context, task)
        mine = work.task.state == ACTIVE and work.task.turn == turn
        return work if mine else None

    def _kind(self, work: Work) -> StepKind:
        return self._progress.kinds[work.step.kind]

    def _reached(self, task: str, point: str) -> None:
        self._clockwork.reached(f"{task}:{point}")

    @contextmanager
    def _transaction(self, correlation: str) -> Iterator[Context]:
        with self._database.begin() as connection:
            context = Context(connection, FLOW, self._now(), correlation)
            with events.gathered(context):
                yield context


def _spoken(refusal: Problem) -> str:
    return f"{refusal.reason} {refusal.message}".strip()
