"""Whether the server is there: said at once when it goes, and when it is back."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Changes, Kind

FIRST_PAUSE = 2.0
LONGEST_PAUSE = 30.0

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Line:
    """The line to the server. `since` is when it went or came back."""

    online: bool
    since: dt.datetime
    next_try: dt.datetime | None = None


class Connection:
    """Holds the line's state and announces each change of it; safe from every thread."""

    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes = changes
        self._clock = clock
        self._line = Line(online=True, since=clock())
        self._woken = threading.Condition()
        self._calls = 0

    @property
    def line(self) -> Line:
        return self._line

    @property
    def online(self) -> bool:
        return self._line.online

    def answered(self) -> None:
        """An answer came, whatever it said: the server is there."""
        self._set(online=True)

    def doubted(self) -> None:
        """A call came to nothing: who watches the line should look at once."""
        if self.online:
            self.try_now()

    def failed(self, next_try: dt.datetime | None = None) -> None:
        """The server is not there; `next_try` is when it is asked again."""
        self._set(online=False, next_try=next_try)

    def try_now(self) -> None:
        """Wake all who wait."""
        with self._woken:
            self._calls += 1
            self._woken.notify_all()

    def wait(self, seconds: float | None, *, since: int | None = None) -> int:
        """Wait that long, or until somebody calls `try_now`; returns the calls so far.

        With `since`, a call made after that count does not wait at all.
        """
        with self._woken:
            seen = self._calls if since is None else since
            self._woken.wait_for(lambda: self._calls != seen, seconds)
            return self._calls

    def _set(self, *, online: bool, next_try: dt.datetime | None = None) -> None:
        with self._woken:
            before = self._line
            if before.online and online:
                return
            since = before.since if before.online == online else self._clock()
            self._line = Line(online=online, since=since, next_try=next_try)
        if before.online != online:
            self._changes.announce(Kind.CONNECTION)
            if online:
                self.try_now()


class LineWatch:
    """Looks whether the server is there, when that is in doubt; `run` is for its own thread."""

    def __init__(self, connection: Connection, is_there: Callable[[], bool], clock: Clock) -> None:
        self._connection = connection
        self._is_there = is_there
        self._clock = clock
        self._stop = threading.Event()

    def run(self) -> None:
        """Look at each doubt, and with growing pauses while the server is gone."""
        pause: float | None = None
        seen = 0
        while not self._stop.is_set():
            seen = self._connection.wait(pause, since=seen)
            if self._stop.is_set():
                return
            pause = self._look(pause)

    def stop(self) -> None:
        self._stop.set()
        self._connection.try_now()

    def _look(self, pause: float | None) -> float | None:
        """Look once; the pause until the next look, None while there is no need."""
        if self._is_there():
            self._connection.answered()
            return None
        longest = min(LONGEST_PAUSE, FIRST_PAUSE if pause is None else pause * 2)
        spread = longest * random.uniform(0.75, 1.0)  # noqa: S311  # spreads load, no secret
        self._connection.failed(self._clock() + dt.timedelta(seconds=spread))
        return spread
