"""Rows of the list of letters: how it went out, what it is, what became of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.letters.records import Letter
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

ROW = 52
EDGE, END = 20, 16


class LetterRows(RowDelegate):
    def row_height(self, record: Spoken) -> int:
        del record
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        letter = index.data(RECORD)
        if not isinstance(letter, Letter):
            return
        theme, px, rect = self._theme, self._theme.px, QRect(option.rect)
        painter.save()
        if index.row() == self.current:
            painter.fillRect(rect, theme.color("selected"))
            width = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), width, rect.height(), theme.color("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        size = theme.tokens.size.icon
        edge = px(size)
        at = QPoint(rect.x() + px(EDGE), rect.y() + (rect.height() - edge) // 2)
        paint.icon(theme, painter, at, letter.icon, "ink3", size)
        inner = rect.adjusted(px(EDGE + 32), 0, -px(END), 0)
        upper = QRect(inner.x(), rect.y() + px(7), inner.width(), px(20))
        lower = QRect(inner.x(), rect.y() + px(27), inner.width(), px(16))
        wide = paint.words(theme, painter, upper, letter.when, "caption", "ink3", paint.RIGHT)
        upper.setWidth(upper.width() - wide - px(8))
        paint.words(theme, painter, upper, letter.title, "row", "ink", strong=True)
        warns = letter.tone != "plain"
        tone: Tone = "warn" if warns else "ink3"
        paint.words(theme, painter, lower, letter.note, "caption", tone, strong=warns)
        painter.restore()
