"""Key caps, which teach the key of an action where the eye already is."""

from __future__ import annotations

import sys

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint

_SHOWN = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Return": "Enter",
    "PgUp": "Page up",
    "PgDown": "Page down",
    "Del": "Delete",
}


def cap_text(key: str) -> str:
    """What a cap shows for a key in Qt's portable form: `Ctrl+R` is "Ctrl R"."""
    if sys.platform == "darwin":
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    steps = [step.strip() for step in key.split(",")]
    return " ".join(_SHOWN.get(part, part) for step in steps for part in _parts(step))


def _parts(step: str) -> list[str]:
    return ["+"] if step == "+" else step.replace("++", "+plus").split("+")


class KeyCap(QLabel):
    """One key, 18 high. Not spoken: the action it belongs to names its key."""

    def __init__(self, theme: Theme, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(cap_text(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        height = self._theme.px(self._theme.tokens.size.key_cap)
        return QSize(paint.cap_width(self._theme, self.text()), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        off = not self.isEnabled()
        paint.key_cap(self._theme, painter, self.rect(), self.text(), off=off)
        painter.end()
