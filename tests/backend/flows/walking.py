"""Carries flows out job by job in children that die at chosen points, in a time of its own.

A process of its own that forks: what a child needs is imported once, so that a death costs a few
hundredths of a second. Each child takes jobs as a worker does (the queue's own fetch, finish and
take-over), but lets time leap to the next job instead of waiting for it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import procrastinate
import sqlalchemy as sa

from backend.database import Database
from backend.flows.definition import Question
from backend.flows.engine import FLOW, Clockwork
from backend.jobs import take_over_stalled
from tests.backend.flows.conftest import operate
from tests.support.backend import ROOT

ALL = "all"
_MOST_JOBS = 3_000
_FAULT_FITS = 60_000  # bytes that a pipe takes while nobody reads
_TRIES = 2
"""A step is left to die in its first tries only: later ones are like them."""

_FETCH = sa.text("SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, :worker)")
_FINISH = sa.text("SELECT procrastinate_finish_job_v1(:job, 'succeeded', true)")
_NEXT = sa.text(
    "SELECT id, scheduled_at FROM procrastinate_jobs "
    "WHERE status = 'todo' AND scheduled_at IS NOT NULL ORDER BY scheduled_at, id LIMIT 1"
)
_BRING_FORWARD = sa.text("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE id = :job")
_DIED = sa.text("INSERT INTO walk_death VALUES (:place) ON CONFLICT DO NOTHING RETURNING place")
_WHERE = sa.text(
    "SELECT specification_id, step, attempts FROM task_flow "
    "JOIN process_flow ON process_flow.id = process_flow_id WHERE task_flow.id = :task"
)
_TASKS_OF_PEOPLE = sa.text(
    "SELECT process_flow_id, id FROM task_flow WHERE state = 'active' "
    'AND document->\'characteristic\' @> \'[{"name": "kind", "value": "manual"}]\' ORDER BY id'
)


class WalkedTime:
    """A time that leaps from job to job; it is kept in the database, so that it survives."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self) -> datetime:
        with self._database.read() as connection:
            found: datetime = connection.execute(sa.text("SELECT at FROM walk_time")).scalar_one()
        return found


def begin(database: Database, at: datetime) -> None:
    """The tables of a walk, on a database that has none yet."""
    with database.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE walk_time (at timestamptz NOT NULL)")
        connection.exec_driver_sql("CREATE TABLE walk_death (place text PRIMARY KEY)")
        connection.execute(sa.text("INSERT INTO walk_time VALUES (:at)"), {"at": at})


def deaths(database: Database) -> set[str]:
    """The places where a child died: flow's version, step, try, point."""
    with database.read() as connection:
        return set(connection.scalars(sa.text("SELECT place FROM walk_death")))


@dataclass(frozen=True)
class Walker:
    """The process that forks."""

    process: subprocess.Popen[str]

    def walk(self, url: str, places: str | Collection[str] = ()) -> int:
        """Carry out all that waits, and die once at each of `places`; how often that was."""
        wanted = places if isinstance(places, str) else sorted(places)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"url": url, "places": wanted}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"fault": "the walker is gone"}')
        assert "fault" not in answer, answer["fault"]
        return int(answer["deaths"])


@contextmanager
def walker() -> Iterator[Walker]:
    command = [sys.executable, "-m", "tests.backend.flows.walking"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        try:
            yield Walker(child)
        finally:
            child.kill()


class _Child:
    """One life of a worker."""

    def __init__(self, url: str, wanted: Callable[[str], bool]) -> None:
        self._database = Database(url, pool_size=3)
        self._wanted = wanted
        clockwork = Clockwork(self._reached, chance=lambda: 1.0)
        self._operation = operate(
            self._database, clockwork, scale=1.0, clock=WalkedTime(self._database)
        )
        unopened = procrastinate.PsycopgConnector()
        self._tasks = self._operation.jobs.queue(unopened).tasks
        with self._database.begin() as connection:
            register = sa.text("SELECT worker_id FROM procrastinate_register_worker_v1()")
            self._me = connection.scalar(register)
        take_over_stalled(self._database, silent_for=0, me=self._me)

    def live(self) -> None:
        """Do what is due, then what people do, then what comes next; until nothing is left."""
        for _ in range(_MOST_JOBS):
            with self._database.begin() as connection:
                job = connection.execute(_FETCH, {"worker": self._me}).one()
            if job.id is not None:
                self._do(job)
            elif not self._help() and not self._leap():
                return
        raise AssertionError("it never ended")

    def _do(self, job: sa.Row[Any]) -> None:
        task = self._tasks[job.task_name]
        running = SimpleNamespace(job=SimpleNamespace(id=job.id, worker_id=self._me))
        task(*([running] if task.pass_context else []), **job.args)
        self._reached(f"{job.args.get('task', '')}:{job.task_name}")
        with self._database.begin() as connection:
            connection.execute(_FINISH, {"job": job.id})

    def _help(self) -> bool:
        """People do one task, and say what it asks for; False when there is none."""
        with self._operation.at(FLOW) as context:
            task = context.connection.execute(_TASKS_OF_PEOPLE).first()
            if task is None:
                return False
            flows = self._operation.flows
            step = flows.progress.work(context, task.id).step
            day = context.now.date().isoformat()
            said = [{"name": asked.name, "value": _said(asked, day)} for asked in step.form]
            flows.people.change(
                context,
                task.process_flow_id,
                task.id,
                lambda before: {
                    **before,
                    "state": "completed",
                    "characteristic": [*before["characteristic"], *said],
                },
            )
            return True

    def _leap(self) -> bool:
        """Let time pass until the next job; False when there is none."""
        with self._database.begin() as connection:
            job = connection.execute(_NEXT).first()
            if job is None:
                return False
            forward = sa.text("UPDATE walk_time SET at = greatest(at, :at)")
            connection.execute(forward, {"at": job.scheduled_at})
            connection.execute(_BRING_FORWARD, {"job": job.id})
            return True

    def _reached(self, where: str) -> None:
        task, _colon, point = where.partition(":")
        with self._database.read() as connection:
            found = connection.execute(_WHERE, {"task": task}).first()
        place = f"-/-/1/{point}"
        if found is not None:
            tries = max(found.attempts, 1)
            place = f"{found.specification_id}/{found.step}/{tries}/{point}"
            if tries > _TRIES:
                return
        if not self._wanted(place):
            return
        with self._database.begin() as connection:
            new = connection.scalar(_DIED, {"place": place}) is not None
        if new:
            os.kill(os.getpid(), signal.SIGKILL)


def _said(asked: Question, day: str) -> object:
    """An answer that fits the question."""
    fitting = {"choice": asked.values[0] if asked.values else "", "date": day}
    return {"boolean": True, "number": 1, **fitting}.get(asked.type, "ABC123456")


def _lives(url: str, places: str | list[str]) -> dict[str, object]:
    """Children one after another, until one lived to the end."""
    chosen = frozenset(places)
    for count in range(_MOST_JOBS):
        ended, fault = _life(url, lambda place: places == ALL or place in chosen)
        if ended == 0:
            return {"deaths": count}
        if ended != -signal.SIGKILL:
            return {"fault": fault or f"a child ended with {ended}"}
    return {"fault": "they never stop dying"}


def _life(url: str, wanted: Callable[[str], bool]) -> tuple[int, str]:
    """Fork a worker; how its process ended, and the fault it told of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _Child(url, wanted).live()
        except BaseException:  # noqa: BLE001 - told to whoever started the walk
            os.write(writing, traceback.format_exc().encode()[-_FAULT_FITS:])
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        fault = told.read().decode(errors="replace")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), fault


def main() -> None:
    """Walk for each line of stdin."""
    gc.freeze()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_lives(**json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
