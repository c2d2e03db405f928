"""A date: typed as people say it, or chosen from a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.date_words import add_months, date_text, read_date, weekday_text
from ui.widgets.field import Input
from ui.widgets.label import Label
from ui.widgets.month_grid import MonthGrid
from ui.widgets.popover import Popover


class DateField(Input):
    """`chosen` carries a date, or None when the field was emptied.

    "24", "24/11", "tue", "+4" are read on Enter or leaving; Up and Down go by day, PgUp and
    PgDn by month; Alt+Down opens the month. `today` is asked each time: a desk runs for days.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        today: Callable[[], date],
        *,
        day: date | None = None,
        may_choose: Callable[[date], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._today = today
        self._may_choose = may_choose or (lambda _day: True)
        self._day: date | None = None
        self._popover: Popover | None = None
        self.setAccessibleName(name)
        self.setAccessibleDescription(tr("Type 24, 24/11, tue or +4; Alt Down for the month"))
        self.set_day(day)
        self.entered.connect(self._read)
        self.left.connect(self._read)
        theme.changed.connect(self._fit)
        self._fit()

    def day(self) -> date | None:
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a day, without a signal."""
        self._day = day
        self.setText(date_text(day) if day else "")
        self.setModified(False)
        self.update()

    def open_month(self) -> None:
        """Show the month under the field."""
        popover = Popover(self._theme, self.window())
        grid = MonthGrid(
            self._theme, self._day or self._today(), self._today(), may_choose=self._may_choose
        )
        grid.chosen.connect(self._take_from_month)
        popover.body.addWidget(grid)
        hint = tr("Type 24, 24/11, tue, +4 or “in 2 weeks”.")
        popover.body.addWidget(Label(self._theme, hint, "caption", "ink3"))
        popover.closed.connect(popover.deleteLater)
        self._popover = popover
        popover.open_under(self, first=grid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_month()
            return
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(key)
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
        start = self._day or self._today()
        if days is not None:
            self._move_to(start + timedelta(days=days), timedelta(days=days))
        elif months is not None:
            self._move_to(add_months(start, months), timedelta(days=months))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - self._theme.px(36):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.open_month()
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        edge = theme.px(16)
        at = QPoint(self.width() - edge - theme.px(11), (self.height() - edge) // 2)
        paint.icon(theme, painter, at, "calendar", "ink3")
        if self._day is not None and self.text() == date_text(self._day):
            start = theme.px(11) + theme.metrics("body").horizontalAdvance(self.text())
            rect = QRect(start + theme.px(8), 0, theme.px(40), self.height())
            paint.words(theme, painter, rect, weekday_text(self._day), "caption", "ink3")
        painter.end()

    def _move_to(self, day: date, step: timedelta) -> None:
        """Go to `day`, past days that cannot be had; at most a year."""
        for _ in range(366):
            if self._may_choose(day):
                self._take(day)
                return
            day += step

    def _read(self) -> None:
        if not self.isModified():
            return
        text = self.text().strip()
        if not text:
            self._take(None)
            return
        day = read_date(text, self._today())
        if day is None or not self._may_choose(day):
            self.refused.emit(text)
            return
        self._take(day)

    def _take_from_month(self, day: date) -> None:
        if self._popover is not None:
            self._popover.close_up()
            self._popover = None
        self._take(day)

    def _take(self, day: date | None) -> None:
        changed = day != self._day
        self.set_day(day)
        if changed:
            self.chosen.emit(day)

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(self._theme.tokens.size.control))
        self.setTextMargins(0, 0, self._theme.px(28), 0)
