"""Whether the server is there: said at once when it goes, and when it is back."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Changes, Kind


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the server. `since` is when it went or came back."""

    online: bool
    since: dt.datetime


class Connection:
    """Holds the line's state and announces each change of it; safe from every thread."""

    def __init__(self, changes: Changes, clock: Callable[[], dt.datetime]) -> None:
        self._changes = changes
        self._clock = clock
        self._lock = threading.Lock()
        self._line = Line(online=True, since=clock())
        self._wake = threading.Event()

    @property
    def line(self) -> Line:
        return self._line

    @property
    def online(self) -> bool:
        return self._line.online

    def answered(self) -> None:
        """An answer came, whatever it said: the server is there."""
        self._set(online=True)

    def failed(self) -> None:
        """No answer came."""
        self._set(online=False)

    def try_now(self) -> None:
        """Wake those who wait for the next try."""
        self._wake.set()

    def wait(self, seconds: float) -> None:
        """Wait for the next try, or until somebody wants it now."""
        self._wake.wait(seconds)
        self._wake.clear()

    def _set(self, *, online: bool) -> None:
        with self._lock:
            if self._line.online == online:
                return
            self._line = Line(online=online, since=self._clock())
        self._changes.announce(Kind.CONNECTION)
