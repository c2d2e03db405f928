"""Messages: one at a time, the gravest first, none that goes before it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.support.qt import Show, click, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.message_bar import Message, MessageBar, MessageStrip

INFO = Message("info", "info", "The engineer is booked.", action="Show")
DONE = Message("done", "done", "Letter LT09 sent again.")
CONFLICT = Message("conflict", "warning", "changed this.", lead="Cosmo", action="Compare")
FAILED = Message("failed", "error", "Your text is kept.", lead="Not saved.", action="Try again")


def test_the_gravest_is_shown_and_the_others_are_counted(theme: Theme, show: Show) -> None:
    bar = MessageBar(theme)
    show(bar)
    for message in (INFO, FAILED, CONFLICT):
        bar.post(message)
    assert bar.shown() == FAILED
    assert bar.waiting() == 2
    bar.drop("failed")
    assert bar.shown() == CONFLICT
    bar.drop("conflict")
    bar.drop("info")
    assert bar.shown() is None
    assert bar.isHidden()


def test_the_count_survives_the_message_it_stood_in(theme: Theme, show: Show, qtbot: QtBot) -> None:
    bar = MessageBar(theme)
    show(bar)
    bar.post(INFO)
    first = bar.findChildren(MessageStrip)[0]
    bar.post(FAILED)
    qtbot.waitUntil(lambda: not isValid(first))
    bar.post(CONFLICT)
    assert bar._more.text() == "and 2 more"
    assert bar._more.isVisible()


def test_information_goes_by_itself_and_an_error_stays(theme: Theme, show: Show) -> None:
    bar = MessageBar(theme)
    show(bar)
    bar.post(DONE)
    assert bar._away.isActive()
    assert bar._away.interval() == 6000
    bar._away.timeout.emit()
    assert bar.shown() is None
    bar.post(FAILED)
    assert not bar._away.isActive()


def test_its_key_goes_to_it_enter_acts_and_esc_takes_it_away(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    bar, button = MessageBar(theme), KeyButton(theme, "Other")
    window = show(bar, button)
    button.setFocus()
    bar.post(FAILED)
    bar.post(CONFLICT)
    assert QApplication.focusWidget() is button
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press_in_window(window, Qt.Key.Key_M, both)
    focus = QApplication.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(bar.acted) as told:
        press(focus, Qt.Key.Key_Return)
    assert told.args == ["failed"]
    press_in_window(window, Qt.Key.Key_M, both)
    focus = QApplication.focusWidget()
    assert focus is not None
    with qtbot.waitSignal(bar.dismissed) as told:
        press(focus, Qt.Key.Key_Escape)
    assert told.args == ["conflict"]


def test_the_same_id_replaces(theme: Theme, show: Show) -> None:
    bar = MessageBar(theme)
    show(bar)
    bar.post(FAILED)
    bar.post(Message("failed", "error", "Still not saved."))
    assert bar.waiting() == 0
    shown = bar.shown()
    assert shown is not None
    assert shown.text == "Still not saved."


def test_a_strip_is_36_high_and_grows_with_its_words(theme: Theme) -> None:
    strip = MessageStrip(theme, FAILED)
    assert strip.heightForWidth(900) == 36
    assert strip.heightForWidth(260) > 36
    assert strip.accessibleName() == "Not saved. Your text is kept."


def test_without_an_action_a_cross_closes_it(theme: Theme, show: Show, qtbot: QtBot) -> None:
    strip = MessageStrip(theme, DONE)
    show(strip)
    with qtbot.waitSignal(strip.dismissed) as told:
        click(strip.button())
    assert told.args == ["done"]
    assert strip.button().accessibleName() == "Close"
