"""Scroll bars and tooltips, drawn from the tokens."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from ui.theme.tokens import Tone

WIDE, LEAST, MARGIN, RADIUS = 10, 32, 2, 3
"""A scroll bar's width, the least length of its handle, room around it, its corners."""
_Part = QStyle.SubControl


class Look(Protocol):
    """What of the theme is asked for here."""

    def color(self, tone: Tone) -> QColor: ...

    def px(self, length: float) -> int: ...


class DrawnParts(QProxyStyle):
    """Given only to scroll bars and tooltips: a style in Python is too slow for all others."""

    def __init__(self, look: Look) -> None:
        super().__init__("fusion")
        self.look = look

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric == QStyle.PixelMetric.PM_ScrollBarExtent:
            return self.look.px(WIDE)
        if metric == QStyle.PixelMetric.PM_ScrollBarSliderMin:
            return self.look.px(LEAST)
        return super().pixelMetric(metric, option, widget)

    def subControlRect(
        self,
        _control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        _widget: QWidget | None = None,
    ) -> QRect:
        return self._bar_part(option, part) if isinstance(option, QStyleOptionSlider) else QRect()

    def drawComplexControl(
        self,
        _control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        _widget: QWidget | None = None,
    ) -> None:
        if not isinstance(option, QStyleOptionSlider):
            return
        look = self.look
        around = look.px(MARGIN)
        handle = self._bar_part(option, _Part.SC_ScrollBarSlider)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("line_strong"))
        inner = QRectF(handle.adjusted(around, around, -around, -around))
        painter.drawRoundedRect(inner, look.px(RADIUS), look.px(RADIUS))
        painter.restore()

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element != QStyle.PrimitiveElement.PE_PanelTipLabel:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setBrush(self.look.color("surface"))
        painter.setPen(QPen(self.look.color("line_strong"), 1))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _bar_part(self, bar: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
        """A groove from end to end without arrows, and in it the handle."""
        lying = bar.orientation == Qt.Orientation.Horizontal
        whole = bar.rect.width() if lying else bar.rect.height()
        begin, length = self._handle(bar, whole)
        spans = {
            _Part.SC_ScrollBarGroove: (0, whole),
            _Part.SC_ScrollBarSlider: (begin, length),
            _Part.SC_ScrollBarSubPage: (0, begin),
            _Part.SC_ScrollBarAddPage: (begin + length, whole - begin - length),
        }
        at, long = spans.get(part, (0, 0))
        if long <= 0:
            return QRect()
        if lying:
            return QRect(bar.rect.x() + at, bar.rect.y(), long, bar.rect.height())
        return QRect(bar.rect.x(), bar.rect.y() + at, bar.rect.width(), long)

    def _handle(self, bar: QStyleOptionSlider, whole: int) -> tuple[int, int]:
        """Where the handle begins, and its length."""
        reach = bar.maximum - bar.minimum
        if reach <= 0:
            return 0, whole
        share = whole * bar.pageStep // (reach + bar.pageStep)
        length = min(whole, max(share, self.look.px(LEAST)))
        begin = QStyle.sliderPositionFromValue(
            bar.minimum, bar.maximum, bar.sliderPosition, whole - length, upsideDown=bar.upsideDown
        )
        return begin, length
