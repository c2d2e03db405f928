"""Visits of an engineer: when one could come instead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.language import tr
from app.texts import day


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which an engineer could come."""

    start: dt.datetime
    end: dt.datetime
    id: str = ""

    def words(self, now: dt.datetime) -> str:
        """`Tue 24 Nov, 08:00–12:00`."""
        start, end = self.start.astimezone(now.tzinfo), self.end.astimezone(now.tzinfo)
        when = day(start.date(), today=now.date())
        return tr("{day}, {start}–{end}", day=when, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
