"""A worker: takes jobs from the queue and does them, and takes over from workers that died."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import procrastinate
import structlog
from procrastinate.job_context import JobContext
from procrastinate.worker import Worker as QueueWorker

from backend.database import Database
from backend.jobs import Jobs, take_over_stalled
from backend.metrics import Metrics

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.worker")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between a worker's habits.

    Together they bound how long a job of a killed worker waits: `silent_for` +
    `sweep` + `poll`, below 10 s.
    """

    heartbeat: float = 1.0
    silent_for: float = 5.0
    sweep: float = 1.0
    poll: float = 0.5
    pause_after_fault: float = 1.0
    finish_within: float = 15.0


class Worker:
    """Runs jobs in a thread of its own until told to stop; a lost database only pauses it."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        metrics: Metrics,
        *,
        concurrency: int = 4,
        pace: Pace | None = None,
    ) -> None:
        self._database = database
        self._jobs = jobs
        self._metrics = metrics
        self._concurrency = concurrency
        self._pace = pace or Pace()
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started = threading.Event()
        self._stopping = asyncio.Event()
        self._thread: threading.Thread | None = None

    @property
    def ready(self) -> bool:
        """Whether jobs are being taken right now."""
        return self._ready.is_set()

    def start(self) -> None:
        """Begin in the background."""
        self._stopping = asyncio.Event()
        self._started.clear()
        self._thread = threading.Thread(target=self.run, name="worker", daemon=True)
        self._thread.start()
        self._started.wait()

    def run(self) -> None:
        """Work in this thread until `stop` is called from another."""
        # psycopg's async connections cannot use Windows' own loop
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(self._run())

    def stop(self) -> None:
        """Finish the jobs at hand and end; returns when the thread is gone."""
        loop = self._loop
        if loop is None or loop.is_closed():
            self._stopping.set()
        else:
            loop.call_soon_threadsafe(self._stopping.set)
        if self._thread is not None:
            self._thread.join(self._pace.finish_within + 5)
            self._thread = None

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._started.set()
        self._loop.set_default_executor(ThreadPoolExecutor(self._concurrency + 1, "job"))
        while not self._stopping.is_set():
            try:
                await self._work()
            except Exception as fault:  # noqa: BLE001 - jobs must go on once the fault is over
                _LOG.warning("the worker begins anew", exc_info=fault)
            finally:
                self._ready.clear()
            await _wait(self._stopping, self._pace.pause_after_fault)

    async def _work(self) -> None:
        connector = procrastinate.PsycopgConnector(
            conninfo=self._database.url, min_size=1, max_size=self._concurrency + 3, timeout=5.0
        )
        queue = self._jobs.queue(connector)
        async with queue.open_async():
            worker = QueueWorker(
                app=queue,
                concurrency=self._concurrency,
                fetch_job_polling_interval=self._pace.poll,
                shutdown_graceful_timeout=self._pace.finish_within,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=self._pace.heartbeat,
                stalled_worker_timeout=self._pace.silent_for,
                worker_middleware=[self._watch_job],
            )
            working = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # theirs
            sweeping = asyncio.create_task(self._sweep(worker))
            stopping = asyncio.create_task(self._stopping.wait())
            self._ready.set()
            await asyncio.wait([working, sweeping, stopping], return_when=asyncio.FIRST_COMPLETED)
            # not `worker.stop()`: a run that has not quite begun would forget it
            working.cancel()
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await working
            if not sweeping.cancel():
                await sweeping

    async def _sweep(self, worker: QueueWorker) -> None:
        while True:
            await asyncio.sleep(self._pace.sweep)
            count = await asyncio.to_thread(
                take_over_stalled,
                self._database,
                silent_for=self._pace.silent_for,
                me=worker.worker_id,
            )
            if count:
                _LOG.info("jobs of a dead worker taken over", count=count)

    async def _watch_job(
        self, run: Callable[[], Awaitable[Any]], context: JobContext, _worker: QueueWorker
    ) -> Any:
        started = time.perf_counter()
        outcome = "done"
        try:
            return await run()
        except Exception as fault:
            outcome = "again" if _will_retry(context, fault) else "failed"
            level = _LOG.info if outcome == "again" else _LOG.error
            level("job did not succeed", **_of(context), outcome=outcome, exc_info=fault)
            raise
        finally:
            seconds = time.perf_counter() - started
            self._metrics.job(context.job.task_name, outcome, seconds)
            if outcome == "done":
                _LOG.info("job done", **_of(context), ms=round(seconds * 1000, 1))


def _of(context: JobContext) -> dict[str, Any]:
    job = context.job
    return {"task": job.task_name, "job": job.id, "attempt": job.attempts + 1}


def _will_retry(context: JobContext, fault: Exception) -> bool:
    task = context.app.tasks[context.job.task_name]
    return task.get_retry_exception(exception=fault, job=context.job) is not None


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
