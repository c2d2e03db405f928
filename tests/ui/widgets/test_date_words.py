"""Dates as people say them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.date_words import add_months, date_text, read_date, weekday_text

FRIDAY = date(2026, 11, 20)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("24", date(2026, 11, 24)),
        ("20", FRIDAY),
        ("19", date(2026, 12, 19)),
        ("31", date(2026, 12, 31)),
        ("24/11", date(2026, 11, 24)),
        ("24.11.", None),
        ("1/3", date(2027, 3, 1)),
        ("24/11/26", date(2026, 11, 24)),
        ("24-11-2025", date(2025, 11, 24)),
        ("2026-11-24", date(2026, 11, 24)),
        ("24 nov", date(2026, 11, 24)),
        ("8 May 1992", date(1992, 5, 8)),
        ("tue", date(2026, 11, 24)),
        ("Friday", date(2026, 11, 27)),
        ("+4", date(2026, 11, 24)),
        ("-1", date(2026, 11, 19)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("in 1 month", date(2026, 12, 20)),
        ("in 3 days", date(2026, 11, 23)),
        ("today", FRIDAY),
        (" Tomorrow ", date(2026, 11, 21)),
        ("31/2", None),
        ("t", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_people_type_on_a_friday(said: str, meant: date | None) -> None:
    assert read_date(said, FRIDAY) == meant


@given(DAYS, DAYS)
def test_what_is_shown_is_read_as_the_same_day(day: date, today: date) -> None:
    assert read_date(date_text(day), today) == day


@given(DAYS, st.integers(min_value=1, max_value=31))
def test_a_bare_day_is_the_next_one_that_is_not_past(today: date, number: int) -> None:
    found = read_date(str(number), today)
    assert found is not None
    assert found.day == number
    assert today <= found <= today + timedelta(days=92)


@given(DAYS, st.integers(min_value=-24, max_value=24))
def test_months_later_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later + timedelta(days=1) == later.replace(day=1) + timedelta(
        days=later.day
    )


def test_a_weekday_is_three_letters() -> None:
    assert weekday_text(FRIDAY) == "Fri"
