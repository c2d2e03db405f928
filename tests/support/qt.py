"""Qt in tests: offscreen, one look per test, and windows that are really shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

Show = Callable[..., QWidget]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look at zoom 1.0, on the application."""
    made = Theme(wish="light")
    made.apply(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows widgets one under the other in an active window, and returns the window."""

    windows: list[QWidget] = []  # held until the test ends, else Python drops them

    def shown(*widgets: QWidget, width: int = 600, height: int = 400) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return shown


def press(widget: QWidget, *keys: Qt.Key | str, held: Qt.KeyboardModifier | None = None) -> None:
    """Press keys one after the other in `widget`; a text is typed letter by letter."""
    modifier = held if held is not None else Qt.KeyboardModifier.NoModifier
    for key in keys:
        if isinstance(key, str):
            QTest.keyClicks(widget, key, modifier)
        else:
            QTest.keyClick(widget, key, modifier)


def press_in_window(
    window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key as the window's own input, so that shortcuts and the focus ring see it."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key, held)


def click(widget: QWidget) -> None:
    """Click in the middle of `widget`."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
