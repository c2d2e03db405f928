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
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.label import plain_tooltip
from ui.widgets.panel import Hairline


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


class FactRow(QWidget):
    """One fact: Ctrl+C copies, Enter or F2 asks to change it."""

    opened = Signal(str)
    copied = Signal(str)

    def __init__(self, theme: Theme, fact: Fact, label_width: int) -> None:
        super().__init__()
        self._theme = theme
        self._fact = fact
        self._label_width = label_width
        self._low = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if fact.link:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_fact(fact)
        theme.changed.connect(self.updateGeometry)

    def fact(self) -> Fact:
        return self._fact

    def show_fact(self, fact: Fact) -> None:
        """Replace the contents in place."""
        self._fact = fact
        spoken = f"{fact.label}: {fact.value} {fact.note}".strip()
        self.setAccessibleName(spoken)
        self.setToolTip(plain_tooltip(f"{fact.value} {fact.note}".strip()))
        self.update()

    def set_low(self, low: bool) -> None:  # noqa: FBT001  # one plain switch
        """26 high instead of 28, where the window is low."""
        self._low = low
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        height = self._theme.tokens.size.fact_row - (2 if self._low else 0)
        return QSize(self._theme.px(240), self._theme.px(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(self._label_width + 80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.opened.emit(self._fact.id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        over_value = event.position().x() >= self._theme.px(self._label_width)
        if self._fact.link and over_value and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._fact.id)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._copy()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, fact = self._theme, self._fact
        painter = QPainter(self)
        height = self.height()
        split = theme.px(self._label_width)
        label = QRect(0, 0, split - theme.px(8), height)
        paint.words(theme, painter, label, fact.label, "row", "ink3")
        value = QRect(split, 0, self.width() - split, height)
        tone: Tone = "accent" if fact.link else fact.tone
        strong = fact.strong or fact.link
        wide = paint.words(theme, painter, value, fact.value, "row", tone, strong=strong)
        if fact.note:
            rest = value.adjusted(wide + theme.px(4), 0, 0, 0)
            paint.words(theme, painter, rest, f"· {fact.note}", "row", "ink3")
        painter.end()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._fact.copy or self._fact.value)
        self.copied.emit(self._fact.id)


class FactRows(QWidget):
    """Rows of facts. `opened` and `copied` carry the fact's id; Up and Down go along."""

    opened = Signal(str)
    copied = Signal(str)

    def __init__(
        self,
        theme: Theme,
        facts: Sequence[Fact] = (),
        *,
        label_width: int = 96,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_width = label_width
        self._rows: list[FactRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.set_facts(facts)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; rows with the same ids stay and only change their contents."""
        old = [(row.fact().id, row.fact().gap) for row in self._rows]
        if old == [(fact.id, fact.gap) for fact in facts]:
            for row, fact in zip(self._rows, facts, strict=True):
                row.show_fact(fact)
            return
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = []
        for fact in facts:
            if fact.gap:
                self._column.addSpacing(self._theme.px(8))
                self._column.addWidget(Hairline(self._theme))
                self._column.addSpacing(self._theme.px(8))
            self._add(fact)

    def row(self, fact_id: str) -> FactRow:
        """The row of a fact; raises KeyError for an unknown id."""
        for row in self._rows:
            if row.fact().id == fact_id:
                return row
        raise KeyError(fact_id)

    def set_low(self, low: bool) -> None:  # noqa: FBT001  # one plain switch
        """26 high instead of 28, where the window is lower than 840."""
        for row in self._rows:
            row.set_low(low)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is None or not isinstance(focus, FactRow):
            super().keyPressEvent(event)
            return
        at = self._rows.index(focus) + step
        if 0 <= at < len(self._rows):
            self._rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self, fact: Fact) -> None:
        row = FactRow(self._theme, fact, self._label_width)
        row.opened.connect(self.opened)
        row.copied.connect(self.copied)
        # one Tab stop for all rows
        if self._rows:
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._rows.append(row)
        self._column.addWidget(row)


def paint_pair(
    theme: Theme, painter: QPainter, rect: QRect, first: str, second: str, *, strong: bool = False
) -> None:
    """Words at the left and a figure at the right of one line, as in lists of prices."""
    wide = paint.words(theme, painter, rect, second, "row", "ink", paint.RIGHT, strong=strong)
    left = rect.adjusted(0, 0, -wide - theme.px(8), 0)
    paint.words(theme, painter, left, first, "row", "ink", strong=strong)


class PairRow(QWidget):
    """A line of a price list: words, and a figure at the right; bold for a sum."""

    def __init__(
        self,
        theme: Theme,
        words: str,
        figure: str,
        *,
        mark: str = "",
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._figure = figure
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
        paint_pair(theme, painter, rect, self._words, self._figure, strong=self._strong)
        painter.end()
