"""What leaving early costs: nothing soon after the start, then a share of the months left."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pricing.exit_fees import exit_fee, months_left

START = dt.date(2026, 11, 20)
HALF = Decimal("0.5")


def fee(today: dt.date, monthly: str = "20.00", end: dt.date | None = dt.date(2027, 11, 20)) -> str:
    return str(exit_fee(Decimal(monthly), HALF, started=START, term_ends=end, today=today))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2026, 11, 20), "0.00"),  # cooling off
        (dt.date(2026, 12, 4), "0.00"),  # its last day
        (dt.date(2026, 12, 5), "110.00"),  # eleven whole months
        (dt.date(2027, 10, 20), "10.00"),
        (dt.date(2027, 10, 21), "0.00"),  # less than a month
        (dt.date(2028, 1, 1), "0.00"),
    ],
)
def test_it_falls_by_the_month(today: dt.date, expected: str) -> None:
    assert fee(today) == expected


def test_without_a_term_or_for_a_saving_there_is_none() -> None:
    later = dt.date(2027, 1, 1)
    assert fee(later, end=None) == "0.00"
    assert fee(later, monthly="-3.00") == "0.00"
    nothing = exit_fee(Decimal(9), HALF, started=None, term_ends=later, today=START)
    assert nothing == 0


@given(st.dates(dt.date(2026, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 1_500))
def test_it_never_counts_more_than_the_time_left(today: dt.date, days: int) -> None:
    months = months_left(today, today + dt.timedelta(days=days))
    assert 0 <= months <= days / 28
    assert months >= days // 31 - 1
