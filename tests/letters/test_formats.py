"""Money, dates and telephone numbers as people write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import LetterFault, parse_words
from letters.formats import MINUS, NO_BREAK, long_date, money, phone, plain, weekday_date
from tests.letters.samples import resource, words

ENGLISH = words()
DANISH = parse_words(
    resource("en/words.toml")
    .replace('"£{amount}"', '"{amount} kr."')
    .replace('group = ","', 'group = "."')
    .replace('point = "."', 'point = ","')
)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (Decimal("1234.5"), "£1,234.50"),
        ("0.005", "£0.01"),
        (-5, "−£5.00"),
        (1234567, "£1,234,567.00"),
        (0.1 + 0.2, "£0.30"),
        ("-0.001", "£0.00"),
    ],
)
def test_money_has_two_decimals_groups_of_three_and_a_real_minus(
    amount: object, written: str
) -> None:
    assert money(amount, ENGLISH) == written


def test_another_language_turns_points_and_commas_round() -> None:
    assert money("-1234567.8", DANISH) == "−1.234.567,80 kr."


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_read_back_is_the_same_money(amount: Decimal) -> None:
    written = money(amount, ENGLISH)
    assert Decimal(written.replace(MINUS, "-").replace("£", "").replace(",", "")) == amount


@pytest.mark.parametrize("nonsense", ["", "ten", "NaN", "inf", None])
def test_what_is_no_amount_is_a_fault(nonsense: object) -> None:
    with pytest.raises(LetterFault, match="not an amount"):
        money(nonsense, ENGLISH)


def test_a_date_is_written_out_and_its_day_keeps_to_its_month() -> None:
    for day in (date(2026, 11, 24), datetime(2026, 11, 24, 8), "2026-11-24", "2026-11-24T08:00Z"):  # noqa: DTZ001 - a letter's day has no zone
        assert long_date(day, ENGLISH) == f"24{NO_BREAK}November 2026"


def test_a_weekday_stands_before_its_date() -> None:
    assert weekday_date("2026-11-24", ENGLISH) == f"Tuesday 24{NO_BREAK}November 2026"


def test_what_is_no_date_is_a_fault() -> None:
    with pytest.raises(LetterFault, match="not a date"):
        long_date("next week", ENGLISH)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+447700900471", "07700 900471"),
        ("07700 900471", "07700 900471"),
        ("+4532123456", "+45 32 12 34 56"),
        ("ask at the desk", "ask at the desk"),
    ],
)
def test_a_number_is_written_as_it_is_dialled_and_never_breaks(number: str, written: str) -> None:
    assert phone(number, ENGLISH) == written.replace(" ", NO_BREAK)


def test_plain_text_stays_as_it_is_and_a_date_is_written_out() -> None:
    assert plain("<b>&amp;", ENGLISH) == "<b>&amp;"
    assert plain(date(2026, 1, 2), ENGLISH) == f"2{NO_BREAK}January 2026"
