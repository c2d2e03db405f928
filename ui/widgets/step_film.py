"""The film of an order: step by step, who did it, when, and what the customer was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

GUTTER = 44
_SECOND = 300
_THIRD = 476
ROW = 40
LINE_ROW = 32


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the flow. `told_lead` is the part of what was told that needs a look."""

    id: str
    state: paint.MarkerKind
    title: str
    by: str = ""
    when: str = ""
    when_note: str = ""
    told: str = "–"
    told_note: str = ""
    told_lead: str = ""

    def spoken(self) -> str:
        names = {
            "done": tr("done"),
            "current": tr("now"),
            "open": tr("to come"),
            "warn": tr("needs a look"),
            "bad": tr("failed"),
        }
        told = f"{self.told_lead}{self.told_note}"
        parts = (self.title, names[self.state], self.by, self.when, self.when_note)
        rest = (self.told if self.told != "–" else "", told)
        return ", ".join(part for part in (*parts, *rest) if part)

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class NoReturn:
    """The line after which there is no way back, and what is free until then."""

    text: str
    note: str = ""
    id: str = "no-return"

    def spoken(self) -> str:
        return f"{self.text}. {self.note}" if self.note else self.text

    def can_be_current(self) -> bool:
        return False


class StepDelegate(RowDelegate):
    """Rows of 40, the line of no return 32; a 2 px line joins the markers."""

    def row_height(self, record: Spoken) -> int:
        return LINE_ROW if isinstance(record, NoReturn) else ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        record = index.data(RECORD)
        painter.save()
        if isinstance(record, NoReturn):
            self._paint_line(painter, rect, record)
        elif isinstance(record, Step):
            self._paint_step(painter, rect, record, index.row())
        painter.restore()

    def _paint_step(self, painter: QPainter, rect: QRect, step: Step, row: int) -> None:
        theme, px = self._theme, self._theme.px
        radius = px(theme.tokens.radius.control)
        if step.state == "current":
            border = theme.color("accent") if theme.high_contrast else None
            paint.box(painter, rect, radius, theme.color("accent_soft"), border)
        elif row == self.hovered:
            paint.box(painter, rect, radius, theme.color("hover"))
        middle = rect.x() + px(GUTTER) // 2
        painter.fillRect(middle - 1, rect.y(), 2, rect.height(), theme.color("line"))
        edge = px(theme.tokens.size.tick)
        at = QPoint(middle - edge // 2, rect.y() + (rect.height() - edge) // 2)
        paint.marker(theme, painter, at, step.state)
        first = self.column(rect, GUTTER, _SECOND)
        self._two_lines(painter, first, step.title, step.by, strong=step.state == "current")
        self._two_lines(painter, self.column(rect, _SECOND, _THIRD), step.when, step.when_note)
        self._paint_told(painter, self.column(rect, _THIRD, 0), step)
        if row == self.current and step.state != "current":
            paint.box(painter, rect, radius, None, theme.color("accent"))

    def _paint_told(self, painter: QPainter, rect: QRect, step: Step) -> None:
        theme, px = self._theme, self._theme.px
        if not step.told_lead:
            self._two_lines(painter, rect, step.told, step.told_note)
            return
        upper = QRect(rect.x(), rect.y() + px(2), rect.width(), px(20))
        lower = QRect(rect.x(), rect.y() + px(20), rect.width(), px(16))
        paint.words(theme, painter, upper, step.told, "row", "ink")
        wide = paint.words(theme, painter, lower, step.told_lead, "caption", "warn", strong=True)
        rest = lower.adjusted(wide, 0, 0, 0)
        paint.words(theme, painter, rest, step.told_note, "caption", "ink3")

    def _two_lines(
        self, painter: QPainter, rect: QRect, upper: str, lower: str, *, strong: bool = False
    ) -> None:
        theme, px = self._theme, self._theme.px
        if not lower:
            paint.words(theme, painter, rect, upper, "row", "ink", strong=strong)
            return
        first = QRect(rect.x(), rect.y() + px(2), rect.width(), px(20))
        second = QRect(rect.x(), rect.y() + px(20), rect.width(), px(16))
        paint.words(theme, painter, first, upper, "row", "ink", strong=strong)
        paint.words(theme, painter, second, lower, "caption", "ink3")

    def _paint_line(self, painter: QPainter, rect: QRect, line: NoReturn) -> None:
        theme, px = self._theme, self._theme.px
        edge = px(theme.tokens.size.icon_small)
        middle = rect.y() + rect.height() // 2
        paint.icon(theme, painter, QPoint(rect.x() + px(14), middle - edge // 2), "flag", "warn")
        left = rect.x() + px(38)
        words = QRect(left, rect.y(), rect.right() - left, rect.height())
        wide = paint.words(theme, painter, words, line.text, "row", "warn", strong=True)
        right = rect.right() - px(14)
        if line.note:
            start = left + wide + px(16)
            note = QRect(start, rect.y(), max(0, right - start), rect.height())
            right -= paint.words(
                theme, painter, note, line.note, "caption", "ink3", paint.RIGHT
            ) + px(8)
        pen = QPen(theme.color("warn_line"), 2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        if right > left + wide + px(8):
            painter.drawLine(left + wide + px(8), middle, right, middle)

    def column(self, rect: QRect, start: int, end: int) -> QRect:
        """A column's place; `end` 0 goes to the right edge. Narrow films share what there is."""
        px = self._theme.px
        share = min(1.0, rect.width() / px(697))
        left = rect.x() + (px(start) if start == GUTTER else round(px(start) * share))
        right = rect.x() + round(px(end) * share) if end else rect.right()
        return QRect(left, rect.y(), max(0, right - left - px(8)), rect.height())


class FilmHead(QWidget):
    """The heads of the film's three columns."""

    def __init__(self, theme: Theme, titles: tuple[str, str, str]) -> None:
        super().__init__()
        self._theme = theme
        self._titles = titles
        self._rows = StepDelegate(theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect().adjusted(0, 0, 0, -1)
        spans = ((GUTTER, _SECOND), (_SECOND, _THIRD), (_THIRD, 0))
        for title, (start, end) in zip(self._titles, spans, strict=True):
            place = self._rows.column(rect, start, end)
            paint.words(self._theme, painter, place, title, "caption", "ink3", strong=True)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        self.setFixedHeight(self._theme.px(29))


class StepFilm(QWidget):
    """Head and rows. `film.keyed` carries C (sentence), L (log) and the step's id."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        titles: tuple[str, str, str] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.film = RecordList(theme, name, StepDelegate(theme))
        heads = titles or (
            tr("Step"),
            tr("Done or promised"),
            tr("Told to the customer"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(FilmHead(theme, heads))
        column.addSpacing(4)
        column.addWidget(self.film, 1)
        self.setFocusProxy(self.film)

    def set_steps(self, steps: Sequence[Step | NoReturn]) -> None:
        """Show the steps; the current step of the flow is made the current row."""
        self.film.set_records(steps)
        if not self.film.current_id():
            now = [step.id for step in steps if isinstance(step, Step) and step.state == "current"]
            self.film.choose(now[0] if now else "")
