"""A call that is no longer wanted can be cancelled from another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):  # noqa: N818 - not an error: the caller asked for it
    """The caller cancelled this call; raised only where a `Cancel` was given and used."""


class Cancel:
    """Ends the calls it was given to: between attempts, while waiting, and on the wire."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._watchers: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def cancel(self) -> None:
        """May be called from any thread and more than once."""
        with self._lock:
            self._event.set()
            watchers, self._watchers = self._watchers, []
        for interrupt in watchers:
            interrupt()

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled

    def wait(self, seconds: float) -> None:
        """Sleep, but no longer than until cancelled."""
        self._event.wait(seconds)

    @contextmanager
    def watched_by(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """While inside, `cancel` also calls `interrupt`, from the cancelling thread."""
        with self._lock:
            self.check()
            self._watchers.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                if interrupt in self._watchers:
                    self._watchers.remove(interrupt)
