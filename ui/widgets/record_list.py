"""A list of records with its own rows: one Tab stop, hover and current row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.theme import Theme
from ui.widgets.records_model import RECORD, Index, RecordsModel, Spoken

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class RowDelegate(QStyledItemDelegate):
    """Knows the row under the pointer and the current one; subclasses paint."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1
        self.current = -1

    def row_height(self, record: Spoken) -> int:
        """The height of a record's row, in pixels of zoom 1.0; else that of a table."""
        del record
        return self._theme.tokens.size.row

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(self.row_height(index.data(RECORD))))


class RecordList(QListView):
    """`current_changed` and `opened` carry ids, `keyed` another key's letter and the id."""

    current_changed = Signal(str)
    opened = Signal(str)
    keyed = Signal(str, str)

    def __init__(
        self, theme: Theme, name: str, rows: RowDelegate, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = rows
        rows.setParent(self)
        self.records = RecordsModel(self)
        self.setModel(self.records)
        self.setItemDelegate(rows)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._relay)

    def set_records(self, records: Sequence[Spoken]) -> None:
        """Show other records. What is current stays so, and stays where it is on the screen."""
        if not self.records.would_reset(records):
            self.records.set_records(records)
            return
        held, bar = self.current_id(), self.verticalScrollBar()
        anchor, top = self._anchor()
        scrolled = bar.value()
        self.records.set_records(records)
        self.choose(held)
        self.rows.current = self.currentIndex().row()
        row = self.records.row_of(anchor)
        if scrolled and row >= 0:
            bar.setValue(bar.value() + self.visualRect(self.records.index(row)).y() - top)
        elif not scrolled:
            bar.setValue(0)

    def current_id(self) -> str:
        record = self.currentIndex().data(RECORD)
        return str(record.id) if record is not None else ""

    def choose(self, record_id: str) -> None:
        """Make a record current by its id; an unknown id changes nothing."""
        row = self.records.row_of(record_id)
        if row >= 0 and row != self.currentIndex().row():
            self.setCurrentIndex(self.records.index(row))

    def whole_height(self) -> int:
        """The height at which all rows are seen, in pixels."""
        heights = (self.rows.row_height(record) for record in self.records.records())
        return sum(self._theme.px(height) for height in heights)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.rows.current = current.row()
        self.viewport().update()
        if current.isValid():
            self.current_changed.emit(self.current_id())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and not event.modifiers():
            self._go_to_end(first=event.key() == Qt.Key.Key_Home)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if text.strip() and text.isprintable() and held in _PLAIN:
            if self.current_id():
                self.keyed.emit(text.upper(), self.current_id())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def _go_to_end(self, *, first: bool) -> None:
        """The first or last row that can be current; heads cannot."""
        records = self.records.records()
        order = records if first else records[::-1]
        found = next((each for each in order if each.can_be_current()), None)
        if found is not None:
            self.choose(found.id)
        if first:
            self.scrollToTop()

    def _anchor(self) -> tuple[str, int]:
        """What must not move: the current row if it is seen, else the first; id and place."""
        index = self.currentIndex()
        if not self.visualRect(index).intersects(self.viewport().rect()):
            index = self.indexAt(QPoint(0, 0))
        record = index.data(RECORD)
        return (str(record.id) if record is not None else "", self.visualRect(index).y())

    def _hover(self, row: int) -> None:
        if row != self.rows.hovered:
            self.rows.hovered = row
            self.viewport().update()

    def _open(self, index: QModelIndex) -> None:
        record = index.data(RECORD)
        if record is not None:
            self.opened.emit(str(record.id))

    def _relay(self) -> None:
        self.scheduleDelayedItemsLayout()
