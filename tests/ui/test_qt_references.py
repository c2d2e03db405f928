"""PySide6 6.12 loses a reference to None or True per call and aborts: this version must not."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 20_000


class Bell(QObject):
    rung = Signal(bool)


def test_20_000_texts_and_20_000_signals_lose_no_reference(qtbot: QtBot) -> None:
    label, bell = QLabel(), Bell()
    qtbot.addWidget(label)
    heard = 0

    def hear(_on: bool) -> None:  # noqa: FBT001  # the signal's own shape
        nonlocal heard
        heard += 1

    bell.rung.connect(hear)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for at in range(CALLS):
        label.setText(str(at))
        bell.rung.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert heard == CALLS
    assert label.text() == str(CALLS - 1)
    # below 3.12 these are counted; from 3.12 on they are immortal and cannot be lost
    assert all(abs(now - then) < CALLS // 10 for now, then in zip(after, before, strict=True))
