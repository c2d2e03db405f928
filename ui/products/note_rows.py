"""Rows of a title and what is to be said of it; for findings, changes, proposals, versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

RowTone = Literal["plain", "good", "warn", "bad"]
_INK: dict[RowTone, Tone] = {"plain": "ink3", "good": "good", "warn": "warn", "bad": "bad"}
_CHIP: dict[RowTone, paint.ChipKind] = {
    "plain": "plain",
    "good": "good",
    "warn": "warn",
    "bad": "bad",
}
_LINES = 4
_PITCH = 18


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A row by its id. `head` is a heading that cannot be current; `chip` says a state."""

    id: str
    title: str
    text: str = ""
    icon: str = ""
    tone: RowTone = "plain"
    chip: str = ""
    head: bool = False

    def spoken(self) -> str:
        return ", ".join(each for each in (self.title, self.chip, self.text) if each)

    def can_be_current(self) -> bool:
        return not self.head


class NoteRows(RowDelegate):
    """Icon, title and chip in the first line, the text below over four lines at most."""

    width = 300  # px at zoom 1.0, kept by the list

    def __init__(self, theme: Theme, *, inset: int = 16) -> None:
        super().__init__(theme)
        self._inset = inset

    def row_height(self, record: Spoken) -> int:
        if not isinstance(record, NoteRow):
            return 32
        if record.head:
            return 32
        return 36 + (_PITCH * self._lines(record) if record.text else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, NoteRow):
            return
        rect = QRect(option.rect)
        painter.save()
        if record.head:
            self._paint_head(painter, rect, record)
        else:
            self._paint_ground(painter, rect, index.row())
            self._paint_row(painter, rect, record, current=index.row() == self.current)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, record: NoteRow) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.color("subtle"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        inner = rect.adjusted(px(self._inset), 0, -px(16), -1)
        paint.words(theme, painter, inner, record.title, "caption", "ink3", strong=True)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme = self._theme
        current = row == self.current
        ground: Tone = "surface"
        if current:
            ground = "selected"
        elif row == self.hovered:
            ground = "hover"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if current:
            edge = theme.px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height() - 1, theme.color("accent"))

    def _paint_row(self, painter: QPainter, rect: QRect, record: NoteRow, *, current: bool) -> None:
        theme, px = self._theme, self._theme.px
        line = rect.adjusted(px(self._inset), px(8), -px(16), 0)
        line.setHeight(px(20))
        if record.icon:
            at = QPoint(line.x(), line.y() + px(2))
            paint.icon(theme, painter, at, record.icon, _INK[record.tone])
            line.setLeft(line.left() + px(24))
        text = QRect(line.x(), line.bottom() + px(1), line.width(), rect.bottom() - line.bottom())
        if record.chip:
            wide = paint.chip_width(theme, record.chip)
            chip = QRect(line.right() - wide, line.y(), wide, px(theme.tokens.size.chip))
            kind = _CHIP[record.tone]
            paint.chip(theme, painter, chip, record.chip, kind, "", on_selected=current)
            line.setRight(chip.left() - px(8))
        paint.words(theme, painter, line, record.title, "row", "ink", strong=True)
        if record.text:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("ink2"))
            flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
            painter.drawText(text.adjusted(0, 0, 0, -px(6)), flags, record.text)

    def _lines(self, record: NoteRow) -> int:
        px = self._theme.px
        wide = px(self.width) - px(self._inset) - px(16) - (px(24) if record.icon else 0)
        metrics = self._theme.metrics("caption")
        flags = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(0, 0, max(wide, px(80)), 10_000, flags, record.text)
        return min(_LINES, max(1, round(box.height() / max(1, metrics.lineSpacing()))))


class NoteList(RecordList):
    """A list of such rows; they wrap at its width."""

    def __init__(self, theme: Theme, name: str, *, inset: int = 16) -> None:
        self._notes = NoteRows(theme, inset=inset)
        super().__init__(theme, name, self._notes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = round(self.viewport().width() / self._theme.zoom)
        if width != self._notes.width:
            self._notes.width = width
            self.scheduleDelayedItemsLayout()
