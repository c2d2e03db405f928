"""The seconds in which something can be taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, click, press_in_window
from ui.theme.theme import Theme
from ui.widgets.hold_bar import HoldBar


def test_it_says_how_many_seconds_are_left(theme: Theme, show: Show) -> None:
    bar = HoldBar(theme)
    show(bar)
    assert bar.isHidden()
    bar.count_down(7.4)
    assert bar.accessibleName() == "Starts in 8 seconds. Nothing has been sent yet."
    bar.stop()
    assert (bar.counts, bar.isHidden()) == (False, True)


def test_when_the_time_is_over_it_goes(theme: Theme, show: Show, qtbot: QtBot) -> None:
    bar = HoldBar(theme)
    show(bar)
    with qtbot.waitSignal(bar.ended):
        bar.count_down(0.01)
    assert bar.isHidden()
    bar.count_down(0)
    assert bar.isHidden()


def test_ctrl_z_takes_it_back_once(theme: Theme, show: Show, qtbot: QtBot) -> None:
    bar = HoldBar(theme)
    window = show(bar)
    bar.count_down(60)
    with qtbot.waitSignal(bar.undone):
        press_in_window(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not bar.button().isEnabled()
    with qtbot.assertNotEmitted(bar.undone):
        click(bar.button())
    bar.ask_again()
    with qtbot.waitSignal(bar.undone):
        click(bar.button())


def test_x_starts_it_now(theme: Theme, show: Show, qtbot: QtBot) -> None:
    bar = HoldBar(theme)
    window = show(bar)
    bar.count_down(60)
    with qtbot.waitSignal(bar.begun):
        press_in_window(window, Qt.Key.Key_X)


def test_a_later_answer_counts_and_the_bar_does_not_jump_back(theme: Theme, show: Show) -> None:
    bar = HoldBar(theme)
    show(bar)
    bar.count_down(10)
    bar.count_down(4)
    assert bar.accessibleName().startswith("Starts in 4 seconds.")
