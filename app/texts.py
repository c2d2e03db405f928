"""How figures, days and numbers are written for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.language import tr

MINUS = "\u2212"
_PENNY = Decimal("0.01")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def money(amount: Decimal, *, signed: bool = False) -> str:
    """Write pounds: £1,234.50, minus in front of the pound (−£10.00)."""
    rounded = amount.quantize(_PENNY, rounding=ROUND_HALF_UP)
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}£{abs(rounded):,.2f}"


def day(value: dt.date, *, today: dt.date) -> str:
    """Write a day: `Today`, `Tue 24 Nov` soon, else `24 Nov 2026`."""
    if value == today:
        return tr("Today")
    if today < value <= today + dt.timedelta(days=60):
        return f"{tr(_DAYS[value.weekday()])} {value.day} {tr(_MONTHS[value.month - 1])}"
    return full_day(value)


def full_day(value: dt.date) -> str:
    return f"{value.day} {tr(_MONTHS[value.month - 1])} {value.year}"


def short_day(value: dt.date, *, today: dt.date) -> str:
    """Write a past day briefly: `18 Nov`, with the year when it is another."""
    text = f"{value.day} {tr(_MONTHS[value.month - 1])}"
    return text if value.year == today.year else f"{text} {value.year}"


def long_day(value: dt.date) -> str:
    """Write a day in a sentence: `Friday 20 November`."""
    weekday, month = tr(_LONG_DAYS[value.weekday()]), tr(_LONG_MONTHS[value.month - 1])
    return f"{weekday} {value.day} {month}"


def moment(value: dt.datetime, *, now: dt.datetime) -> str:
    """Write a moment in the person's own time: `Today 08:51`, `18 Nov 09:05`."""
    local, here = value.astimezone(now.tzinfo), now
    clock = f"{local:%H:%M}"
    if local.date() == here.date():
        return tr("Today {time}", time=clock)
    return f"{short_day(local.date(), today=here.date())} {clock}"


def spoken(number: str) -> str:
    """Write an order number as it is said on the telephone: `K O, zero zero nine, three …`."""
    words = [_SPOKEN.get(sign, sign) for sign in number.replace("-", "")]
    return " ".join(words)


_SPOKEN = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four",
    "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
}  # fmt: skip


def joined(names: Sequence[str]) -> str:
    """Names as they are said: "Kids, Sports and Drama"."""
    if len(names) < 2:  # noqa: PLR2004  # one name needs no "and"
        return "".join(names)
    return tr("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])
