"""Fields say what is wrong when it helps, and never while one is still writing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press
from ui.theme.theme import Theme
from ui.widgets.field import Field, Finding

WRONG = Finding("error", "A postcode has two parts, such as QX4 7TR.")


def postcode(text: str) -> Finding | None:
    return None if " " in text else WRONG


def mail(text: str) -> Finding | None:
    if "exmaple" in text:
        return Finding("warning", "Did you mean example.com?", fix="jorun@example.com")
    return None


def test_an_error_is_said_after_a_pause_in_typing(theme: Theme, show: Show, qtbot: QtBot) -> None:
    field = Field(theme, "Postcode", check=postcode)
    show(field)
    press(field.input, "QX47TR")
    assert field.finding() is None
    qtbot.waitUntil(lambda: field.finding() == WRONG)
    assert field.input.property("state") == "error"
    assert field.input.accessibleDescription() == WRONG.sentence


def test_leaving_checks_at_once(theme: Theme, show: Show) -> None:
    field, other = Field(theme, "Postcode", check=postcode), Field(theme, "Other")
    show(field, other)
    field.setFocus()
    press(field.input, "QX47TR")
    other.setFocus()
    assert field.finding() == WRONG


def test_a_right_text_takes_the_sentence_away(theme: Theme, show: Show) -> None:
    field = Field(theme, "Postcode", "QX4", check=postcode)
    show(field)
    field.check_now()
    field.set_text("QX4 7TR")
    assert field.check_now() is None
    assert (field.input.property("state") or "") == ""
    assert field.input.accessibleDescription() == ""


def test_tab_takes_a_proposed_fix_and_stays(theme: Theme, show: Show, qtbot: QtBot) -> None:
    field, other = Field(theme, "E-mail", "jorun@exmaple.com", check=mail), Field(theme, "Other")
    show(field, other)
    field.setFocus()
    field.check_now()
    with qtbot.waitSignal(field.fix_taken):
        press(field.input, Qt.Key.Key_Tab)
    assert field.text() == "jorun@example.com"
    assert field.finding() is None
    assert QApplication.focusWidget() is field.input
    press(field.input, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is other.input


def test_esc_brings_back_what_was_there(theme: Theme, show: Show) -> None:
    field = Field(theme, "Name", "Jorun")
    show(field)
    press(field.input, " Nether")
    press(field.input, Qt.Key.Key_Escape)
    assert field.text() == "Jorun"


def test_nothing_is_checked_while_an_input_method_composes(theme: Theme, show: Show) -> None:
    field = Field(theme, "Postcode", check=postcode)
    show(field)
    field.setFocus()
    QApplication.sendEvent(field.input, QInputMethodEvent("ø", []))
    assert field.check_now() is None
    QApplication.sendEvent(field.input, QInputMethodEvent("", []))
    assert field.check_now() == WRONG


def test_focus_and_error_move_nothing(theme: Theme, show: Show) -> None:
    field, other = Field(theme, "Name", "Jorun"), Field(theme, "Other")
    show(field, other)
    places = []
    for state in ("normal", "focus", "error"):
        if state == "focus":
            field.setFocus()
        elif state == "error":
            other.setFocus()
            field.show_finding(WRONG)
        places.append((field.input.height(), field.input.cursorRect().x()))
    assert len(set(places)) == 1


def test_a_read_only_field_can_be_copied_but_not_changed(theme: Theme, show: Show) -> None:
    field = Field(theme, "Number", "KF-0104417-0", read_only=True)
    show(field)
    field.setFocus()
    press(field.input, "x")
    field.input.selectAll()
    field.input.copy()
    assert field.text() == QApplication.clipboard().text() == "KF-0104417-0"


def test_the_label_names_the_field(theme: Theme) -> None:
    assert Field(theme, "Postcode").input.accessibleName() == "Postcode"
