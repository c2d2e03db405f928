"""Buttons: Enter and Space, their own key, their names, their states."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.button import IconButton, KeyButton
from ui.widgets.keycap import KeyCap, cap_text


def test_enter_and_space_press_it(theme: Theme, show: Show, qtbot: QtBot) -> None:
    button = KeyButton(theme, "Create", "primary")
    show(button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            press(button, key)


def test_its_key_presses_it_from_elsewhere_in_the_window(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    button = KeyButton(theme, "Try again", key="Ctrl+R")
    window = show(KeyButton(theme, "Other"), button)
    with qtbot.waitSignal(button.clicked):
        press_in_window(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_a_letter_typed_into_a_field_is_no_shortcut(theme: Theme, show: Show, qtbot: QtBot) -> None:
    button, line = KeyButton(theme, "Note", key="N"), QLineEdit()
    window = show(button, line)
    line.setFocus()
    with qtbot.assertNotEmitted(button.clicked):
        press_in_window(window, Qt.Key.Key_N)
    assert line.text() == "n"
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        press_in_window(window, Qt.Key.Key_N)


def test_a_hidden_or_disabled_button_does_not_answer_its_key(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    button = KeyButton(theme, "Note", key="Ctrl+N")
    window = show(button, KeyButton(theme, "Other"))
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        press_in_window(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_the_key_is_part_of_the_description_and_not_of_the_name(theme: Theme) -> None:
    button = KeyButton(theme, "Try again", key="Ctrl+R")
    assert button.accessibleName() == "Try again"
    assert button.accessibleDescription() == "Key: Ctrl R"
    assert IconButton(theme, "x", "Close").accessibleName() == "Close"


def test_sizes_are_those_of_the_tokens(theme: Theme) -> None:
    heights = [
        KeyButton(theme, "Go", "secondary", size).sizeHint().height()
        for size in ("line", "small", "normal", "large")
    ]
    assert heights == [20, 28, 32, 40]


def test_every_state_looks_different(theme: Theme, show: Show) -> None:
    for kind in ("primary", "secondary", "quiet", "danger"):
        button = KeyButton(theme, "Create", kind)
        show(button)
        pictures = [button.grab().toImage()]
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        pictures.append(button.grab().toImage())
        button.setDown(True)
        pictures.append(button.grab().toImage())
        button.setDown(False)
        button.setEnabled(False)
        pictures.append(button.grab().toImage())
        for at, picture in enumerate(pictures):
            assert picture not in pictures[at + 1 :], (kind, at)


def test_other_words_change_name_and_width(theme: Theme) -> None:
    button = KeyButton(theme, "Go")
    narrow = button.sizeHint().width()
    button.say("Waiting for your browser…", icon="globe")
    assert button.accessibleName() == "Waiting for your browser…"
    assert button.sizeHint().width() > narrow
    button.set_kind("danger")
    assert button.property("kind") == "danger"


def test_caps_show_keys_as_people_read_them(theme: Theme) -> None:
    shown = {key: cap_text(key) for key in ("Ctrl+R", "Alt+Left", "G,O", "?", "+", "Return")}
    assert shown == {
        "Ctrl+R": "Ctrl R",
        "Alt+Left": "Alt ←",
        "G,O": "G O",
        "?": "?",
        "+": "+",
        "Return": "Enter",
    }
    assert KeyCap(theme, "E").sizeHint().height() == 18
