"""A field that is completed while one types: what was found stands in a list under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.field import Check, Field
from ui.widgets.label import Label
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index

LOOK_AFTER = 150  # ms after the last key
LEAST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may be meant, by its id; `note` stands at the right."""

    id: str
    label: str
    note: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.label, self.note) if part)

    def can_be_current(self) -> bool:
        return True


class _Rows(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, Found):
            return
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)
        painter.save()
        if index.row() == self.current:
            painter.fillRect(rect, theme.color("selected"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.color("hover"))
        inner = rect.adjusted(px(10), 0, -px(10), -1)
        wide = paint.words(theme, painter, inner, record.note, "caption", "ink3", paint.RIGHT)
        inner.setRight(inner.right() - wide - px(8))
        paint.words(theme, painter, inner, record.label, "row", "ink")
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.restore()


class CompletionField(QWidget):
    """`looked_for` carries what is typed, `taken` the id; Down goes into the list, Enter takes.

    `least` letters are needed before anybody looks.
    """

    looked_for = Signal(str)
    taken = Signal(str)
    edited = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        name: str,
        *,
        example: str = "",
        check: Check | None = None,
        least: int = LEAST,
    ) -> None:
        """`name` is what the list is called where it is read out."""
        super().__init__()
        self._least = least
        self.field = Field(theme, label, placeholder=example, check=check)
        self._known = Label(theme, "", "caption", "good")
        self.list = RecordList(theme, name, _Rows(theme))
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

    def show_found(self, found: Sequence[Found]) -> None:
        """Show what was found; an empty list goes away."""
        self.list.set_records(list(found))
        self.list.setVisible(bool(found))
        self.list.setFixedHeight(self.list.whole_height())
        if found:
            self.list.choose(found[0].id)

    def show_known(self, words: str) -> None:
        """Say what is known of what was taken; empty: nothing is."""
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
        if len(text.strip()) >= self._least:
            self._pause.start()
        else:
            self._pause.stop()
            self.show_found(())

    def _look(self) -> None:
        self.looked_for.emit(self.field.text().strip())

    def _take_first(self) -> None:
        if self.list.isVisible() and self.list.current_id():
            self._take(self.list.current_id())

    def _take(self, found_id: str) -> None:
        self._pause.stop()
        self.show_found(())
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.taken.emit(found_id)  # who listens may go on to the next field
