"""Tick, choice dot and toggle: Space changes them, arrows go within a group."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint

_GAP = 8


def paint_tick(
    theme: Theme, painter: QPainter, at: QPoint, *, checked: bool, enabled: bool = True
) -> None:
    """A tick box of 16 pixels with its upper left corner at `at`."""
    edge = theme.px(theme.tokens.size.tick)
    rect = QRect(at.x(), at.y(), edge, edge)
    radius = theme.px(theme.tokens.radius.chip)
    if not enabled:
        paint.box(painter, rect, radius, theme.color("subtle"), theme.color("line"))
    elif checked:
        paint.box(painter, rect, radius, theme.color("accent"))
    else:
        paint.box(painter, rect, radius, theme.color("surface"), theme.color("line_strong"))
    if checked:
        shift = (edge - theme.px(12)) // 2
        tone: Tone = "on_accent" if enabled else "disabled"
        paint.icon(theme, painter, at + QPoint(shift, shift), "check", tone, 12)


def paint_choice_dot(
    theme: Theme, painter: QPainter, at: QPoint, *, checked: bool, enabled: bool = True
) -> None:
    """A choice dot of 16 pixels with its upper left corner at `at`."""
    edge = theme.px(theme.tokens.size.tick)
    rect = QRect(at.x(), at.y(), edge, edge)
    if checked:
        paint.box(painter, rect, edge / 2, theme.color("accent" if enabled else "disabled"))
        painter.setBrush(theme.color("on_accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        radius = edge * 3 / 16
        painter.drawEllipse(QPointF(at.x() + edge / 2, at.y() + edge / 2), radius, radius)
        return
    border = theme.color("line_strong" if enabled else "line")
    fill = theme.color("surface" if enabled else "subtle")
    paint.box(painter, rect, edge / 2, fill, border)


def paint_toggle(
    theme: Theme, painter: QPainter, at: QPoint, *, checked: bool, enabled: bool = True
) -> None:
    """A toggle of 36 by 20 pixels with its upper left corner at `at`."""
    wide, high = theme.tokens.size.toggle
    rect = QRect(at.x(), at.y(), theme.px(wide), theme.px(high))
    radius = rect.height() / 2
    knob = theme.px(12)
    inset = (rect.height() - knob) / 2
    left = rect.right() + 1 - inset - knob if checked else rect.x() + inset
    on: Tone = "accent" if enabled else "disabled"
    off: Tone = "line_strong" if enabled else "line"
    if checked:
        paint.box(painter, rect, radius, theme.color(on))
    else:
        paint.box(painter, rect, radius, theme.color("surface"), theme.color(off))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("on_accent" if checked else off))
    painter.drawEllipse(QRectF(left, rect.y() + inset, knob, knob))


def _size(theme: Theme, button: QAbstractButton, mark: int) -> QSize:
    """Mark, gap and words side by side."""
    width = theme.px(mark)
    if button.text():
        width += theme.px(_GAP) + theme.metrics("row").horizontalAdvance(button.text()) + 2
    return QSize(width, theme.px(theme.tokens.size.toggle[1]))


def _words(theme: Theme, painter: QPainter, button: QAbstractButton, mark: int) -> None:
    left = theme.px(mark) + theme.px(_GAP)
    rect = button.rect().adjusted(left, 0, 0, 0)
    tone: Tone = "ink" if button.isEnabled() else "disabled"
    paint.words(theme, painter, rect, button.text(), "row", tone)


class Tick(QCheckBox):
    """A box to tick, with its words."""

    def __init__(self, theme: Theme, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._mark = theme.tokens.size.tick
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _size(self._theme, self, self._mark)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def focus_rect(self) -> QRect:
        """The mark alone wears the focus ring."""
        edge = self._theme.px(self._mark)
        return QRect(0, (self.height() - edge) // 2, edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = self.focus_rect().topLeft()
        paint_tick(self._theme, painter, at, checked=self.isChecked(), enabled=self.isEnabled())
        _words(self._theme, painter, self, self._mark)
        painter.end()


class ChoiceDot(QRadioButton):
    """One of several, of which exactly one holds."""

    def __init__(self, theme: Theme, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._mark = theme.tokens.size.tick
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _size(self._theme, self, self._mark)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def focus_rect(self) -> QRect:
        """The mark alone wears the focus ring."""
        edge = self._theme.px(self._mark)
        return QRect(0, (self.height() - edge) // 2, edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = self.focus_rect().topLeft()
        paint_choice_dot(
            self._theme, painter, at, checked=self.isChecked(), enabled=self.isEnabled()
        )
        _words(self._theme, painter, self, self._mark)
        painter.end()


class Toggle(QCheckBox):
    """On or off, at once."""

    def __init__(self, theme: Theme, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return _size(self._theme, self, self._theme.tokens.size.toggle[0])

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def focus_rect(self) -> QRect:
        """The switch alone wears the focus ring."""
        wide, high = self._theme.tokens.size.toggle
        height = self._theme.px(high)
        return QRect(0, (self.height() - height) // 2, self._theme.px(wide), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        at = self.focus_rect().topLeft()
        paint_toggle(self._theme, painter, at, checked=self.isChecked(), enabled=self.isEnabled())
        _words(self._theme, painter, self, self._theme.tokens.size.toggle[0])
        painter.end()
