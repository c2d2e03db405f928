"""The page: surface with a corner of 8 at the upper left, one hairline to rail and bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme.theme import Theme


def page_corner(widget: QWidget, radius: float, inset: float, *, beyond: float = 0) -> QPainterPath:
    """The outline of `widget` with only its upper left corner round.

    `beyond` puts the right and the lower edge so far outside, where they are not seen.
    """
    rect = QRectF(widget.rect()).adjusted(inset, inset, beyond, beyond)
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
        painter.fillPath(page_corner(self, radius, 0), theme.color("surface"))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawPath(page_corner(self, radius, 0.5, beyond=2))
        painter.end()
