"""Rules in two lines each: the id and what it says; Enter opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

_ID = 44


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    text: str

    def spoken(self) -> str:
        return f"{self.id}, {self.text}"

    def can_be_current(self) -> bool:
        return True


class _Rows(RowDelegate):
    """The id at the left, the sentence beside it over as many lines as it takes, three at most."""

    width = 300

    def row_height(self, record: Spoken) -> int:
        return 8 + 18 * self._lines(record.text) if isinstance(record, _Named) else 26

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, _Named):
            return
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)
        painter.save()
        ground: Tone = "surface"
        if index.row() == self.current and self._has_focus():
            ground = "selected"
        elif index.row() == self.hovered:
            ground = "hover"
        painter.fillRect(rect, theme.color(ground))
        first = QRect(rect.x() + px(4), rect.y() + px(4), px(_ID), px(18))
        paint.words(theme, painter, first, record.id, "caption", "accent", strong=True)
        text = rect.adjusted(px(_ID), px(4), -px(4), -px(4))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink2"))
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
        painter.drawText(text, flags, record.text)
        painter.restore()

    def _lines(self, text: str) -> int:
        wide = self._theme.px(self.width - _ID - 6)
        metrics = self._theme.metrics("caption")
        box = metrics.boundingRect(0, 0, wide, 1000, int(Qt.TextFlag.TextWordWrap), text)
        return min(4, max(1, round(box.height() / max(1, metrics.lineSpacing()))))

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, RecordList) and view.hasFocus()


class RuleNames(RecordList):
    """As high as its rows; the column around it scrolls."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, _Rows(theme))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._fit_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = round(self.viewport().width() / self._theme.zoom)
        if isinstance(self.rows, _Rows) and width != self.rows.width:
            self.rows.width = width
            self.scheduleDelayedItemsLayout()
            self._fit_height()

    def show_rules(self, rules: Sequence[tuple[str, str]]) -> None:
        self.set_records([_Named(each, text) for each, text in rules])
        self._fit_height()

    def _fit_height(self) -> None:
        self.setFixedHeight(self.whole_height())
