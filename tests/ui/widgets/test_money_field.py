"""Money: whole pence behind it, two decimals before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press
from ui.theme.theme import Theme
from ui.widgets.field import Field
from ui.widgets.money_field import MoneyField, money_text, read_pence


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("118.60", 11860), ("118,6", 11860), ("118", 11800), (".5", 50), ("1 000.00", 100000),
        ("−10.00", -1000), ("-10", -1000), ("", None), ("-", None), ("ten", None), (".", None),
    ],
)  # fmt: skip
def test_comma_and_point_both_mean_pence(typed: str, pence: int | None) -> None:
    assert read_pence(typed) == pence


@given(st.integers(min_value=-10_000_000, max_value=10_000_000))
def test_what_is_shown_is_read_as_the_same_sum(pence: int) -> None:
    assert read_pence(money_text(pence, "").replace(",", "")) == pence


def test_a_minus_is_a_minus_sign_before_the_pound() -> None:
    assert money_text(-1000) == "−£10.00"
    assert money_text(123456) == "£1,234.56"
    assert money_text(0) == "£0.00"


def test_two_decimals_appear_on_leaving(theme: Theme, show: Show) -> None:
    money, other = MoneyField(theme, name="Money"), Field(theme, "Other")
    show(money, other)
    money.setFocus()
    press(money, "118,6")
    other.setFocus()
    assert money.text() == "118.60"
    assert money.pence() == 11860


def test_up_and_down_change_by_a_pound_and_stop_at_nothing(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    money = MoneyField(theme, 150)
    show(money)
    with qtbot.waitSignal(money.changed) as told:
        press(money, Qt.Key.Key_Up)
    assert told.args == [250]
    press(money, *[Qt.Key.Key_Down] * 4)
    assert money.pence() == 0


def test_letters_do_not_get_in(theme: Theme, show: Show) -> None:
    money = MoneyField(theme)
    show(money)
    press(money, "1a2x.345")
    assert money.text() == "12.34"
