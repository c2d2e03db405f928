"""Time and chance, handed in so that tests can hold them."""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime
from typing import Protocol

from backend_client.cancel import Cancel


class Clock(Protocol):
    """What the client needs of time."""

    def now(self) -> datetime:
        """The time of day in UTC."""

    def monotonic(self) -> float:
        """Seconds that never go backwards."""

    def wait(self, seconds: float, cancel: Cancel | None) -> None:
        """Sleep; return early when cancelled."""

    def chance(self) -> float:
        """A random number from 0 to below 1."""


class SystemClock:
    """The machine's own."""

    def __init__(self) -> None:
        self._random = secrets.SystemRandom()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def wait(self, seconds: float, cancel: Cancel | None) -> None:
        if cancel is None:
            time.sleep(seconds)
        else:
            cancel.wait(seconds)

    def chance(self) -> float:
        return self._random.random()
