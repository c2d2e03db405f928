"""Further processes that answer on the same port: one for each core that shall serve."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

import structlog

from backend import logs
from backend.faults import ExitCode, StartError
from backend.stop_signals import Stopped, StopSignals

if TYPE_CHECKING:
    from backend.settings import Settings

Serve = Callable[["Settings", StopSignals, int, Callable[[], None]], None]
"""Serves until a signal or the end of another process (by its sentinel); says when it is ready."""

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.siblings")
_START_WITHIN = 60.0  # seconds
_FINISH_WITHIN = 15.0
_AGAIN_AFTER = 1.0


def check(processes: int) -> None:
    """StartError where the system does not share connections out among processes on one port."""
    if processes > 1 and sys.platform != "linux":
        raise StartError(
            ExitCode.USAGE,
            "Several processes share one port on Linux only: leave out --processes, or start "
            "servers on ports of their own behind a load balancer.",
        )


@contextmanager
def siblings(settings: Settings, count: int, serve: Serve) -> Iterator[None]:
    """So many processes `serve` too until the end; one that dies is started again.

    `settings` name the database and the port, which must be bound to be shared. They do no jobs.
    StartError where one does not come up.
    """
    family = _Family(replace(settings, worker=False), count, serve)
    try:
        family.begin()
        yield
    finally:
        family.end()


class _Family:
    """The processes, and the thread that watches them."""

    def __init__(self, settings: Settings, count: int, serve: Serve) -> None:
        self._settings = settings
        self._count = count
        self._serve = serve
        self._context = multiprocessing.get_context("spawn")
        self._members: list[BaseProcess] = []
        self._ending = threading.Event()
        self._bell, self._door = self._context.Pipe()
        self._watch = threading.Thread(target=self._keep_alive, name="siblings", daemon=True)

    def begin(self) -> None:
        started = [self._start() for _ in range(self._count)]
        for ready in started:
            if not ready.poll(_START_WITHIN) or not _said(ready):
                raise StartError(ExitCode.BUG, "A further server process did not come up.")
        self._watch.start()

    def end(self) -> None:
        self._ending.set()
        self._bell.send(None)
        if self._watch.is_alive():
            self._watch.join()
        for member in self._members:
            member.terminate()
        for member in self._members:
            member.join(_FINISH_WITHIN)
            if member.is_alive():
                member.kill()

    def _start(self) -> Connection[None, bool]:
        ours, theirs = self._context.Pipe(duplex=False)
        life = (self._serve, self._settings, theirs)
        process = self._context.Process(target=_live, args=life, daemon=True)
        process.start()
        theirs.close()
        self._members.append(process)
        return ours

    def _keep_alive(self) -> None:
        while not self._ending.is_set():
            wait([self._door, *(member.sentinel for member in self._members)])
            for member in [each for each in self._members if not each.is_alive()]:
                if self._ending.wait(_AGAIN_AFTER):
                    return
                _LOG.error("server process ended", pid=member.pid, code=member.exitcode)
                self._members.remove(member)
                self._start()


def _said(ready: Connection[None, bool]) -> bool:
    try:
        return ready.recv()
    except EOFError:  # it ended before
        return False


def _live(serve: Serve, settings: Settings, ready: Connection[bool, None]) -> None:
    """The life of one: it ends by a signal, or with the process that started it."""
    logs.configure()
    signals = StopSignals()
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  # only ever runs in a process of ours

    def tell() -> None:
        with suppress(OSError):  # one that was started again is not waited for
            ready.send(obj=True)

    with signals.listening(), suppress(Stopped):
        serve(settings, signals, parent.sentinel, tell)
