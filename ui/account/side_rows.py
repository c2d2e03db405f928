"""Rows of the right column: the steps of the open order, a head, what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.accounts.records import Contact
from app.language import tr
from app.orders.records import Film
from ui.account.contact_rows import ContactRows
from ui.account.mini_film import BriefLine, BriefStep, MiniFilmRows, brief
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

_ABOVE, _LINE, _BELOW = 8, 20, 2
"""Room above the hairline, the head's words, room below them."""
_AFTER = 13  # from the hairline to the words


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The words above what happened; a hairline parts them from an order above."""

    text: str
    below_order: bool
    id: str = "contacts-head"

    def spoken(self) -> str:
        return self.text

    def can_be_current(self) -> bool:
        return False


SideRecord = BriefStep | BriefLine | HeadRow | Contact


def side_records(film: Film | None, contacts: Sequence[Contact]) -> list[SideRecord]:
    steps = brief(film.steps) if film is not None else ()
    return [*steps, HeadRow(tr("Last contacts"), below_order=film is not None), *contacts]


class SideRows(RowDelegate):
    """Leaves each row to those who know it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._steps = MiniFilmRows(theme, self)
        self._contacts = ContactRows(theme, self)

    def row_height(self, record: Spoken) -> int:
        if isinstance(record, HeadRow):
            above = _ABOVE + _AFTER if record.below_order else 0
            return above + _LINE + _BELOW
        return self._of(record).row_height(record)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if isinstance(record, HeadRow):
            self._paint_head(painter, QRect(option.rect), record)
            return
        rows = self._of(record)
        self._contacts.current = self.current
        rows.hovered, rows.current = self.hovered, self.current
        if rows is self._steps and self._contacts.is_focused(index):
            self._paint_ground(painter, QRect(option.rect))
        rows.paint(painter, option, index)

    def _of(self, record: Spoken) -> RowDelegate:
        return self._contacts if isinstance(record, Contact) else self._steps

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        radius = self._theme.px(self._theme.tokens.radius.control)
        paint.box(painter, rect, radius, self._theme.color("selected"))

    def _paint_head(self, painter: QPainter, rect: QRect, head: HeadRow) -> None:
        theme, px = self._theme, self._theme.px
        if head.below_order:
            line = rect.y() + px(_ABOVE)
            painter.fillRect(rect.x(), line, rect.width(), 1, theme.color("line"))
        words = QRect(rect.x(), rect.bottom() + 1 - px(_LINE + _BELOW), rect.width(), px(_LINE))
        paint.words(theme, painter, words, head.text, "strong", "ink")
