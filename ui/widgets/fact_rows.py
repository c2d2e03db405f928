"""Facts as label and value, row under row; each value can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.label import plain_tooltip
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

_GAP = 17
"""Room with a hairline in its middle, above a group of facts."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row by its id. `note` follows the value in grey; `link` makes the value a thing to do.

    `gap` draws a hairline above; `copy` is what Ctrl+C takes, else the value.
    """

    id: str
    label: str
    value: str
    note: str = ""
    tone: Tone = "ink"
    strong: bool = False
    link: bool = False
    gap: bool = False
    copy: str = ""

    def spoken(self) -> str:
        return f"{self.label}: {self.value} {self.note}".strip()

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class _Gap:
    """The hairline above a fact."""

    id: str

    def spoken(self) -> str:
        return ""

    def can_be_current(self) -> bool:
        return False


class _FactDelegate(RowDelegate):
    """Label and value; a note follows in grey."""

    def __init__(self, theme: Theme, label_width: int) -> None:
        super().__init__(theme)
        self.label_width = label_width
        self.low = False

    def row_height(self, record: Spoken) -> int:
        if isinstance(record, _Gap):
            return _GAP
        return self._theme.tokens.size.fact_row - (2 if self.low else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, record = QRect(option.rect), index.data(RECORD)
        if isinstance(record, Fact):
            self._paint_fact(painter, rect, record)
        else:
            middle = rect.y() + self._theme.px(_GAP // 2)
            painter.fillRect(rect.x(), middle, rect.width(), 1, self._theme.color("line"))

    def _paint_fact(self, painter: QPainter, rect: QRect, fact: Fact) -> None:
        theme = self._theme
        split = theme.px(self.label_width)
        label = QRect(rect.x(), rect.y(), split - theme.px(8), rect.height())
        paint.words(theme, painter, label, fact.label, "row", "ink3")
        value = rect.adjusted(split, 0, 0, 0)
        tone: Tone = "accent" if fact.link else fact.tone
        strong = fact.strong or fact.link
        wide = paint.words(theme, painter, value, fact.value, "row", tone, strong=strong)
        if fact.note:
            rest = value.adjusted(wide + theme.px(4), 0, 0, 0)
            paint.words(theme, painter, rest, f"· {fact.note}", "row", "ink3")


class FactRows(RecordList):
    """Rows of facts, one Tab stop: Ctrl+C or a double click copies, Enter or F2 opens.

    `opened` and `copied` carry the fact's id.
    """

    copied = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        facts: Sequence[Fact] = (),
        *,
        label_width: int = 96,
        parent: QWidget | None = None,
    ) -> None:
        self._facts = _FactDelegate(theme, label_width)
        super().__init__(theme, name, self._facts, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; where the ids stay the same only the contents change."""
        records: list[Fact | _Gap] = []
        for fact in facts:
            if fact.gap:
                records.append(_Gap(f"gap-{fact.id}"))
            records.append(fact)
        self.set_records(records)
        self._fit()

    def fact(self, fact_id: str) -> Fact:
        """A fact that is shown; raises KeyError for an unknown id."""
        for record in self.records.records():
            if isinstance(record, Fact) and record.id == fact_id:
                return record
        raise KeyError(fact_id)

    def set_low(self, low: bool) -> None:  # noqa: FBT001  # one plain switch
        """26 high instead of 28, where the window is lower than 840."""
        if low != self._facts.low:
            self._facts.low = low
            self.scheduleDelayedItemsLayout()
            self._fit()

    def focus_rect(self) -> QRect:
        """The current row wears the focus ring."""
        place = self.visualRect(self.currentIndex())
        return place if place.isValid() else self.rect()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(self._facts.label_width + 80), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(self.currentIndex())
        elif event.key() == Qt.Key.Key_F2:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        fact = self._fact_at(event)
        words = f"{fact.value} {fact.note}".strip() if fact is not None else ""
        self.viewport().setToolTip(plain_tooltip(words) if words else "")
        pointing = fact is not None and fact.link and self._over_value(event)
        shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        fact = self._fact_at(event)
        if fact is not None and fact.link and self._over_value(event):
            self.opened.emit(fact.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._copy(self.indexAt(event.position().toPoint()))

    def _over_value(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self._theme.px(self._facts.label_width)

    def _fact_at(self, event: QMouseEvent) -> Fact | None:
        record = self.indexAt(event.position().toPoint()).data(RECORD)
        return record if isinstance(record, Fact) else None

    def _copy(self, index: Index) -> None:
        fact = index.data(RECORD)
        if isinstance(fact, Fact):
            QGuiApplication.clipboard().setText(fact.copy or fact.value)
            self.copied.emit(fact.id)

    def _fit(self) -> None:
        """As high as its rows: what is around it scrolls."""
        self.setFixedHeight(self.whole_height())

    def _relay(self) -> None:
        super()._relay()
        self._fit()


def paint_pair(
    theme: Theme,
    painter: QPainter,
    rect: QRect,
    first: str,
    second: str,
    *,
    strong: bool = False,
    quiet: bool = False,
) -> None:
    """Words at the left and a figure at the right of one line, as in lists of prices."""
    ink: Tone = "ink3" if quiet else "ink"
    wide = paint.words(theme, painter, rect, second, "row", ink, paint.RIGHT, strong=strong)
    left = rect.adjusted(0, 0, -wide - theme.px(8), 0)
    paint.words(theme, painter, left, first, "row", "ink", strong=strong)


class PairRow(QWidget):
    """A line of a price list: words, and a figure at the right; bold for a sum.

    `quiet`: what stands at the right is a note.
    """

    def __init__(
        self,
        theme: Theme,
        words: str,
        figure: str,
        *,
        mark: str = "",
        strong: bool = False,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._figure = figure
        self._quiet = quiet
        self._mark = mark
        self._strong = strong
        self.setAccessibleName(f"{mark} {words} {figure}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        rect = self.rect()
        if self._mark:
            icon = {"+": ("plus", "good"), "-": ("minus", "bad")}[self._mark]
            tone: Tone = "good" if icon[1] == "good" else "bad"
            edge = theme.px(12)
            at = QPoint(0, (self.height() - edge) // 2)
            paint.icon(theme, painter, at, icon[0], tone, 12)
            rect = rect.adjusted(edge + theme.px(2), 0, 0, 0)
        paint_pair(
            theme, painter, rect, self._words, self._figure,
            strong=self._strong, quiet=self._quiet,
        )  # fmt: skip
        painter.end()
