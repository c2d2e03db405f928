"""The basket at the side: rows, what is missing, totals at the foot."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.wizard.basket_view import BasketRow, BasketView
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.label import Label, Prose
from ui.widgets.note import Note
from ui.widgets.panel import Hairline
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 28
_TEXT = 16
_ONCE = 66
_MONTHLY = 70


@dataclass(frozen=True, slots=True)
class _Shown:
    """A basket row as a list's record."""

    row: BasketRow

    @property
    def id(self) -> str:
        return self.row.id

    def spoken(self) -> str:
        row = self.row
        parts = (row.name, row.text, row.monthly, row.once)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return False


class _Rows(RowDelegate):
    """Names at the left, wrapped; monthly and once at the right."""

    width = 244

    def row_height(self, record: Spoken) -> int:
        if not isinstance(record, _Shown):
            return _ROW
        lines = self._name_lines(record.row)
        return _ROW + 18 * (lines - 1) + _TEXT * self._text_lines(record.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, _Shown):
            return
        theme, px, row = self._theme, self._theme.px, record.row
        rect = QRect(option.rect)
        painter.save()
        tone: Tone = "good" if row.kind == "saving" else "ink"
        strong = row.kind == "main"
        high = px(18) * self._name_lines(row)
        name = QRect(rect.x(), rect.y() + px(4), self._name_width(row), high + px(2))
        painter.setFont(theme.font("row", strong=strong))
        painter.setPen(theme.color(tone))
        painter.drawText(name, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), row.name)
        if row.text:
            self._paint_text(painter, rect, row, rect.y() + high + px(6))
        line = QRect(rect.x(), rect.y() + px(4), rect.width() - px(_ONCE), px(20))
        paint.words(theme, painter, line, row.monthly, "row", "ink", paint.RIGHT)
        line.setRight(rect.right())
        paint.words(theme, painter, line, row.once, "row", "ink2", paint.RIGHT)
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, row: BasketRow, top: int) -> None:
        """What stands under the name: in one line, under a saving in as many as it needs."""
        theme, px = self._theme, self._theme.px
        lines = self._text_lines(row)
        if lines == 1:
            wide = rect.width() - (0 if row.kind == "saving" else px(_ONCE))
            text = QRect(rect.x(), top, wide, px(_TEXT))
            paint.words(theme, painter, text, row.text, "caption", "ink3")
            return
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("ink3"))
        text = QRect(rect.x(), top, px(self.width), px(_TEXT) * lines)
        painter.drawText(text, int(Qt.TextFlag.TextWordWrap), row.text)

    def _text_lines(self, row: BasketRow) -> int:
        if not row.text or row.kind != "saving":
            return 1 if row.text else 0
        metrics, flags = self._theme.metrics("caption"), int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(0, 0, self._theme.px(self.width), 1000, flags, row.text)
        return max(1, round(box.height() / metrics.lineSpacing()))

    def _name_width(self, row: BasketRow) -> int:
        taken = _ONCE + (_MONTHLY if row.monthly else 0)
        return self._theme.px(self.width - taken)

    def _name_lines(self, row: BasketRow) -> int:
        metrics = self._theme.metrics("row", strong=row.kind == "main")
        wide = self._name_width(row)
        flags = int(Qt.TextFlag.TextWordWrap)
        box = metrics.boundingRect(0, 0, wide, 1000, flags, row.name)
        return max(1, round(box.height() / metrics.lineSpacing()))


class Totals(QWidget):
    """Every month, once, the first bill."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._monthly = Label(theme, "", "total")
        self._once = Label(theme, "", "strong")
        self._first = Label(theme, "", "caption", "ink3")
        self._vat = Label(theme, "", "caption", "ink3")
        self._was = Label(theme, "", "caption", "ink3")
        self._fees_name = Label(theme, tr("Leaving early"), "row", "ink2")
        self._fees = Label(theme, "", "strong")
        self._bill = Label(theme, "", "strong")
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(12), 0, 0)
        grid.setVerticalSpacing(theme.px(2))
        right = _RIGHT
        grid.addWidget(Label(theme, tr("Every month"), "row", "ink2"), 0, 0)
        grid.addWidget(self._monthly, 0, 1, right)
        grid.addWidget(self._was, 1, 0, 1, 2, right)
        grid.addWidget(Label(theme, tr("Once"), "row", "ink2"), 2, 0)
        grid.addWidget(self._once, 2, 1, right)
        grid.addWidget(self._fees_name, 3, 0)
        grid.addWidget(self._fees, 3, 1, right)
        grid.addWidget(self._first, 4, 0)
        grid.addWidget(self._bill, 4, 1, right)
        grid.addWidget(self._vat, 5, 1, right)

    def show_view(self, view: BasketView) -> None:
        self._monthly.setText(view.monthly)
        self._once.setText(view.once)
        for figure in (self._monthly, self._once):
            figure.set_tone("ink3" if view.lags else "ink")
        self._first.setText(view.first_bill)
        self._vat.setText(view.vat)
        self._was.setText(view.was)
        self._fees.setText(view.exit_fees)
        self._bill.setText(view.bill)
        changed = (self._was, self._bill)
        for label, words in zip(changed, (view.was, view.bill), strict=True):
            label.setVisible(bool(words))
        # beside the day of the first bill, as long as nothing else stands there
        self._grid.addWidget(self._vat, 5 if view.bill else 4, 1, _RIGHT)
        for label in (self._fees_name, self._fees):
            label.setVisible(bool(view.exit_fees))
        spoken = tr("Every month {}, once {}").format(view.monthly, view.once)
        bill = f"{view.first_bill} {view.bill}" if view.bill else ""
        parts = (spoken, view.was, view.exit_fees and f"{self._fees_name.text()} {view.exit_fees}")
        self.setAccessibleName(". ".join(part for part in (*parts, bill) if part))


class Basket(QWidget):
    """The column of one step; `foot` takes what stands under the totals."""

    def __init__(self, theme: Theme, title: str, *, width: int) -> None:
        super().__init__()
        self._theme = theme
        self._delegate = _Rows(theme)
        self._delegate.width = width - 40
        self.rows = RecordList(theme, title, self._delegate)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = Label(theme, title, "strong")
        self._empty = Prose(theme, "", "row", "ink3")
        self._missing = Note(theme, "warn")
        self.totals = Totals(theme)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(0, 0, 0, 0)
        outer = QVBoxLayout(self)
        side, px = theme.px(16), theme.px
        outer.setContentsMargins(side, px(8), theme.px(20), px(16))
        outer.setSpacing(0)
        outer.addLayout(self._head())
        outer.addSpacing(px(4))
        outer.addWidget(Hairline(theme))
        outer.addSpacing(px(4))
        outer.addWidget(self._empty)
        outer.addWidget(self.rows, 1)
        outer.addWidget(self._missing)
        outer.addSpacing(px(8))
        outer.addWidget(Hairline(theme))
        outer.addWidget(self.totals)
        outer.addLayout(self.foot)

    def show_view(self, view: BasketView) -> None:
        """Show these rows and totals; nothing jumps where the rows stay the same."""
        self.rows.set_records([_Shown(row) for row in view.rows])
        if view.title:
            self._title.setText(view.title)
        self.rows.setAccessibleDescription("; ".join(_Shown(row).spoken() for row in view.rows))
        self._empty.say(view.empty)
        self._empty.setVisible(bool(view.empty) and not view.rows)
        self._missing.say(view.missing)
        self.totals.show_view(view)

    def missing(self) -> str:
        """What the note above the totals says."""
        return self._missing.text()

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(Label(theme, tr("monthly"), "caption", "ink3"))
        once = Label(theme, tr("once"), "caption", "ink3")
        once.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        once.setFixedWidth(theme.px(_ONCE))
        once.setMinimumHeight(theme.px(32))
        head.addWidget(once)
        return head
