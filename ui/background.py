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
_Deliver = Callable[[Any, Fault | None], None]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a piece of work came to, and who waits for it."""

    owner: QObject
    key: str
    turn: int
    result: Any
    fault: Fault | None
    done: Done
    failed: Failed | None
    again: Callable[[], None]


class _Work(QRunnable):
    """Runs in a thread of the pool; the relay, which lives in the window's thread, takes over."""

    def __init__(self, work: Callable[[], Any], deliver: _Deliver) -> None:
        super().__init__()
        self._work = work
        self._deliver = deliver

    def run(self) -> None:
        try:
            result = self._work()
        except Exception as error:  # the boundary: every failure becomes a Fault
            fault = fault_of(error)
            if fault.kind is FaultKind.PROGRAM:
                log.exception("work failed: %s", fault.log_line)
            self._deliver(None, fault)
        else:
            self._deliver(result, None)


class Background(QObject):
    """Runs reads and changes in threads and brings their results back to the window's thread.

    A result whose owner is gone, or which a newer read of the same key has overtaken, is
    dropped. A failure that nobody handles goes out as `unhandled(fault, again)`.
    """

    unhandled = Signal(object, object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(6)
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
        turn = self._next_turn(owner, key)

        def again() -> None:
            self._start(work, owner=owner, done=done, failed=failed, key=key)

        def deliver(result: Any, fault: Fault | None) -> None:
            if shiboken6.isValid(self):
                outcome = _Outcome(owner, key, turn, result, fault, done, failed, again)
                self._arrived.emit(outcome)

        self._pool.start(_Work(work, deliver))

    def _next_turn(self, owner: QObject, key: str) -> int:
        if not key:
            return 0
        place = (id(owner), key)
        if place not in self._turns:
            owner.destroyed.connect(lambda: self._turns.pop(place, None))
        self._turns[place] = self._turns.get(place, 0) + 1
        return self._turns[place]

    @Slot(object)
    def _finish(self, outcome: _Outcome) -> None:
        if not shiboken6.isValid(outcome.owner):
            return
        if outcome.key and self._turns.get((id(outcome.owner), outcome.key)) != outcome.turn:
            return
        if outcome.fault is None:
            outcome.done(outcome.result)
        elif outcome.failed is not None:
            outcome.failed(outcome.fault)
        else:
            self.unhandled.emit(outcome.fault, outcome.again)
