"""The address: typed in pieces, completed from the register, with what the network does there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.customer_view import AddressView
from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.field import Check, Field
from ui.widgets.label import Label
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index

LOOK_AFTER = 150  # ms after the last key
LEAST = 3


@dataclass(frozen=True, slots=True)
class _Row:
    view: AddressView

    @property
    def id(self) -> str:
        return self.view.id

    def spoken(self) -> str:
        return f"{self.view.label}, {self.view.note}"

    def can_be_current(self) -> bool:
        return True


class _Rows(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, _Row):
            return
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)
        painter.save()
        if index.row() == self.current:
            painter.fillRect(rect, theme.color("selected"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        inner = rect.adjusted(px(10), 0, -px(10), -1)
        wide = paint.words(theme, painter, inner, record.view.note, "caption", "ink3", paint.RIGHT)
        inner.setRight(inner.right() - wide - px(8))
        paint.words(theme, painter, inner, record.view.label, "row", "ink")
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.restore()


class AddressField(QWidget):
    """`looked_for` carries what is typed, `taken` the id; Down goes into the list, Enter takes."""

    looked_for = Signal(str)
    taken = Signal(str)
    edited = Signal(str)

    def __init__(self, theme: Theme, label: str, example: str, check: Check) -> None:
        super().__init__()
        self._theme = theme
        self.field = Field(theme, label, placeholder=example, check=check)
        self._known = Label(theme, "", "caption", "good")
        self._rows = _Rows(theme)
        self.list = RecordList(theme, tr("Addresses found"), self._rows)
        self.list.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(LOOK_AFTER)
        self._pause.timeout.connect(self._look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.field)
        column.addWidget(self._known)
        column.addWidget(self.list)
        self._known.hide()
        self.setFocusProxy(self.field)
        self.field.edited.connect(self._edited)
        self.field.entered.connect(self._take_first)
        self.list.opened.connect(self._take)
        self.list.clicked.connect(lambda index: self._take(index.data(RECORD).id))
        self.field.input.installEventFilter(self)

    def show_found(self, found: Sequence[AddressView]) -> None:
        """Show what the register has; an empty list goes away."""
        self.list.set_records([_Row(each) for each in found])
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(self.list.whole_height())
        if found:
            self.list.choose(found[0].id)

    def show_known(self, words: str) -> None:
        """Say what can be had at the address taken; empty: it is not in the register."""
        self._known.setText(words)
        self._known.setVisible(bool(words))

    def set_text(self, text: str) -> None:
        if text != self.field.text():
            self.field.set_text(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes into the list."""
        down = (
            isinstance(event, QKeyEvent)
            and event.type() == QKeyEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        )
        if down and watched is self.field.input and self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        return False

    def _edited(self, text: str) -> None:
        self.edited.emit(text)
        if len(text.strip()) >= LEAST:
            self._pause.start()
        else:
            self._pause.stop()
            self.show_found(())

    def _look(self) -> None:
        self.looked_for.emit(self.field.text().strip())

    def _take_first(self) -> None:
        if self.list.isVisible() and self.list.current_id():
            self._take(self.list.current_id())

    def _take(self, address_id: str) -> None:
        self._pause.stop()
        self.show_found(())
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.taken.emit(address_id)  # who listens may go on to the next field
