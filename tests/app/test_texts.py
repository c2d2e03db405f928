"""Figures, days and numbers as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app import texts

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1234.5", "£1,234.50"),
        ("-10", "−£10.00"),
        ("0", "£0.00"),
        ("0.005", "£0.01"),
        ("-0.001", "£0.00"),
    ],
)
def test_money_has_two_decimals_and_the_minus_in_front(amount: str, written: str) -> None:
    assert texts.money(Decimal(amount)) == written


def test_a_change_of_price_shows_its_sign() -> None:
    assert texts.money(Decimal(30), signed=True) == "+£30.00"


def test_days_are_short_when_near_and_full_when_far() -> None:
    assert texts.day(TODAY, today=TODAY) == "Today"
    assert texts.day(dt.date(2026, 11, 24), today=TODAY) == "Tue 24 Nov"
    assert texts.day(dt.date(2028, 3, 11), today=TODAY) == "11 Mar 2028"
    assert texts.short_day(dt.date(2026, 11, 18), today=TODAY) == "18 Nov"
    assert texts.short_day(dt.date(2025, 3, 14), today=TODAY) == "14 Mar 2025"
    assert texts.long_day(TODAY) == "Friday 20 November"


def test_a_moment_is_in_the_time_of_the_person() -> None:
    earlier = dt.datetime(2026, 11, 20, 8, 51, tzinfo=dt.UTC)
    assert texts.moment(earlier, now=NOW) == "Today 08:51"
    copenhagen = NOW.astimezone(dt.timezone(dt.timedelta(hours=1)))
    assert texts.moment(earlier, now=copenhagen) == "Today 09:51"
    assert texts.moment(dt.datetime(2026, 11, 18, 9, 5, tzinfo=dt.UTC), now=NOW) == "18 Nov 09:05"


def test_an_order_number_is_said_digit_by_digit() -> None:
    assert texts.spoken("KO-0093342-7") == "K O zero zero nine three three four two seven"
