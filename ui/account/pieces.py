"""The line of facts under a customer's name."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.accounts.records import Piece
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.label import plain_tooltip

_BETWEEN = 16
_ICON = 22


class PieceLine(QWidget):
    """Words with icons before some; what finds no room is left to the tooltip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pieces: tuple[Piece, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        self._pieces = pieces
        words = ", ".join(piece.text for piece in pieces)
        self.setAccessibleName(words)
        self.setToolTip(plain_tooltip(words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.line("row"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        left = 0
        for piece in self._pieces:
            room = self.width() - left - (px(_ICON) if piece.icon else 0)
            if room < px(48):
                break
            if piece.icon:
                edge = px(theme.tokens.size.icon_small)
                at = QPoint(left, (self.height() - edge) // 2)
                paint.icon(theme, painter, at, piece.icon, "ink3")
                left += px(_ICON)
            rect = QRect(left, 0, room, self.height())
            left += paint.words(theme, painter, rect, piece.text, "row", "ink2") + px(_BETWEEN)
        painter.end()
