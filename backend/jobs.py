"""The job queue: work to be done later, at least once, promised in our own transactions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import orjson
import procrastinate
import sqlalchemy as sa
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.job_context import JobContext
from procrastinate.retry import BaseRetryStrategy

from backend.database import Database, raw

_SWEEP_LOCK = 7_204_115  # one worker at a time looks for dead ones

_STALLED = sa.text("""
    SELECT job.id, job.lock FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :seconds))
      AND job.worker_id IS DISTINCT FROM :me
    ORDER BY job.id
""")
_RETRY = sa.text("SELECT procrastinate_retry_job_v1(:job, now(), NULL, NULL, NULL)")
_ANEW = sa.text("""
    WITH taken AS (
        DELETE FROM procrastinate_jobs WHERE id = :job AND status = 'doing' RETURNING *
    )
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, priority, lock, queueing_lock, args, attempts)
    SELECT queue_name, task_name, greatest(priority, 1), lock, queueing_lock, args, attempts + 1
    FROM taken ON CONFLICT DO NOTHING
""")
_GO_ON = sa.text("""
    UPDATE procrastinate_jobs SET args = CAST(:arguments AS jsonb)
    WHERE id = :job AND worker_id = :worker AND status = 'doing' AND lock IS NULL
""")
_FORGET = sa.text("""
    DELETE FROM procrastinate_jobs WHERE id IN (
        SELECT job.id FROM procrastinate_jobs job
        WHERE job.status NOT IN ('todo', 'doing') AND NOT EXISTS (
            SELECT FROM procrastinate_events event
            WHERE event.job_id = job.id AND event.at >= :moment
        )
        ORDER BY job.id LIMIT :most
    )
""")


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of job: its name in the queue and the function that does the work."""

    name: str
    work: Callable[..., None]
    retry: BaseRetryStrategy | None
    times: str | None = None
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Running:
    """A job at work: its number in the queue, and the worker that does it."""

    job: int
    worker: int

    def go_on(self, connection: sa.Connection, **arguments: Any) -> bool:
        """Let the job be this work from now on, in the caller's transaction.

        Nothing is promised, fetched or ended for it: whoever runs the job does it after the
        commit, and if this worker dies before its end the job is taken over with it. False where
        the job is not this worker's any more: then it must be promised as ever.
        """
        told = orjson.dumps(arguments).decode()
        values = {"arguments": told, "job": self.job, "worker": self.worker}
        return connection.execute(_GO_ON, values).rowcount == 1


class Jobs:
    """Knows every kind of job, and promises single ones.

    Work runs at least once: a worker may die between doing and saying so. Whatever a job
    does outside the database must carry an idempotency key.
    """

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}
        # never opened: each promise is written on the connection it is given
        self._promising = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def add(
        self,
        name: str,
        work: Callable[..., None],
        *,
        retry: BaseRetryStrategy | None = None,
        goes_on: bool = False,
    ) -> None:
        """Make `name` known; `work` is called with the arguments the job was promised with.

        Without `retry` a job that raises has failed for good. Work that `goes_on` is also given
        the job as `running`.
        """
        if name in self._tasks:
            raise ValueError(f"two kinds of job are named {name}")
        self._tasks[name] = Task(name, work, retry, goes_on=goes_on)

    def every(self, times: str, name: str, work: Callable[[int], None]) -> None:
        """Let `work` be done at `times` (as cron writes them, UTC), once for all processes.

        It is given the moment it stands for, in seconds since 1970. What is late because no
        worker ran is done once; what has not begun when its time comes again is left out.
        """
        self.add(name, work)
        self._tasks[name] = replace(self._tasks[name], times=times)

    def defer(
        self,
        connection: sa.Connection,
        task: str,
        /,
        *,
        run_at: datetime | None = None,
        lock: str | None = None,
        once: str | None = None,
        **arguments: Any,
    ) -> int | None:
        """Promise a job inside the caller's transaction; its number in the queue.

        `run_at`: not before. `lock`: jobs with the same lock run one after another, in
        order. `once`: while a job with this key waits, no second one is promised (None).
        `arguments` must be JSON, and ids rather than anything about people.
        """
        if task not in self._tasks:
            raise KeyError(task)
        promise = self._promising.configure_task(
            task,
            connection=raw(connection),
            schedule_at=run_at,
            lock=lock,
            queueing_lock=once,
        )
        if once is None:
            return promise.defer(**arguments)
        try:
            with connection.begin_nested():
                return promise.defer(**arguments)
        except AlreadyEnqueued:
            return None

    def cancel(self, connection: sa.Connection, job: int) -> bool:
        """Take back a job that waits; False if it runs, ran or never was."""
        return self._promising.job_manager.cancel_job_by_id(job, connection=raw(connection))

    def queue(self, connector: procrastinate.PsycopgConnector) -> procrastinate.App:
        """The queue as a worker sees it, with every kind of job known here."""
        queue = procrastinate.App(connector=connector)
        for task in self._tasks.values():
            if task.goes_on:
                going = queue.task(name=task.name, retry=task.retry or False, pass_context=True)
                going(partial(_with_job, task.work))
            elif task.times is None:
                queue.task(name=task.name, retry=task.retry or False)(task.work)
            else:
                known = queue.task(name=task.name, queueing_lock=task.name)(task.work)
                queue.periodic(cron=task.times)(known)
        return queue


def take_over_stalled(database: Database, *, silent_for: float, me: int | None) -> int:
    """Put jobs of workers that gave no sign for `silent_for` seconds back into the queue.

    `me` is the asking worker: after a machine slept it must not take itself for dead.
    Each becomes a new job, done first: a worker that only slept ends its old one, which is gone,
    and not what another has gone on to. Jobs in an order (`lock`) keep their number, and so their
    place. Returns how many.
    """
    with database.begin() as connection:
        # first the lock, then a fresh look: another's sweep has committed by then
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SWEEP_LOCK)))
        jobs = connection.execute(_STALLED, {"seconds": silent_for, "me": me}).all()
        for job, lock in jobs:
            connection.execute(_ANEW if lock is None else _RETRY, {"job": job})
    return len(jobs)


def _with_job(work: Callable[..., None], context: JobContext, **arguments: Any) -> None:
    job, worker = context.job.id, context.job.worker_id
    running = None if job is None or worker is None else Running(job, worker)
    work(**arguments, running=running)


def promise_of(task: str, arguments: str) -> str:
    """SQL that promises a job inside a statement; both are SQL themselves (text and jsonb)."""
    columns = f"'default', CAST({task} AS text), 0, NULL, NULL, {arguments}, NULL"
    return f"procrastinate_defer_jobs_v1(ARRAY[ROW({columns})::procrastinate_job_to_defer_v1])"


def forget_finished(connection: sa.Connection, moment: datetime, most: int) -> int:
    """Delete at most so many jobs that ended before `moment`; returns how many.

    Those that did well leave the queue by themselves: these failed or were taken back.
    """
    return connection.execute(_FORGET, {"moment": moment, "most": most}).rowcount
