"""The date field and its month."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press
from ui.theme.theme import Theme
from ui.widgets.date_field import DateField
from ui.widgets.month_grid import MonthGrid

TODAY = date(2026, 11, 20)


def weekdays(day: date) -> bool:
    return day.weekday() < 5


def make(theme: Theme, day: date | None = None) -> DateField:
    return DateField(theme, "Date", lambda: TODAY, day=day, may_choose=weekdays)


def test_what_is_typed_is_read_on_enter(theme: Theme, show: Show, qtbot: QtBot) -> None:
    field = make(theme)
    show(field)
    press(field, "24/11")
    with qtbot.waitSignal(field.chosen) as told:
        press(field, Qt.Key.Key_Return)
    assert told.args == [date(2026, 11, 24)]
    assert field.text() == "24 Nov 2026"


def test_a_day_that_cannot_be_had_is_refused_and_the_text_stays(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    field = make(theme)
    show(field)
    press(field, "21/11")
    with qtbot.waitSignal(field.refused), qtbot.assertNotEmitted(field.chosen):
        press(field, Qt.Key.Key_Return)
    assert field.text() == "21/11"


def test_up_and_down_go_by_day_past_those_that_cannot_be_had(theme: Theme, show: Show) -> None:
    field = make(theme, TODAY)
    show(field)
    press(field, Qt.Key.Key_Up)
    assert field.day() == date(2026, 11, 23)
    press(field, Qt.Key.Key_Down)
    assert field.day() == TODAY
    press(field, Qt.Key.Key_PageDown)
    assert field.day() == date(2026, 12, 21)
    press(field, Qt.Key.Key_PageUp)
    assert field.day() == TODAY


def test_emptying_it_tells_none(theme: Theme, show: Show, qtbot: QtBot) -> None:
    field = make(theme, TODAY)
    show(field)
    field.setFocus()
    field.selectAll()
    press(field, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(field.chosen) as told:
        press(field, Qt.Key.Key_Return)
    assert told.args == [None]


def test_the_month_opens_with_alt_down_and_enter_takes_a_day(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    field = make(theme, date(2026, 11, 24))
    show(field, width=700, height=600)
    field.setFocus()
    press(field, Qt.Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    grid = QApplication.focusWidget()
    assert isinstance(grid, MonthGrid)
    press(grid, Qt.Key.Key_Right)
    with qtbot.waitSignal(field.chosen):
        press(grid, Qt.Key.Key_Return)
    assert field.day() == date(2026, 11, 25)
    assert QApplication.focusWidget() is field


def test_esc_closes_the_month_and_gives_the_focus_back(theme: Theme, show: Show) -> None:
    field = make(theme, TODAY)
    show(field, width=700, height=600)
    field.setFocus()
    field.open_month()
    grid = QApplication.focusWidget()
    assert grid is not None
    press(grid, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is field
    assert field.day() == TODAY


def test_the_month_goes_by_week_and_month_and_speaks_the_day(theme: Theme, show: Show) -> None:
    grid = MonthGrid(theme, TODAY, TODAY, may_choose=weekdays)
    show(grid)
    press(grid, Qt.Key.Key_Down)
    assert grid.accessibleName() == "Friday 27 Nov 2026"
    press(grid, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert grid.day() == date(2026, 12, 19)


def test_a_day_off_cannot_be_taken_from_the_month(theme: Theme, show: Show, qtbot: QtBot) -> None:
    grid = MonthGrid(theme, date(2026, 11, 21), TODAY, may_choose=weekdays)
    show(grid)
    with qtbot.assertNotEmitted(grid.chosen):
        press(grid, Qt.Key.Key_Return)
