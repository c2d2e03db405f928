"""Keys and clicks, as a person at the machine gives them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.tour.patience import TourStopped, wait_until

_NONE = Qt.KeyboardModifier.NoModifier
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}


class Hands:
    """Presses keys in the window that `window` gives; counts keys and letters apart."""

    def __init__(self, window: Callable[[], QWidget]) -> None:
        self._window = window
        self.keys = 0
        self.letters = 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as "Ctrl+N" or "Down"."""
        for key in keys:
            code, held = _split(key)
            handle = self._window().windowHandle()
            if handle is None:
                raise TourStopped(f"There is no window in which to press {key}.")
            QTest.keyClick(handle, code, held)
            self.keys += 1

    def stand_in(self, name: str) -> None:
        """Wait until the focus is in what is called so."""
        wait_until(lambda: self.at(name), f"The focus did not come to {name}.")

    def at(self, name: str) -> bool:
        """Whether the focus is in what is called so."""
        return _focused().startswith(name)

    def type(self, text: str) -> None:
        """Type a text, letter by letter, where the focus is."""
        for letter in text:
            focus = QApplication.focusWidget()
            if focus is None:
                raise TourStopped(f"There is no field in which to type {text}.")
            code = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            QTest.sendKeyEvent(QTest.KeyAction.Click, focus, code, letter, _NONE)
            self.letters += 1

    def click(self, widget: QWidget) -> None:
        """Click in the middle of a widget that can be seen and used."""
        name = widget.accessibleName() or type(widget).__name__
        wait_until(
            lambda: widget.isVisible() and widget.isEnabled(), f"{name} could not be clicked."
        )
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _NONE, QPoint())
        self.keys += 1


def _focused() -> str:
    focus = QApplication.focusWidget()
    return focus.accessibleName() if focus is not None else ""


def _split(keys: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    """Read "Ctrl+Shift+N": the key and what is held with it."""
    *held, name = keys.split("+")
    modifiers = _NONE
    for each in held:
        modifiers |= _HELD[each]
    return Qt.Key[f"Key_{name}"], modifiers
