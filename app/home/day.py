"""The agent's own day, measured: contacts, and the time spent waiting for the system."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from app.language import trn
from app.store.preferences import Preferences

_NAME = "myDay"


class Tally(msgspec.Struct, frozen=True, rename="camel"):
    """What was counted on one day; `seconds` is the sum of all `waits`."""

    day: dt.date
    since: str = ""
    customers: tuple[str, ...] = ()
    waits: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the day and what it counts."""

    value: str
    caption: str


class MyDay:
    """Counts for this agent alone; nothing of it leaves the desk. Safe from every thread."""

    def __init__(self, preferences: Preferences, clock: Callable[[], dt.datetime]) -> None:
        self._preferences = preferences
        self._clock = clock
        self._lock = threading.Lock()
        self._tally = self._load()

    def opened(self, customer_id: str) -> None:
        """Count a contact: a customer counts once a day."""
        with self._lock:
            tally = self._today()
            if customer_id in tally.customers:
                return
            since = tally.since or f"{self._clock():%H:%M}"
            customers = (*tally.customers, customer_id)
            self._tally = msgspec.structs.replace(tally, since=since, customers=customers)
            self._preferences.put(_NAME, msgspec.to_builtins(self._tally))

    def waited(self, seconds: float) -> None:
        """Add the time the person waited for an answer; kept with the next contact."""
        with self._lock:
            tally = self._today()
            self._tally = msgspec.structs.replace(
                tally, waits=tally.waits + 1, seconds=tally.seconds + seconds
            )

    def figures(self) -> tuple[Figure, ...]:
        """What was measured today; a figure that was not measured is left out."""
        with self._lock:
            tally = self._today()
        count = len(tally.customers)
        if not count:
            return ()
        contacts = trn("contact since {since}", "contacts since {since}", count, since=tally.since)
        figures = [Figure(str(count), contacts)]
        if tally.waits:
            waited = f"{tally.seconds:.1f} s"
            caption = trn("waited for {count} answer", "waited for {count} answers", tally.waits)
            figures.append(Figure(waited, caption))
        return tuple(figures)

    def _today(self) -> Tally:
        today = self._clock().date()
        return self._tally if self._tally.day == today else Tally(today)

    def _load(self) -> Tally:
        kept = self._preferences.get(_NAME)
        empty = Tally(self._clock().date())
        if kept is None:
            return empty
        try:
            return msgspec.convert(kept, Tally)
        except msgspec.ValidationError:
            return empty  # of another version: a day's figures may be lost
