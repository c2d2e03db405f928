"""Rows of the list of orders: lanes with their counts, and orders of two lines."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.language import tr
from app.orders.records import Lane, Row
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

LANE, ORDER = 32, 60
EDGE = 16


@dataclass(frozen=True, slots=True)
class LaneRow:
    """The head of a lane."""

    id: str
    title: str
    count: str

    def spoken(self) -> str:
        return f"{self.title}, {self.count}"

    def can_be_current(self) -> bool:
        return False


def order_records(rows: tuple[Row, ...]) -> list[LaneRow | Row]:
    """The lanes that hold something, each with its orders."""
    titles = {
        Lane.OPEN: tr("In progress"),
        Lane.DONE: tr("Done"),
        Lane.ENDED: tr("Ended products"),
    }
    records: list[LaneRow | Row] = []
    for lane, title in titles.items():
        here = [row for row in rows if row.lane is lane]
        if here:
            records += [LaneRow(f"lane-{lane}", title, str(len(here))), *here]
    return records


class OrderRows(RowDelegate):
    def row_height(self, record: Spoken) -> int:
        return LANE if isinstance(record, LaneRow) else ORDER

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, record = QRect(option.rect), index.data(RECORD)
        painter.save()
        if isinstance(record, LaneRow):
            self._paint_lane(painter, rect, record)
        elif isinstance(record, Row):
            self._paint_order(painter, rect, record, index.row())
        painter.restore()

    def _paint_lane(self, painter: QPainter, rect: QRect, lane: LaneRow) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.color("subtle"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        words = rect.adjusted(px(EDGE), 0, 0, 0)
        wide = paint.words(theme, painter, words, lane.title, "caption", "ink3", strong=True)
        high = px(theme.tokens.size.badge)
        width = paint.badge_width(theme, lane.count)
        top = rect.y() + (rect.height() - high) // 2
        badge = QRect(words.x() + wide + px(8), top, width, high)
        paint.badge(theme, painter, badge, lane.count, new=False)

    def _paint_order(self, painter: QPainter, rect: QRect, row: Row, at: int) -> None:
        theme, px = self._theme, self._theme.px
        current = at == self.current
        if current:
            painter.fillRect(rect, theme.color("selected"))
            edge = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        elif at == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        inner = rect.adjusted(px(EDGE), 0, -px(EDGE), 0)
        upper = QRect(inner.x(), rect.y() + px(9), inner.width(), px(20))
        lower = QRect(inner.x(), rect.y() + px(33), inner.width(), px(16))
        taken = self._paint_state(painter, upper, row, current=current)
        title = QRect(upper.x(), upper.y(), upper.width() - taken - px(8), upper.height())
        paint.words(theme, painter, title, row.title, "row", "ink", strong=True)
        wide = paint.words(theme, painter, lower, row.when, "caption", "ink3", paint.RIGHT)
        lower.setWidth(lower.width() - wide - px(8))
        paint.words(theme, painter, lower, row.number, "caption", "ink3")

    def _paint_state(self, painter: QPainter, upper: QRect, row: Row, *, current: bool) -> int:
        """The state at the right, a chip while it matters; returns the width taken."""
        theme, state = self._theme, row.state
        if state.tone == "plain":
            return paint.words(theme, painter, upper, state.text, "row", "ink2", paint.RIGHT)
        high = theme.px(theme.tokens.size.chip)
        width = paint.chip_width(theme, state.text)
        chip = QRect(upper.right() + 1 - width, upper.y(), width, high)
        paint.chip(theme, painter, chip, state.text, state.tone, on_selected=current)
        return width
