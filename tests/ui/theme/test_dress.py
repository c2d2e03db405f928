"""Sheets only where Qt draws: fields, menus, dialogs; the rest is drawn from the tokens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.qt import Show
from ui.theme.drawn_parts import WIDE
from ui.theme.dress import Dress
from ui.theme.theme import Theme
from ui.widgets.field import Field, Input
from ui.widgets.label import Label


def colour(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name().upper()


def scrolling(high: int = 2000) -> QScrollArea:
    area, content = QScrollArea(), QWidget()
    content.setFixedHeight(high)
    area.setWidget(content)
    area.setWidgetResizable(True)
    return area


def test_no_sheet_is_set_on_the_application_nor_on_what_paints_itself(
    theme: Theme, qapp: QApplication, show: Show
) -> None:
    label, field = Label(theme, "Edda"), Field(theme, "Postcode")
    window = show(label, field)
    assert isinstance(qapp.style(), Dress)
    assert not qapp.styleSheet()
    assert [each for each in window.findChildren(QWidget) if each.styleSheet()] == [field.input]


def test_a_field_that_is_shown_changes_with_the_scheme_and_the_zoom(
    theme: Theme, show: Show
) -> None:
    line = Input()
    show(line, Input())
    assert colour(line, 20, 4) == theme.color("surface").name().upper()
    theme.set_wish("dark")
    theme.set_zoom(2.0)
    assert colour(line, 20, 4) == theme.color("surface").name().upper() != "#FFFFFF"
    assert line.font().pixelSize() == 30


def test_a_note_of_several_lines_and_a_menu_wear_their_own(theme: Theme, show: Show) -> None:
    note, menu = QPlainTextEdit(), QMenu()
    show(note)
    menu.ensurePolished()
    assert "border" in note.styleSheet()
    assert "QMenu::item" in menu.styleSheet()
    menu.deleteLater()


def test_what_lies_under_a_scrolled_page_shows_through(theme: Theme, show: Show) -> None:
    area, plain = scrolling(), QListView()
    show(area, plain)
    parts = (area.viewport(), area.widget())
    assert not [part for part in parts if part is None or part.autoFillBackground()]
    assert {area.frameShape(), plain.frameShape()} == {QFrame.Shape.NoFrame}


def test_a_scroll_bar_is_a_thin_handle_that_can_be_pulled_to_the_end(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    area = scrolling()
    show(area, height=300)
    bar = area.verticalScrollBar()
    middle = bar.width() // 2
    assert bar.width() == WIDE
    strong = theme.color("line_strong").name().upper()
    assert (colour(bar, middle, 8), colour(bar, middle, bar.height() - 4)) != (strong, strong)
    assert colour(bar, middle, 8) == strong
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(middle, 10))
    QTest.mouseMove(bar, QPoint(middle, bar.height() + 50))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(middle, bar.height() + 50))
    assert bar.value() == bar.maximum()
    assert colour(bar, middle, bar.height() - 8) == strong


def test_a_click_beside_the_handle_turns_a_page(theme: Theme, show: Show) -> None:
    area = scrolling()
    show(area, height=300)
    bar = area.verticalScrollBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(5, bar.height() - 5))
    assert bar.value() == bar.pageStep()


def test_a_long_page_has_a_handle_that_can_still_be_hit(theme: Theme, show: Show) -> None:
    area = scrolling(200_000)
    show(area, height=300)
    bar = area.verticalScrollBar()
    handle = bar.grab().toImage()
    drawn = [
        y for y in range(bar.height())
        if handle.pixelColor(5, y).name() == theme.color("line_strong").name()
    ]  # fmt: skip
    assert len(drawn) >= 26


def test_a_tooltip_is_drawn_from_the_tokens(theme: Theme, show: Show, qtbot: QtBot) -> None:
    label = Label(theme, "Edda")
    show(label)
    QToolTip.showText(label.mapToGlobal(QPoint(5, 5)), "Marrowby", label)
    tips = [each for each in QApplication.topLevelWidgets() if isinstance(each, QLabel)]
    tip = next(each for each in tips if each.isVisible() and each.text() == "Marrowby")
    assert colour(tip, 0, 0) == theme.color("line_strong").name().upper()
    assert colour(tip, 3, 3) == theme.color("surface").name().upper()
    assert tip.font().pixelSize() == 13
    assert tip.palette().color(QPalette.ColorRole.ToolTipText) == theme.color("ink")
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
