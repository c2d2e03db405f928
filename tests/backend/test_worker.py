"""Jobs are done at least once, whatever happens to the worker that began them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from procrastinate import RetryStrategy

from backend import logs
from backend.database import Database
from backend.jobs import Jobs, take_over_stalled
from backend.metrics import Metrics
from backend.worker import Pace, Worker
from tests.backend.working_process import make_jobs
from tests.support.backend import ROOT
from tests.support.waiting import PATIENCE, eventually

BRISK = Pace(poll=0.05, sweep=0.1, pause_after_fault=0.05)


@pytest.fixture
def marks(database: Database) -> Database:
    logs.join_structlog()
    with database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE mark (process int, text text)"))
    return database


def texts(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(sa.text("SELECT text FROM mark")))


def processes(database: Database) -> list[int]:
    with database.read() as connection:
        return list(connection.scalars(sa.text("SELECT process FROM mark")))


def left_in_queue(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(sa.text("SELECT status::text FROM procrastinate_jobs")))


def promise(database: Database, jobs: Jobs, task: str, **arguments: Any) -> None:
    with database.begin() as connection:
        jobs.defer(connection, task, **arguments)


@contextmanager
def working(database: Database, jobs: Jobs, metrics: Metrics | None = None) -> Iterator[Worker]:
    worker = Worker(database, jobs, metrics or Metrics(), pace=BRISK)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


@contextmanager
def process(database: Database) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.backend.working_process", database.url]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "started\n"
        yield child
    finally:
        child.kill()
        child.communicate(timeout=PATIENCE)


def test_a_job_is_done_and_leaves_the_queue(marks: Database) -> None:
    jobs = make_jobs(marks)
    with working(marks, jobs):
        promise(marks, jobs, "mark", text="one")
        eventually(lambda: texts(marks) == ["one"])
    assert left_in_queue(marks) == []


def test_a_job_of_a_killed_process_is_taken_over_by_another(marks: Database) -> None:
    jobs = make_jobs(marks)
    with process(marks) as first:
        promise(marks, jobs, "hang-first", text="step")
        eventually(lambda: processes(marks) == [first.pid])
        with process(marks) as second:
            first.kill()
            eventually(lambda: processes(marks) == [first.pid, second.pid])
    assert texts(marks) == ["step", "step"]


def test_a_worker_never_takes_itself_for_dead(marks: Database) -> None:
    with marks.begin() as connection:
        me = connection.scalar(
            sa.text(
                "INSERT INTO procrastinate_workers (last_heartbeat) "
                "VALUES (now() - interval '1 hour') RETURNING id"
            )
        )
        connection.execute(
            sa.text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) "
                "VALUES ('default', 'mark', 'doing', :me)"
            ),
            {"me": me},
        )
    assert take_over_stalled(marks, silent_for=5, me=me) == 0
    assert take_over_stalled(marks, silent_for=5, me=None) == 1
    assert take_over_stalled(marks, silent_for=5, me=None) == 0


def test_what_a_dead_worker_left_becomes_a_new_job_unless_it_is_in_an_order(
    marks: Database,
) -> None:
    jobs = make_jobs(marks)
    promise(marks, jobs, "mark", text="alone")
    with marks.begin() as connection:
        jobs.defer(connection, "mark", lock="order-1", text="first")
        jobs.defer(connection, "mark", lock="order-1", text="second")
        for _ in range(2):
            connection.execute(sa.text("SELECT procrastinate_fetch_job_v2(NULL, NULL)"))
    assert take_over_stalled(marks, silent_for=5, me=0) == 2
    with marks.read() as connection:
        query = "SELECT id, args->>'text', attempts, status::text FROM procrastinate_jobs"
        found = [tuple(row) for row in connection.execute(sa.text(f"{query} ORDER BY id"))]
    assert found == [
        (2, "first", 1, "todo"),
        (3, "second", 0, "todo"),
        (4, "alone", 1, "todo"),
    ]


def test_a_job_that_fails_is_logged_without_its_arguments_and_kept(
    marks: Database, expected_log: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_log += ["job did not succeed", "ended with status: Error"]

    def fail(secret: str) -> None:
        raise ValueError(secret)

    jobs, metrics = Jobs(), Metrics()
    jobs.add("fail", fail)
    with working(marks, jobs, metrics):
        promise(marks, jobs, "fail", secret="07700 900471")
        eventually(lambda: left_in_queue(marks) == ["failed"])
    ours = [record.getMessage() for record in caplog.records if record.name == "backend.worker"]
    assert any("'fault': 'ValueError'" in line and "'outcome': 'failed'" in line for line in ours)
    assert not any("900471" in line for line in ours)
    assert b'jackfield_job_seconds_count{outcome="failed",task="fail"} 1.0' in metrics.render()


def test_a_job_may_be_tried_again(marks: Database) -> None:
    tries: list[str] = []

    def fail_once(text: str) -> None:
        tries.append(text)
        if len(tries) == 1:
            raise ConnectionError

    jobs = Jobs()
    jobs.add("fail-once", fail_once, retry=RetryStrategy(max_attempts=3))
    with working(marks, jobs):
        promise(marks, jobs, "fail-once", text="x")
        eventually(lambda: tries == ["x", "x"] and left_in_queue(marks) == [])


def test_a_worker_that_lost_its_database_goes_on_when_it_is_back(
    marks: Database, expected_log: list[str]
) -> None:
    expected_log += [
        "begins anew",
        "listener error",
        "Side task",
        "discarding closed",
        "error connecting",
    ]
    jobs = make_jobs(marks)
    with working(marks, jobs) as worker:
        eventually(lambda: worker.ready)
        with marks.begin() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        promise(marks, jobs, "mark", text="after")
        eventually(lambda: texts(marks) == ["after"])


def test_stopping_waits_for_the_job_at_hand(marks: Database) -> None:
    done: list[str] = []

    def slow(text: str) -> None:
        with marks.begin() as connection:
            connection.execute(sa.text("INSERT INTO mark (text) VALUES ('begun')"))
            connection.execute(sa.text("SELECT pg_sleep(0.3)"))
        done.append(text)

    jobs = Jobs()
    jobs.add("slow", slow)
    with working(marks, jobs) as worker:
        promise(marks, jobs, "slow", text="x")
        eventually(lambda: "doing" in left_in_queue(marks))
        worker.stop()
        assert done == ["x"]
        assert not worker.ready


def test_a_worker_stopped_at_any_moment_of_its_start_is_gone(marks: Database) -> None:
    jobs = make_jobs(marks)
    before = set(threading.enumerate())
    for moment in range(12):
        worker = Worker(marks, jobs, Metrics(), pace=BRISK)
        worker.start()
        threading.Event().wait(moment / 200)
        worker.stop()
        left = set(threading.enumerate()) - before
        assert not [thread for thread in left if thread.name == "worker"]


def test_a_job_for_later_waits_for_its_time(marks: Database) -> None:
    jobs = make_jobs(marks)
    with marks.begin() as connection:
        later = datetime.now(UTC) + timedelta(hours=1)
        jobs.defer(connection, "mark", run_at=later, text="later")
        jobs.defer(connection, "mark", text="now")
    with working(marks, jobs):
        eventually(lambda: texts(marks) == ["now"])
    assert left_in_queue(marks) == ["todo"]
