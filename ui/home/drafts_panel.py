"""My drafts: what is not yet sent, last touched first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.home.drafts import DraftRow, draft_row
from app.language import tr
from app.store.drafts import Draft
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.panel import Panel
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

_ROW = 44
_MOST = 8
_WHEN = 68
_PRICE = 84


class DraftDelegate(RowDelegate):
    """Two lines: whose draft it is and what it is about; at the right when it was touched."""

    def row_height(self, record: Spoken) -> int:
        del record
        return _ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        row: DraftRow = index.data(RECORD)
        rect: QRect = option.rect
        if index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        if index.row() == self.current and self._has_focus():
            painter.fillRect(rect, theme.color("selected"))
            edge = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        if index.row():
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, theme.color("line"))
        on_selected = index.row() == self.current and self._has_focus()
        taken = self._paint_right(painter, rect, row, on_selected=on_selected)
        words = rect.adjusted(px(16), px(4), -taken - px(16), -px(4))
        upper = QRect(words.x(), words.y(), words.width(), px(18))
        lower = QRect(words.x(), words.y() + px(18), words.width(), px(18))
        paint.words(theme, painter, upper, row.title, "row", "ink", strong=True)
        paint.words(theme, painter, lower, row.note, "caption", "ink2")

    def _paint_right(
        self, painter: QPainter, rect: QRect, row: DraftRow, *, on_selected: bool
    ) -> int:
        """State, price and time, each in its place; gives how much of the row they take."""
        theme, px = self._theme, self._theme.px
        when = rect.adjusted(0, 0, -px(16), 0)
        paint.words(theme, painter, when, row.when, "caption", "ink3", paint.RIGHT)
        price = rect.adjusted(0, 0, -px(_WHEN), 0)
        paint.words(theme, painter, price, row.price, "row", "ink", paint.RIGHT, strong=True)
        taken = px(_WHEN + (_PRICE if row.price or row.state else 0))
        if not row.state:
            return taken
        width, high = paint.chip_width(theme, row.state), px(theme.tokens.size.chip)
        top = rect.y() + (rect.height() - high) // 2
        chip = QRect(rect.right() - taken - width, top, width, high)
        kind: paint.ChipKind = "good" if row.ready else "warn"
        paint.chip(theme, painter, chip, row.state, kind, on_selected=on_selected)
        return taken + width

    def _has_focus(self) -> bool:
        parent = self.parent()
        return isinstance(parent, QWidget) and parent.hasFocus()


class DraftsPanel(Panel):
    """`opened(id, title)` on Enter or click; without a draft it says what comes here."""

    opened = Signal(str, str)

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("My drafts"),
            padding=0,
            head_tone="surface",
            head_height=40,
            parent=parent,
        )
        self.list = RecordList(theme, tr("My drafts"), DraftDelegate(theme))
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)  # the panel's corners stay round
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda index: self._open(str(index.data(RECORD).id)))
        self._kept = Label(theme, tr("Saved on this machine"), "caption", "ink3")
        self.add_to_head(self._kept)
        self._empty = EmptyState(
            theme,
            "note",
            tr("No drafts"),
            tr("What you begin and do not send is kept here."),
        )
        self.body.addWidget(self.list)
        self.body.addWidget(self._empty)
        self.body.setContentsMargins(0, 0, 0, 1)
        theme.changed.connect(self._refit)
        self._show_parts(some=False)

    def show_drafts(
        self, drafts: Sequence[Draft], now: dt.datetime, *, durable: bool = True
    ) -> None:
        """Show the drafts of the store, the last touched first; not `durable`: in memory only."""
        self._kept.setText(tr("Saved on this machine") if durable else tr("In memory only"))
        self.list.set_records([draft_row(draft, now) for draft in drafts[:_MOST]])
        self.set_count(str(len(drafts)) if drafts else "")
        self._show_parts(some=bool(drafts))
        self._refit()

    def _show_parts(self, *, some: bool) -> None:
        for part in (self.list, self._kept):
            part.setVisible(some)
        self._empty.setVisible(not some)

    def _open(self, draft_id: str) -> None:
        rows = self.list.records.records()
        title = next((getattr(row, "title", "") for row in rows if row.id == draft_id), "")
        self.opened.emit(draft_id, title)

    def _refit(self) -> None:
        self.body.setContentsMargins(0, 0, 0, 1)
        self.list.setFixedHeight(self.list.whole_height())
