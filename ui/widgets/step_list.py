"""The steps of a wizard: state, name, what is missing, and the key that goes there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

ROW = 52


@dataclass(frozen=True, slots=True)
class WizardStep:
    """A step by its id; `missing` is shown in the warning colour if `needs_work`."""

    id: str
    name: str
    note: str = ""
    state: paint.MarkerKind = "open"
    needs_work: bool = False

    def spoken(self) -> str:
        return f"{self.name}, {self.note}" if self.note else self.name

    def can_be_current(self) -> bool:
        return True


class _StepRows(RowDelegate):
    def row_height(self, _record: Spoken) -> int:
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        step = index.data(RECORD)
        if not isinstance(step, WizardStep):
            return
        painter.save()
        box = QRect(option.rect).adjusted(0, px(2), 0, -px(2))
        current = index.row() == self.current
        radius = px(theme.tokens.radius.panel)
        if current:
            paint.box(painter, box, radius, theme.color("accent_soft"), theme.color("accent"))
        elif index.row() == self.hovered:
            paint.box(painter, box, radius, theme.color("hover"))
        edge = px(theme.tokens.size.tick)
        left = box.x() + px(12)
        at = QPoint(left, box.y() + (box.height() - edge) // 2)
        paint.marker(theme, painter, at, step.state)
        self._paint_words(painter, box, step, left + edge + px(8), current=current)
        cap = str(index.row() + 1)
        wide = paint.cap_width(theme, cap)
        high = px(theme.tokens.size.key_cap)
        place = QRect(
            box.right() - px(12) - wide + 1, box.y() + (box.height() - high) // 2, wide, high
        )
        paint.key_cap(theme, painter, place, cap)
        painter.restore()

    def _paint_words(
        self, painter: QPainter, box: QRect, step: WizardStep, left: int, *, current: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        wide = box.right() - px(38) - left
        spare = (box.height() - px(36)) // 2
        name = QRect(left, box.y() + spare, wide, px(20))
        paint.words(theme, painter, name, step.name, "row", "ink", strong=current)
        tone: Tone = "warn" if step.needs_work else "ink3"
        note = QRect(left, box.y() + spare + px(19), wide, px(16))
        paint.words(theme, painter, note, step.note, "caption", tone)


class StepList(RecordList):
    """`chosen` carries the id: on a click, Enter, or Alt+1..7 from anywhere in the window."""

    def __init__(self, theme: Theme, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, _StepRows(theme), parent=parent)
        self.chosen = self.opened
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.clicked.connect(lambda index: self._go(index.row()))
        for at in range(9):
            key = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            key.activated.connect(lambda to=at: self._go(to))

    def set_steps(self, steps: Sequence[WizardStep]) -> None:
        """Show the steps, in their order."""
        self.set_records(steps)

    def _go(self, row: int) -> None:
        record = self.records.index(row).data(RECORD)
        if isinstance(record, WizardStep):
            self.choose(record.id)
            self.opened.emit(record.id)
