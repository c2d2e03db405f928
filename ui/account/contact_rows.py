"""Rows of what happened: an icon, two lines, and when."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.accounts.records import Contact
from ui.tones import INK
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

ROW = 36


class ContactRows(RowDelegate):
    def row_height(self, record: Spoken) -> int:
        del record
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        contact = index.data(RECORD)
        if not isinstance(contact, Contact):
            return
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)
        painter.save()
        if index.row() == self.hovered or self.is_focused(index):
            ground = theme.color("selected" if self.is_focused(index) else "hover")
            paint.box(painter, rect, px(theme.tokens.radius.control), ground)
        edge = px(theme.tokens.size.icon_small)
        at = QPoint(rect.x(), rect.y() + (rect.height() - edge) // 2)
        paint.icon(theme, painter, at, contact.icon, "ink3")
        words = rect.adjusted(px(24), 0, 0, 0)
        wide = paint.words(theme, painter, words, contact.when, "caption", "ink3", paint.RIGHT)
        words.setWidth(words.width() - wide - px(8))
        upper = QRect(words.x(), rect.y() + px(1), words.width(), px(18))
        lower = QRect(words.x(), rect.y() + px(18), words.width(), px(16))
        paint.words(theme, painter, upper, contact.title, "row", "ink")
        tone = INK[contact.tone] if contact.tone != "plain" else "ink3"
        paint.words(theme, painter, lower, contact.note, "caption", tone)
        painter.restore()

    def is_focused(self, index: Index) -> bool:
        """Whether this is the current row of a list that has the focus."""
        rows = self.parent()
        view = rows.parent() if isinstance(rows, RowDelegate) else rows
        return index.row() == self.current and bool(getattr(view, "hasFocus", bool)())
