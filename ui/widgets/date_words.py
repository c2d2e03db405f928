"""Dates as people type and read them: "24", "24/11", "tue", "+4", "in 2 weeks"."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = re.compile(r"(\d{1,2})(?:[ ./-](\d{1,2})(?:[ ./-](\d{2}|\d{4}))?)?")
_WORDS = re.compile(r"(\d{1,2}) ?([a-z]{3,9})(?: ?(\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_OFFSET = re.compile(r"([+-])(\d{1,3})")
_IN = re.compile(r"in (\d{1,3}) (day|week|month)s?")
_CENTURY = 2000
_LEAST_LETTERS = 2


def date_text(day: date) -> str:
    """`24 Nov 2026`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def weekday_text(day: date) -> str:
    """`Tue`."""
    return DAYS[day.weekday()][:3]


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month where it is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return date(year, month + 1, last)
            except ValueError:
                continue
    raise ValueError(f"no such month: {year}-{month + 1}")


def read_date(text: str, today: date) -> date | None:
    """The day that `text` means on `today`; None if it means none.

    A bare day or weekday is the next one that is not past; a day and month without a year
    likewise. Forms: "24", "24/11", "24/11/26", "24 Nov", "2026-11-24", "tue", "+4", "today",
    "tomorrow", "in 2 weeks".
    """
    said = " ".join(text.casefold().split())
    fixed = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if said in fixed:
        return today + timedelta(days=fixed[said])
    for reader in (_offset, _spelled_offset, _weekday, _iso, _numbers, _words):
        found = reader(said, today)
        if found is not None:
            return found
    return None


def _offset(said: str, today: date) -> date | None:
    match = _OFFSET.fullmatch(said)
    if match is None:
        return None
    days = int(match.group(2))
    return today + timedelta(days=days if match.group(1) == "+" else -days)


def _spelled_offset(said: str, today: date) -> date | None:
    match = _IN.fullmatch(said)
    if match is None:
        return None
    number = int(match.group(1))
    if match.group(2) == "month":
        return add_months(today, number)
    return today + timedelta(days=number * (7 if match.group(2) == "week" else 1))


def _weekday(said: str, today: date) -> date | None:
    if len(said) < _LEAST_LETTERS or not said.isalpha():
        return None
    for at, name in enumerate(DAYS):
        if name.casefold().startswith(said):
            return today + timedelta(days=(at - today.weekday()) % 7 or 7)
    return None


def _iso(said: str, _today: date) -> date | None:
    match = _ISO.fullmatch(said)
    return _day(*map(int, match.groups())) if match else None


def _numbers(said: str, today: date) -> date | None:
    match = _NUMBERS.fullmatch(said)
    if match is None:
        return None
    day = int(match.group(1))
    if match.group(2) is None:
        return _next_with_day(day, today)
    return _with_year(int(match.group(2)), day, match.group(3), today)


def _words(said: str, today: date) -> date | None:
    match = _WORDS.fullmatch(said)
    if match is None:
        return None
    for at, name in enumerate(MONTHS, start=1):
        if name.casefold().startswith(match.group(2)):
            return _with_year(at, int(match.group(1)), match.group(3), today)
    return None


def _with_year(month: int, day: int, year: str | None, today: date) -> date | None:
    if year is not None:
        whole = int(year)
        return _day(whole if whole >= 100 else whole + _CENTURY, month, day)  # noqa: PLR2004  # two digits
    here = _day(today.year, month, day)
    return here if here is not None and here >= today else _day(today.year + 1, month, day)


def _next_with_day(day: int, today: date) -> date | None:
    first = today.replace(day=1)
    for ahead in range(3):
        month = add_months(first, ahead)
        found = _day(month.year, month.month, day)
        if found is not None and found >= today:
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
