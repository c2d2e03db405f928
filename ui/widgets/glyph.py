"""An icon in a line of text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint


class Glyph(QWidget):
    """An icon that says nothing by itself: a word stands beside it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        tone: Tone = "ink3",
        size: int = 16,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._tone: Tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Draw another icon."""
        self._name = name
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.px(self._size)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = self._theme.px(self._size)
        at = QPoint((self.width() - edge) // 2, (self.height() - edge) // 2)
        paint.icon(self._theme, painter, at, self._name, self._tone, self._size)
        painter.end()
