"""A choice from a list: a field with a chevron, letters filter when the list is long."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.dress import SHEET
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint

FILTER_FROM = 9  # rows; LOOK: type to filter when longer than 8


@dataclass(frozen=True, slots=True)
class Item:
    """One of the list, by its id; `note` stands at the right in the list.

    Not `enabled`: it is seen, and cannot be chosen.
    """

    id: str
    text: str
    note: str = ""
    enabled: bool = True


_ID = Qt.ItemDataRole.UserRole
_NOTE = Qt.ItemDataRole.UserRole + 1
_FLAGS = Qt.ItemDataRole.UserRole - 1  # where Qt's own list keeps whether a row can be chosen


class _RowDelegate(QStyledItemDelegate):
    """Rows of 32 with exact paddings."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        wide = self._theme.metrics("row").horizontalAdvance(text)
        return QSize(wide + self._theme.px(32), self._theme.px(self._theme.tokens.size.row))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = self._theme
        rect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            edge = theme.tokens.border.selected_edge
            painter.fillRect(rect.x(), rect.y(), edge, rect.height(), theme.color("accent"))
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        inner = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        note = str(index.data(_NOTE) or "")
        if note:
            wide = paint.words(theme, painter, inner, note, "caption", "ink3", paint.RIGHT)
            inner.setRight(inner.right() - wide - theme.px(8))
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        paint.words(theme, painter, inner, text, "row", "ink" if enabled else "disabled")
        painter.restore()


class Choice(QComboBox):
    """`chosen` carries the id. Alt+Down opens, letters go or filter, Enter takes, Esc closes."""

    chosen = QtSignal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        items: tuple[Item, ...] = (),
        *,
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typed = ""
        view = QListView(self)
        view.setUniformItemSizes(True)
        view.setProperty(SHEET, "popup")
        self.setView(view)
        view.setItemDelegate(_RowDelegate(theme, view))
        view.installEventFilter(self)
        self.setAccessibleName(name)
        self.setMaxVisibleItems(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_items(items, current)
        self.activated.connect(lambda _at: self.chosen.emit(self.current_id()))
        theme.changed.connect(self.updateGeometry)

    def set_items(self, items: tuple[Item, ...], current: str = "") -> None:
        """Show other items; `current`, or the first, stands in the field."""
        self.blockSignals(True)
        self.clear()
        for item in items:
            self.addItem(item.text, item.id)
            self.setItemData(self.count() - 1, item.note, _NOTE)
            if not item.enabled:
                self.setItemData(self.count() - 1, 0, _FLAGS)
        self.setCurrentIndex(max(0, self.findData(current)) if items else -1)
        self.blockSignals(False)
        self.update()

    def current_id(self) -> str:
        """The id of what stands in the field; empty for an empty list."""
        return str(self.currentData(_ID) or "")

    def choose(self, item_id: str) -> None:
        """Show the item with this id, without a signal."""
        self.setCurrentIndex(self.findData(item_id))

    def showPopup(self) -> None:
        self._filter("")
        self.view().setMinimumWidth(self.width())
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        self._filter("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if self.count() >= FILTER_FROM and text.isprintable() and text.strip():
                self._filter(self._typed + text)
                return True
            if event.key() == Qt.Key.Key_Backspace and self._typed:
                self._filter(self._typed[:-1])
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics("body")
        texts = [self.itemText(at) for at in range(self.count())]
        wide = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        height = self._theme.px(self._theme.tokens.size.control)
        return QSize(wide + self._theme.px(52), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.control)
        border, width = self._border()
        fill: Tone = "surface" if self.isEnabled() else "subtle"
        paint.box(painter, self.rect(), radius, theme.color(fill), theme.color(border), width)
        inner = self.rect().adjusted(theme.px(11), 0, -theme.px(36), -1)
        ink: Tone = "ink" if self.isEnabled() else "disabled"
        paint.words(theme, painter, inner, self._typed or self.currentText(), "body", ink)
        edge = theme.px(16)
        at = QPoint(self.width() - edge - theme.px(11), (self.height() - edge) // 2)
        paint.icon(theme, painter, at, "down", "ink3" if self.isEnabled() else "disabled")
        painter.end()

    def _border(self) -> tuple[Tone, int]:
        if not self.isEnabled():
            return "line", 1
        if self.property("state") == "error":
            return "bad", 2
        if self.hasFocus() or self.view().isVisible():
            return "accent", 2
        return "line_strong", 1

    def _filter(self, typed: str) -> None:
        """Hide the rows without `typed`; the field shows what was typed."""
        self._typed = typed
        view = self.view()
        if not isinstance(view, QListView):
            return
        first = -1
        for row in range(self.count()):
            fits = typed.casefold() in self.itemText(row).casefold()
            view.setRowHidden(row, not fits)
            if fits and first < 0:
                first = row
        if typed and first >= 0:
            view.setCurrentIndex(self.model().index(first, 0))
        self.update()
