"""The greeting follows the clock."""

from __future__ import annotations

import datetime as dt

import pytest

from app.home.greeting import date_line, greeting


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (17, "Good afternoon"),
     (18, "Good evening"), (23, "Good evening")],
)  # fmt: skip
def test_it_greets_by_the_hour(hour: int, words: str) -> None:
    now = dt.datetime(2026, 11, 20, hour, 59, tzinfo=dt.UTC)
    assert greeting(now) == words
    assert greeting(now, "Maren") == f"{words}, Maren"


def test_day_and_hour_stand_beside_it() -> None:
    assert date_line(dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)) == "Friday 20 November, 09:14"
