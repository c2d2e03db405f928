"""Steps of process flows carried out by workers, against bare jobs of the same queue.

Workers are processes of their own, as on a server; PostgreSQL is one more, and so are the network
systems, which are asked over HTTP: they live in this process. Orders of five mobile lines come all
at once to the workers, and every step is real, letters and their mails too. The bare jobs do
nothing: what they cost is the queue itself. Figures are wall time until nine tenths of the work are
done, and processor time of workers and PostgreSQL, which says more where other programs run.

On two cores one worker and PostgreSQL leave little for a second worker while systems answer at
once: what a second one can bring there is what it brings to bare jobs. Real systems take their
time, and a worker mostly waits for them: that is measured with answers that take 0.2 s.
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
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]  # has no types
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.flows.adapters.network import Answer, Call
from backend.flows.progress import STEP_JOB
from backend.flows.simulators.behaviour import BEHAVIOURS
from backend.flows.simulators.dials import Dial
from backend.flows.simulators.service import SimulatedService
from backend.flows.simulators.systems import Simulators
from backend.flows.steps.kinds import Pace as Time
from backend.resource_inventory.seeding import seed_sims
from backend.rest.resource import Context
from backend.start import Application
from benchmarks.order_book import order_of, takers
from tests.support.order_worker import NOTHING
from tests.support.processor_time import filled_backend

_FAST = 20_000.0  # a week in half a minute: what may take so long is never late
_ORDERS = 12
_JOBS = 3000
_SIMS = 1000
_HALF = 0.5
_TWICE = 1.7
_LEFT = "SELECT count(*) FROM process_flow WHERE state IN ('active', 'hold')"
_STEPS_DONE = "SELECT count(*) FROM task_flow WHERE outcome = 'done'"
_RIGHTS = frozenset({"order.create", "order.read", "customer.read"})
_CALLER = Caller("benchmark", "Benchmark", frozenset({"system"}), _RIGHTS, None)
_PARKED = 10_000
_READY_SECONDS = 1.0
_SETTLE_SECONDS, _IDLE_SECONDS = 4.0, 20.0
_IDLE_BAR = 0.03
_UNHURRIED = 0.2  # seconds until a system answers, as real ones do


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


@dataclass(frozen=True, slots=True)
class Work:
    """How work is given in one transaction, the query that counts what is left, what is done."""

    give: Callable[[sa.Connection], None]
    left: str
    done: Callable[[], int]


class Systems(Simulators):
    """All network systems, each answer after `seconds`."""

    seconds = 0.0

    def call(self, call: Call) -> Answer:
        time.sleep(self.seconds)
        return super().call(call)


def run() -> None:
    """Print steps and jobs a second, what a second worker brings, and what waiting costs."""
    with filled_backend(customers=False) as application, _systems(application) as (systems, file):
        with application.parts.database.begin() as connection:
            seed_sims(connection, _SIMS)
        for system, operation in BEHAVIOURS:
            application.parts.flows.simulators.turn(system, operation, Dial(timedelta(0)))
        application.parts.jobs.add(NOTHING, lambda **_given: None)
        bare = _told("bare jobs, one worker", _bare(application, workers=1))
        bare_two = _told("bare jobs, two workers", _bare(application, workers=2))
        one = _told("steps, one worker", _steps(application, file, workers=1))
        two = _told("steps, two workers", _steps(application, file, workers=2))
        systems.seconds = _UNHURRIED
        slow = _told("answers 0.2 s, one worker", _steps(application, file, workers=1))
        slow_two = _told("answers 0.2 s, two workers", _steps(application, file, workers=2))
        _judge("steps against bare jobs", one.rate / bare.rate, _HALF)
        _judge("two workers against one", two.rate / one.rate, _TWICE)
        _judge("the same, answers 0.2 s", slow_two.rate / slow.rate, _TWICE)
        print(f"two workers against one, bare jobs   {bare_two.rate / bare.rate:.2f} x")
        parked = _parked(application)
        verdict = "kept" if parked < _IDLE_BAR else "MISSED"
        print(f"{_PARKED} parked flows: {parked:.1%} of a core   bar {_IDLE_BAR:.0%}: {verdict}")
        share = one.rate * (one.worker_ms + one.postgres_ms) / 1000
        print(f"cores kept busy by one worker and PostgreSQL: {share:.2f} of {os.cpu_count()}")


@contextmanager
def _systems(application: Application) -> Iterator[tuple[Systems, Path]]:
    """The network systems at work in this process, and the file that tells where they are."""
    database, jobs = application.parts.database, application.parts.jobs
    systems = Systems(database, jobs, Time(_FAST), lambda: datetime.now(UTC))
    service = SimulatedService(systems, _FAST)
    with TemporaryDirectory(prefix="jackfield-systems-") as folder:
        file, entries = Path(folder) / "systems.toml", []
        for system in sorted({system for system, _operation in BEHAVIOURS}):
            address = service.address(system)
            assert address is not None
            (file.parent / "secret").write_text(address.token)
            entries.append(f'[{system}]\nurl = "{address.url}"\ntoken_file = "secret"\n')
        file.write_text("".join(entries))
        try:
            yield systems, file
        finally:
            service.stop()


def _told(what: str, pace: Pace) -> Pace:
    print(f"{what:27}{pace}", flush=True)
    return pace


def _parked(application: Application) -> float:
    """The share of a core that a worker and PostgreSQL need while so many steps wait for a day."""
    jobs, later = application.parts.jobs, datetime.now(UTC) + timedelta(days=30)
    with application.parts.database.begin() as connection:
        for number in range(_PARKED):
            jobs.defer(connection, STEP_JOB, run_at=later, task=str(number), turn=1)
    with _worker([application.parts.database.url, str(_FAST)]) as child:
        time.sleep(_SETTLE_SECONDS)
        before = _spent([child]) + _postgres(application)
        time.sleep(_IDLE_SECONDS)
        return (_spent([child]) + _postgres(application) - before) / _IDLE_SECONDS


def _judge(what: str, ratio: float, bar: float) -> None:
    print(f"{what:27}{ratio:7.2f} x   bar {bar:g}: {'kept' if ratio >= bar else 'MISSED'}")


def _bare(application: Application, *, workers: int) -> Pace:
    def give(connection: sa.Connection) -> None:
        for number in range(_JOBS):
            application.parts.jobs.defer(connection, NOTHING, number=number)

    query = f"SELECT count(*) FROM procrastinate_jobs WHERE task_name = '{NOTHING}'"  # noqa: S608
    given = [application.parts.database.url, str(_FAST)]
    work = Work(give, query, lambda: _JOBS - _count(application, query))
    return _measure(application, [given] * workers, work)


def _steps(application: Application, systems: Path, *, workers: int) -> Pace:
    customers = takers(application, _ORDERS)

    def give(connection: sa.Connection) -> None:
        for customer in customers:
            context = Context(connection, _CALLER, datetime.now(UTC), "benchmark")
            application.parts.ordering.place(context, order_of(customer))

    before = _count(application, _STEPS_DONE)
    work = Work(give, _LEFT, lambda: _count(application, _STEPS_DONE) - before)
    given = [application.parts.database.url, str(_FAST), str(systems)]
    return _measure(application, [given] * workers, work)


def _measure(application: Application, workers: list[list[str]], work: Work) -> Pace:
    """Give all the work at once to workers that wait for it; the rate of nine tenths of it."""
    with ExitStack() as stack:
        children = [stack.enter_context(_worker(given)) for given in workers]
        time.sleep(_READY_SECONDS)
        with application.parts.database.begin() as connection:
            work.give(connection)
        began = _now(application, children)
        total = _count(application, work.left)
        while _count(application, work.left) > total // 10:
            time.sleep(0.02)
        units, ended = work.done(), _now(application, children)
        while _count(application, work.left):
            time.sleep(0.05)
    seconds, worker, postgres = (end - begin for end, begin in zip(ended, began, strict=True))
    return Pace(units / seconds, worker / units * 1e3, postgres / units * 1e3)


def _now(application: Application, workers: list[psutil.Process]) -> tuple[float, float, float]:
    """The time, and what workers and PostgreSQL have worked until now; in seconds."""
    return time.perf_counter(), _spent(workers), _postgres(application)


@contextmanager
def _worker(given: list[str]) -> Iterator[psutil.Process]:
    command = [sys.executable, "-m", "tests.support.order_worker", *given]
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
