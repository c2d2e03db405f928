"""The one bridge between the window and work that takes time: `read` and `change`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from app.faults import Fault, FaultKind, fault_of

log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[Fault], None]
_Deliver = Callable[[int, Any, Fault | None], None]


@dataclass(frozen=True, slots=True)
class _Request:
    """A piece of work and who waits for it.

    Only the window's thread lets go of it: it may hold the last reference to a widget.
    """

    work: Callable[[], Any]
    owner: QObject
    key: str
    turn: int
    done: Done
    failed: Failed | None


class _Work(QRunnable):
    """Runs in a thread of the pool; the relay, which lives in the window's thread, takes over."""

    def __init__(self, number: int, work: Callable[[], Any], deliver: _Deliver) -> None:
        super().__init__()
        self._number = number
        self._work: Callable[[], Any] | None = work
        self._deliver = deliver

    def run(self) -> None:
        result, fault = self._outcome()
        self._deliver(self._number, result, fault)

    def _outcome(self) -> tuple[Any, Fault | None]:
        """Work, and let go of the work before anybody hears of it."""
        work, self._work = self._work, None
        try:
            return (work() if work is not None else None), None
        except Exception as error:  # the boundary: every failure becomes a Fault
            fault = fault_of(error)
            if fault.kind is FaultKind.PROGRAM:
                log.exception("work failed: %s", fault.log_line)
            return None, fault


class Background(QObject):
    """Runs reads and changes in threads and brings their results back to the window's thread.

    A result whose owner is gone, or which a newer read of the same key has overtaken, is
    dropped. A failure that nobody handles goes out as `unhandled(fault, again)`.
    """

    unhandled = Signal(object, object)
    _arrived = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(6)
        self._number = 0
        self._waiting: dict[int, _Request] = {}
        self._turns: dict[tuple[int, str], int] = {}
        self._arrived.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    def read(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        done: Done,
        failed: Failed | None = None,
        key: str = "",
    ) -> None:
        """Fetch something. With a `key`, only the newest read of this owner counts."""
        self._start(work, owner=owner, done=done, failed=failed, key=key)

    def change(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        done: Done,
        failed: Failed | None = None,
    ) -> None:
        """Do something that has an effect; its result is never overtaken."""
        self._start(work, owner=owner, done=done, failed=failed, key="")

    def wait(self, milliseconds: int = 30_000) -> bool:
        """Wait until all work has ended; for closing the program and for tests."""
        return self._pool.waitForDone(milliseconds)

    def _start(
        self,
        work: Callable[[], Any],
        *,
        owner: QObject,
        done: Done,
        failed: Failed | None,
        key: str,
    ) -> None:
        if not shiboken6.isValid(self):
            return  # the program has ended; a window may still stand and ask
        turn = self._next_turn(owner, key)
        self._number += 1
        self._waiting[self._number] = _Request(work, owner, key, turn, done, failed)
        self._pool.start(_Work(self._number, work, self._tell))

    def _tell(self, number: int, result: Any, fault: Fault | None) -> None:
        """Called in the thread that worked."""
        if shiboken6.isValid(self):
            self._arrived.emit(number, result, fault)

    def _next_turn(self, owner: QObject, key: str) -> int:
        if not key:
            return 0
        place = (id(owner), key)
        if place not in self._turns:
            owner.destroyed.connect(lambda: self._turns.pop(place, None))
        self._turns[place] = self._turns.get(place, 0) + 1
        return self._turns[place]

    @Slot(int, object, object)
    def _finish(self, number: int, result: Any, fault: Fault | None) -> None:
        request = self._waiting.pop(number)
        owner, key = request.owner, request.key
        if not shiboken6.isValid(owner):
            return
        if key and self._turns.get((id(owner), key)) != request.turn:
            return
        if fault is None:
            request.done(result)
        elif request.failed is not None:
            request.failed(fault)
        else:
            self.unhandled.emit(fault, lambda: self._again(request))

    def _again(self, request: _Request) -> None:
        if shiboken6.isValid(request.owner):
            self._start(
                request.work,
                owner=request.owner,
                done=request.done,
                failed=request.failed,
                key=request.key,
            )
