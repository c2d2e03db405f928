"""Two hands on a keyboard: every key goes through the window, and those without data count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """`keys` counts what was pressed beside the customer's own data."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.keys = 0

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """One key that is not data."""
        handle = self._window.windowHandle()
        assert handle is not None
        self.keys += 1
        QTest.keyClick(handle, key, held)

    def type(self, text: str) -> None:
        """What the customer says of himself, letter by letter into whatever has the focus."""
        for letter in text:
            focus = self._window.focusWidget()
            assert focus is not None
            QTest.keyClicks(focus, letter)
