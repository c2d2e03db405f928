"""The field of jacks with four cords, drawn beside the sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone

WIDTH = 592
_RASTER = 56
_COLUMNS, _ROWS = 9, 12
_DESIGN_HEIGHT = 900
_TOP = 112  # of the first row of jacks, in a window as high as the design
_CORD = 4.0
_PLUG = 10.0


@dataclass(frozen=True, slots=True)
class Cord:
    """From jack to jack, given as (column, row)."""

    start: tuple[int, int]
    end: tuple[int, int]
    tone: Tone
    strength: float = 1.0


_CORDS = (
    Cord((1, 2), (6, 5), "accent"),
    Cord((0, 6), (4, 10), "accent"),
    Cord((7, 1), (3, 8), "accent", 0.6),
    Cord((5, 9), (8, 8), "ink3", 0.8),
)
_SAG = 119  # how far below its lower end a cord is drawn down


class JackField(QWidget):
    """Painted once for each size and theme; says nothing to assistive technology."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawn: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._forget)
        self._forget()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), self._theme.px(_DESIGN_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(WIDTH), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._drawn is None or self._drawn.size() != wanted:
            self._drawn = self._draw(wanted, ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn)
        painter.end()

    def _forget(self) -> None:
        self._drawn = None
        self.setFixedWidth(self._theme.px(WIDTH))
        self.update()

    def _draw(self, size: QSize, ratio: float) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.color("shell"))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self._theme.color("line")
        painter.fillRect(self.width() - 1, 0, 1, self.height(), line)
        for row in range(_ROWS):
            for column in range(_COLUMNS):
                self._paint_jack(painter, self._at(column, row))
        for cord in reversed(_CORDS):
            self._paint_cord(painter, cord)
        painter.end()
        return pixmap

    def _at(self, column: int, row: int) -> QPointF:
        """The middle of a jack; the field stays in the middle of higher and lower windows."""
        px = self._theme.zoom
        raster = _RASTER * px
        shift = (self.height() - _DESIGN_HEIGHT * px) / 2
        return QPointF((72 + column * _RASTER) * px, shift + _TOP * px + row * raster)

    def _paint_jack(self, painter: QPainter, at: QPointF) -> None:
        px = self._theme.zoom
        tone = _faded(self._theme.color("ink3"), 0.45)
        painter.setPen(QPen(tone, 1.5 * px))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, 9 * px, 9 * px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone)
        painter.drawEllipse(at, 3 * px, 3 * px)

    def _paint_cord(self, painter: QPainter, cord: Cord) -> None:
        px = self._theme.zoom
        start, end = self._at(*cord.start), self._at(*cord.end)
        deep = max(start.y(), end.y()) + _SAG * px
        path = QPainterPath(start)
        path.cubicTo(QPointF(start.x(), deep), QPointF(end.x(), deep), end)
        color = _mixed(self._theme.color(cord.tone), self._theme.color("shell"), cord.strength)
        pen = QPen(color, _CORD * px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for plug in (start, end):
            painter.drawEllipse(plug, _PLUG * px, _PLUG * px)


def _faded(color: QColor, share: float) -> QColor:
    faded = QColor(color)
    faded.setAlphaF(share)
    return faded


def _mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """`share` of the colour over the ground; opaque, so that crossings stay clean."""
    return QColor(
        round(color.red() * share + ground.red() * (1 - share)),
        round(color.green() * share + ground.green() * (1 - share)),
        round(color.blue() * share + ground.blue() * (1 - share)),
    )
