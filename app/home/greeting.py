"""How the desk greets, by the clock."""

from __future__ import annotations

import datetime as dt

from app.language import tr
from app.texts import long_day

_NOON = 12
_EVENING = 18


def greeting(now: dt.datetime, name: str = "") -> str:
    """Greet by the hour, with the given name where somebody is known: `Good morning, Maren`."""
    if now.hour < _NOON:
        words = tr("Good morning")
    elif now.hour < _EVENING:
        words = tr("Good afternoon")
    else:
        words = tr("Good evening")
    return tr("{greeting}, {name}", greeting=words, name=name) if name else words


def date_line(now: dt.datetime) -> str:
    """Write day and hour: `Friday 20 November, 09:14`."""
    return f"{long_day(now.date())}, {now:%H:%M}"
