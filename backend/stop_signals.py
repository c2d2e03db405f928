"""Signals that end the process: an exception while it starts, a polite stop once it runs."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stopped(BaseException):
    """Somebody asked the process to end while it was still starting."""


class StopSignals:
    """Listens while used as a context; further signals after the first change nothing."""

    def __init__(self) -> None:
        self._stop: Callable[[], None] | None = None
        self._asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        signals = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        before = {number: signal.signal(number, self._heard) for number in signals}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def then(self, stop: Callable[[], None]) -> None:
        """From now on a signal calls `stop` instead of raising Stopped."""
        self._stop = stop

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            return
        self._asked = True
        if self._stop is None:
            raise Stopped
        self._stop()
