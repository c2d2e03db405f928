"""Steps of process flows carried out by workers, against bare jobs of the same queue.

Workers are processes of their own, as on a server; PostgreSQL is one more. Orders of five mobile
lines lie ready before the workers start: every step is real, network systems are asked over HTTP
and answer at once. The bare jobs do nothing: what they cost is the queue itself. Figures are wall
time until nine tenths of the work are done, and processor time of workers and PostgreSQL, which
says more where other programs run on the machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psutil  # type: ignore[import-untyped]  # has no types
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.flows.progress import STEP_JOB
from backend.flows.simulators.behaviour import BEHAVIOURS
from backend.flows.simulators.dials import Dial
from backend.resource_inventory.seeding import seed_sims
from backend.rest.resource import Context
from backend.start import Application
from benchmarks.order_book import order_of, takers
from tests.support.order_worker import NOTHING
from tests.support.processor_time import filled_backend

_FAST = 20_000.0  # a week in half a minute: what may take so long is never late
_ORDERS = 12
_JOBS = 1000
_SIMS = 1000
_HALF = 0.5
_TWICE = 1.7
_LEFT = "SELECT count(*) FROM process_flow WHERE state IN ('active', 'hold')"
_STEPS_DONE = "SELECT count(*) FROM task_flow WHERE outcome = 'done'"
_RIGHTS = frozenset({"order.create", "order.read", "customer.read"})
_CALLER = Caller("benchmark", "Benchmark", frozenset({"system"}), _RIGHTS, None)
_PARKED = 10_000
_SETTLE_SECONDS, _IDLE_SECONDS = 4.0, 20.0
_IDLE_BAR = 0.03


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast something went: units of work a second, and milliseconds of processor for each."""

    rate: float
    worker_ms: float
    postgres_ms: float

    def __str__(self) -> str:
        return (
            f"{self.rate:7.0f} /s   {self.worker_ms:5.2f} ms of worker"
            f" + {self.postgres_ms:5.2f} ms of PostgreSQL each"
        )


def run() -> None:
    """Print steps and jobs a second, what a second worker brings, and what waiting costs."""
    with filled_backend(customers=False) as application:
        with application.parts.database.begin() as connection:
            seed_sims(connection, _SIMS)
        for system, operation in BEHAVIOURS:
            application.parts.flows.simulators.turn(system, operation, Dial(timedelta(0)))
        bare = _bare(application)
        print(f"bare jobs, one worker      {bare}")
        one = _steps(application, workers=1)
        print(f"steps, one worker          {one}")
        two = _steps(application, workers=2)
        print(f"steps, two workers         {two}")
        _judge("steps against bare jobs", one.rate / bare.rate, _HALF)
        worked = (bare.worker_ms + bare.postgres_ms) / (one.worker_ms + one.postgres_ms)
        _judge("the same by processor time", worked, _HALF)
        _judge("two workers against one", two.rate / one.rate, _TWICE)
        parked = _parked(application)
        verdict = "kept" if parked < _IDLE_BAR else "MISSED"
        print(f"{_PARKED} parked flows: {parked:.1%} of a core   bar {_IDLE_BAR:.0%}: {verdict}")
        share = one.rate * (one.worker_ms + one.postgres_ms) / 1000
        print(f"cores kept busy by one worker and PostgreSQL: {share:.2f} of {os.cpu_count()}")


def _parked(application: Application) -> float:
    """The share of a core that a worker and PostgreSQL need while so many steps wait for a day."""
    jobs, later = application.parts.jobs, datetime.now(UTC) + timedelta(days=30)
    with application.parts.database.begin() as connection:
        for number in range(_PARKED):
            jobs.defer(connection, STEP_JOB, run_at=later, task=str(number), turn=1)
    with _worker(application.parts.database.url) as child:
        time.sleep(_SETTLE_SECONDS)
        before = _spent([child]) + _postgres(application)
        time.sleep(_IDLE_SECONDS)
        return (_spent([child]) + _postgres(application) - before) / _IDLE_SECONDS


def _judge(what: str, ratio: float, bar: float) -> None:
    print(f"{what:27}{ratio:7.2f} x   bar {bar:g}: {'kept' if ratio >= bar else 'MISSED'}")


def _bare(application: Application) -> Pace:
    jobs = application.parts.jobs
    jobs.add(NOTHING, lambda **_given: None)
    with application.parts.database.begin() as connection:
        for number in range(_JOBS):
            jobs.defer(connection, NOTHING, number=number)
    query = f"SELECT count(*) FROM procrastinate_jobs WHERE task_name = '{NOTHING}'"  # noqa: S608
    return _measure(application, 1, query, lambda: _JOBS - _count(application, query))


def _steps(application: Application, *, workers: int) -> Pace:
    before = _count(application, _STEPS_DONE)
    customers = takers(application, _ORDERS)
    for customer in customers:
        with application.parts.database.begin() as connection:
            context = Context(connection, _CALLER, datetime.now(UTC), "benchmark")
            application.parts.ordering.place(context, order_of(customer))
    done: Callable[[], int] = lambda: _count(application, _STEPS_DONE) - before  # noqa: E731
    return _measure(application, workers, _LEFT, done)


def _measure(application: Application, workers: int, left: str, done: Callable[[], int]) -> Pace:
    """Let workers begin, and end when nothing is left; the rate of the middle of it."""
    url = application.parts.database.url
    total = _count(application, left)
    with ExitStack() as stack:
        children = [stack.enter_context(_worker(url)) for _ in range(workers)]
        began: tuple[float, int, float, float] | None = None
        while True:
            time.sleep(0.05)
            rest = _count(application, left)
            now = (time.perf_counter(), done(), _spent(children), _postgres(application))
            if began is None and now[1] > 0:
                began = now
            if rest <= total // 10 and began is not None:
                break
        seconds, units = now[0] - began[0], now[1] - began[1]
        while _count(application, left):
            time.sleep(0.05)
    return Pace(
        units / seconds, (now[2] - began[2]) / units * 1e3, (now[3] - began[3]) / units * 1e3
    )


@contextmanager
def _worker(url: str, scale: float = _FAST) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "tests.support.order_worker", url, str(scale)]
    with subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            yield psutil.Process(child.pid)
        finally:
            child.kill()


def _spent(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(one.user + one.system for one in times))


def _postgres(application: Application) -> float:
    """Processor seconds of the server's backends that are connected now, and its helpers."""
    with application.parts.database.read() as connection:
        pid = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    server = psutil.Process(pid).parent()
    assert server is not None
    return _spent([server, *server.children()])


def _count(application: Application, query: str) -> int:
    with application.parts.database.read() as connection:
        return int(connection.scalar(sa.text(query)) or 0)


if __name__ == "__main__":
    run()
