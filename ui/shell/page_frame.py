"""The page: surface with a corner of 8 at the upper left, one hairline to rail and bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme.theme import Theme


def page_corner(widget: QWidget, radius: float, inset: float) -> QPainterPath:
    """The outline of `widget` with only its upper left corner round."""
    rect = QRectF(widget.rect()).adjusted(inset, inset, 0, 0)
    path = QPainterPath()
    path.moveTo(rect.left(), rect.bottom())
    path.lineTo(rect.left(), rect.top() + radius)
    path.arcTo(rect.left(), rect.top(), 2 * radius, 2 * radius, 180, -90)
    path.lineTo(rect.right(), rect.top())
    path.lineTo(rect.right(), rect.bottom())
    return path


class PageFrame(QFrame):
    """Fill `body`: bars first, then the pages."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 0, 0)
        self.body.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("shell"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(theme.tokens.radius.panel)
        path = page_corner(self, radius, 0.5)
        painter.fillPath(path, theme.color("surface"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawPath(path)
        painter.end()
