"""A month to choose a day from: today outlined, days that cannot be had off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.date_words import DAYS, MONTHS, add_months, date_text

_HEAD = 28
_NAMES = 16
_ROW = 28
_CELL = 32


class MonthGrid(QWidget):
    """`chosen` carries the day. Arrows by day and week, PgUp and PgDn by month, Enter takes."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        day: date,
        today: date,
        *,
        may_choose: Callable[[date], bool] | None = None,
        weeks: tuple[date, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`weeks` = first Monday and number of weeks shows those instead of the month."""
        super().__init__(parent)
        self._theme = theme
        self._day = day
        self._today = today
        self._may_choose = may_choose or (lambda _day: True)
        self._fixed_weeks = weeks
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._hovered: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show(day)
        theme.changed.connect(self.updateGeometry)

    def day(self) -> date:
        return self._day

    def set_day(self, day: date) -> None:
        """Show and mark another day."""
        self._show(day)

    def sizeHint(self) -> QSize:
        rows = len(self._weeks())
        height = _HEAD + _NAMES + rows * _ROW
        return QSize(self._theme.px(7 * 40), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(7 * _CELL), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        days = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }.get(key)
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
        if days is not None:
            self._show(self._day + timedelta(days=days))
        elif months is not None:
            self._show(add_months(self._day, months))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if at.y() < self._theme.px(_HEAD):
            third = self.width() / 3
            step = -1 if at.x() < third else (1 if at.x() > 2 * third else 0)
            if step:
                self._show(add_months(self._day, step))
        elif (day := self._day_at(at)) is not None:
            self._choose(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._day_at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        self._paint_head(painter)
        top = theme.px(_HEAD)
        for column, name in enumerate(DAYS):
            rect = QRect(self._left(column), top, self._step(), theme.px(_NAMES))
            paint.words(theme, painter, rect, name[:2], "caption", "ink3", paint.CENTRE)
        for row, monday in enumerate(self._weeks()):
            for column in range(7):
                self._paint_day(painter, row, column, monday + timedelta(days=column))
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        theme = self._theme
        head = QRect(0, 0, self.width(), theme.px(_HEAD))
        title = f"{MONTHS[self._day.month - 1]} {self._day.year}"
        paint.words(theme, painter, head, title, "row", "ink", paint.CENTRE, strong=True)
        top = (head.height() - theme.px(16)) // 2
        paint.icon(theme, painter, QPoint(0, top), "left", "ink3")
        paint.icon(theme, painter, QPoint(self.width() - theme.px(16), top), "right", "ink3")

    def _paint_day(self, painter: QPainter, row: int, column: int, day: date) -> None:
        theme = self._theme
        cell = self._cell(row, column)
        radius = theme.px(theme.tokens.radius.control)
        can = self._may_choose(day)
        ink: Tone = "disabled"
        if can:
            ink = "ink" if day.month == self._day.month else "ink3"
        if day == self._day:
            paint.box(painter, cell, radius, theme.color("accent"))
            ink = "on_accent"
        elif day == self._today:
            paint.box(painter, cell, radius, None, theme.color("accent"))
        elif day == self._hovered and can:
            paint.box(painter, cell, radius, theme.color("hover"))
        strong = day == self._day
        paint.words(theme, painter, cell, str(day.day), "row", ink, paint.CENTRE, strong=strong)

    def _weeks(self) -> list[date]:
        if self._fixed_weeks is not None:
            first, count = self._fixed_weeks
            return [first + timedelta(weeks=at) for at in range(count)]
        first = self._day.replace(day=1)
        start = first - timedelta(days=first.weekday())
        end = add_months(first, 1)
        weeks = []
        while start < end:
            weeks.append(start)
            start += timedelta(days=7)
        return weeks

    def _step(self) -> int:
        return self.width() // 7

    def _left(self, column: int) -> int:
        return column * self.width() // 7

    def _cell(self, row: int, column: int) -> QRect:
        theme = self._theme
        top = theme.px(_HEAD + _NAMES) + row * theme.px(_ROW)
        width = theme.px(_CELL)
        return QRect(self._left(column) + (self._step() - width) // 2, top, width, theme.px(_ROW))

    def _day_at(self, at: QPoint) -> date | None:
        for row, monday in enumerate(self._weeks()):
            for column in range(7):
                if self._cell(row, column).contains(at):
                    return monday + timedelta(days=column)
        return None

    def _choose(self, day: date) -> None:
        if self._may_choose(day):
            self._show(day)
            self.chosen.emit(day)

    def _show(self, day: date) -> None:
        self._day = day
        self.setAccessibleName(f"{DAYS[day.weekday()]} {date_text(day)}")
        self.updateGeometry()
        self.update()
