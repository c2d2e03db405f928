"""The film of an order in a narrow column: marker, step, when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from app.orders.records import NoReturn, Step
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

ROW = 24
LINE = 20


@dataclass(frozen=True, slots=True)
class BriefStep:
    """A step as one line."""

    step: Step

    @property
    def id(self) -> str:
        return self.step.id

    def spoken(self) -> str:
        return ", ".join(part for part in (self.step.title, self.step.brief) if part)

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class BriefLine:
    """The line of no return."""

    line: NoReturn
    id: str = "no-return"

    def spoken(self) -> str:
        return self.line.text

    def can_be_current(self) -> bool:
        return False


def brief(steps: tuple[Step | NoReturn, ...]) -> tuple[BriefStep | BriefLine, ...]:
    return tuple(BriefStep(each) if isinstance(each, Step) else BriefLine(each) for each in steps)


class MiniFilmRows(RowDelegate):
    def row_height(self, record: Spoken) -> int:
        return LINE if isinstance(record, BriefLine) else ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, record = QRect(option.rect), index.data(RECORD)
        painter.save()
        if isinstance(record, BriefLine):
            self._paint_line(painter, rect, record)
        elif isinstance(record, BriefStep):
            self._paint_step(painter, rect, record.step, index)
        painter.restore()

    def _paint_step(self, painter: QPainter, rect: QRect, step: Step, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        if index.row() == self.hovered:
            paint.box(painter, rect, px(theme.tokens.radius.control), theme.color("hover"))
        edge = px(theme.tokens.size.tick)
        at = QPoint(rect.x(), rect.y() + (rect.height() - edge) // 2)
        paint.marker(theme, painter, at, step.state)
        words = rect.adjusted(px(24), 0, 0, 0)
        wide = paint.words(theme, painter, words, step.brief, "caption", "ink3", paint.RIGHT)
        words.setWidth(words.width() - wide - px(8))
        strong = step.state in {"current", "warn", "bad"}
        paint.words(theme, painter, words, step.title, "row", "ink", strong=strong)

    def _paint_line(self, painter: QPainter, rect: QRect, record: BriefLine) -> None:
        theme, px = self._theme, self._theme.px
        words = record.line.text
        wide = theme.metrics("caption", strong=True).horizontalAdvance(words)
        paint.words(theme, painter, rect, words, "caption", "warn", paint.CENTRE, strong=True)
        pen = QPen(theme.color("warn_line"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        middle = rect.center().y() + 1
        side = (rect.width() - wide) // 2 - px(8)
        painter.drawLine(rect.x(), middle, rect.x() + side, middle)
        painter.drawLine(rect.right() - side, middle, rect.right(), middle)
