"""Focus ring and popover: who wears it, and where the focus goes back to."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.field import Field
from ui.widgets.focus_ring import FocusRing
from ui.widgets.popover import Popover
from ui.widgets.tick import Toggle


def test_the_ring_comes_by_key_and_goes_by_pointer(
    theme: Theme, qapp: QApplication, show: Show
) -> None:
    first, second = KeyButton(theme, "First"), KeyButton(theme, "Second")
    window = show(first, second)
    ring = FocusRing(theme, qapp, window)
    first.setFocus()
    press_in_window(window, Qt.Key.Key_Tab)
    assert ring.target() is second
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=first.geometry().center())
    assert ring.target() is None
    assert ring.isHidden()


def test_a_field_shows_its_focus_itself_and_a_toggle_only_on_its_switch(
    theme: Theme, qapp: QApplication, show: Show
) -> None:
    field, toggle = Field(theme, "Name"), Toggle(theme, "Letters by e-mail")
    window = show(KeyButton(theme, "First"), field, toggle)
    ring = FocusRing(theme, qapp, window)
    field.setFocus()
    assert ring.target() is None
    press_in_window(window, Qt.Key.Key_Tab)
    assert ring.target() is toggle
    assert ring.width() == 36 + 8


def test_the_ring_follows_what_wears_it(theme: Theme, qapp: QApplication, show: Show) -> None:
    first, second = KeyButton(theme, "First"), KeyButton(theme, "Second")
    window = show(first, second)
    ring = FocusRing(theme, qapp, window)
    first.setFocus()
    press_in_window(window, Qt.Key.Key_Tab)
    second.move(second.x() + 30, second.y())
    assert ring.x() == second.x() - 4
    second.hide()
    assert ring.target() is not second


def open_popover(theme: Theme, show: Show) -> tuple[Popover, KeyButton, list[KeyButton]]:
    anchor = KeyButton(theme, "More")
    window = show(anchor, width=500, height=400)
    popover = Popover(theme, window)
    inside = [KeyButton(theme, "One"), KeyButton(theme, "Two")]
    for button in inside:
        popover.body.addWidget(button)
    anchor.setFocus()
    popover.open_under(anchor, first=inside[0])
    return popover, anchor, inside


def test_it_opens_4_below_its_button_and_esc_gives_the_focus_back(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    popover, anchor, inside = open_popover(theme, show)
    below = anchor.mapTo(anchor.window(), QPoint(0, anchor.height() + 4))
    assert popover.pos() == below
    assert QApplication.focusWidget() is inside[0]
    with qtbot.waitSignal(popover.closed):
        press(inside[0], Qt.Key.Key_Escape)
    assert popover.isHidden()
    assert QApplication.focusWidget() is anchor


def test_tab_stays_inside(theme: Theme, show: Show) -> None:
    _popover, _anchor, inside = open_popover(theme, show)
    press(inside[0], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is inside[1]
    press(inside[1], Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is inside[0]


def test_a_click_elsewhere_closes_it_and_one_inside_does_not(theme: Theme, show: Show) -> None:
    popover, anchor, inside = open_popover(theme, show)
    handle = anchor.window().windowHandle()
    assert handle is not None
    at = inside[1].mapTo(anchor.window(), inside[1].rect().center())
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)
    assert popover.isVisible()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(490, 390))
    assert popover.isHidden()
