"""The small list of what can be done to a product, under the product."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.deeds.possible import DeedRow, Possible
from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.label import Label
from ui.widgets.panel import Hairline
from ui.widgets.popover import Popover
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

WIDTH = 400
_ROW, _TALL = 32, 44
_ICON, _CAP = 36, 40


class _Rows(RowDelegate):
    """Icon, words, key; under what cannot be done now stands why."""

    def row_height(self, record: Spoken) -> int:
        return _TALL if isinstance(record, DeedRow) and record.why else _ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RECORD)
        if not isinstance(row, DeedRow):
            return
        theme, px, rect = self._theme, self._theme.px, QRect(option.rect)
        painter.save()
        if index.row() == self.current:
            painter.fillRect(rect, theme.color("selected"))
            edge = px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        size = px(theme.tokens.size.icon_small)
        first = QRect(rect.x(), rect.y(), rect.width(), px(_ROW))
        if row.why:
            first.setHeight(px(24))
        at = QPoint(rect.x() + px(14), first.y() + (first.height() - size) // 2)
        paint.icon(theme, painter, at, row.icon, "disabled" if row.why else "ink2")
        words = first.adjusted(px(_ICON), 0, -px(_CAP + 12), 0)
        ink: Tone = "disabled" if row.why else "ink"
        wide = paint.words(theme, painter, words, row.title, "row", ink, strong=not row.why)
        if row.why:
            under = QRect(words.x(), first.bottom() - px(2), words.width() + px(_CAP), px(18))
            paint.words(theme, painter, under, row.why, "caption", "ink2")
        else:
            words.setLeft(words.x() + wide + px(8))
            paint.words(theme, painter, words, row.note, "caption", "ink3")
            edge = px(theme.tokens.size.key_cap)
            left, top = rect.right() - px(_CAP), rect.y() + (rect.height() - edge) // 2
            cap = QRect(left, top, edge, edge)
            paint.key_cap(theme, painter, cap, row.key)
        painter.restore()


class _Deeds(RecordList):
    """A letter chooses at once."""

    lettered = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Letters are for this list, whatever the page under it does with them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            text = event.text()
            if text.isalpha() and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        if text.strip() and text.isalpha() and not event.modifiers():
            self.lettered.emit(text)
            return
        super().keyPressEvent(event)


class DeedsList(Popover):
    """`chosen` carries what shall be done; what cannot be done now is seen and not chosen."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self._possible: Possible | None = None
        self.setAccessibleName(tr("What can be done"))
        self._title = Label(theme, "", "strong")
        self._about = Label(theme, "", "caption", "ink3")
        self.list = _Deeds(theme, tr("What can be done"), _Rows(theme))
        self.list.viewport().setAutoFillBackground(False)
        for part in (self._title, self._about):
            part.setContentsMargins(theme.px(14), 0, theme.px(14), 0)
            self.body.addWidget(part)
        self.body.addWidget(Hairline(theme))
        self.body.addWidget(self.list)
        self.body.setSpacing(theme.px(2))
        self.list.opened.connect(self._choose)
        self.list.clicked.connect(lambda index: self._choose(index.data(RECORD).id))
        self.list.lettered.connect(self._letter)

    def show_for(self, possible: Possible, anchor: QWidget, at: QRect) -> None:
        """Open it under this part of `anchor`, at the first thing that can be done."""
        self._possible = possible
        px = self._theme.px
        self._title.setText(possible.subject.name)
        self._about.setText(possible.subject.words.removeprefix(possible.subject.name).strip(", "))
        self._about.setVisible(bool(self._about.text()))
        self.list.set_records(list(possible.rows))
        self.list.setFixedSize(px(WIDTH), self.list.whole_height())
        self.body.setContentsMargins(1, px(8), 1, px(6))
        first = next((each.id for each in possible.rows if not each.why), "")
        self.open_under(anchor, first=self.list, at=at)
        self.list.choose(first)

    def _letter(self, key: str) -> None:
        row = self._possible.row(key) if self._possible else None
        if row is not None:
            self.list.choose(row.id)
            self._choose(row.id)

    def _choose(self, row_id: str) -> None:
        rows = self._possible.rows if self._possible else ()
        row = next((each for each in rows if each.id == row_id), None)
        if row is not None and not row.why:
            self.close_up()
            self.chosen.emit(row.id)
