"""The view of a table: one Tab stop, whole rows, hover by row, a head that lines up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.table_delegate import PADDING, CellDelegate
from ui.widgets.table_model import Index


class Head(QHeaderView):
    """Words in 13/600 with the cells' own paddings, and one arrow."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.arrow_column = -1
        self.descending = False
        self.first_padding = PADDING
        self.ticks = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(32))

    def sizeHint(self) -> QSize:
        height = self._theme.px(self._theme.tokens.size.table_head) + 1
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.color("subtle"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        model = self.model()
        side = Qt.Orientation.Horizontal
        wish = model.headerData(section, side, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(Qt.AlignmentFlag(int(wish or 0)) & Qt.AlignmentFlag.AlignRight)
        text = str(model.headerData(section, side) or "")
        left = theme.px(self.first_padding if section == 0 else PADDING)
        if self.ticks and section == 1:
            left = theme.px(PADDING // 2)  # as the cells beside the ticks
        last = section == self.count() - 1
        inner = rect.adjusted(left, 0, -theme.px(PADDING) if right or last else 0, -1)
        arrow = theme.px(12) if section == self.arrow_column else 0
        if arrow and right:
            inner.setRight(inner.right() - arrow - theme.px(2))
        align = paint.RIGHT if right else paint.LEFT
        wide = paint.words(theme, painter, inner, text, "caption", "ink3", align, strong=True)
        if arrow:
            place = inner.right() + theme.px(2) if right else inner.left() + wide + theme.px(4)
            at = QPoint(place, rect.y() + (rect.height() - arrow) // 2)
            paint.icon(theme, painter, at, "down" if self.descending else "up", "ink3", 12)
        painter.restore()


class TableView(QTableView):
    """Signals carry rows' numbers; `Table` turns them into ids."""

    row_opened = Signal(int)
    current_row = Signal(int)
    tick_asked = Signal(int)
    tick_all_asked = Signal()
    typed = Signal(str)
    cleared = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cells = CellDelegate(theme, self)
        self.head = Head(theme, self)
        self.setItemDelegate(self.cells)
        self.setHorizontalHeader(self.head)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.row()))
        self.fit_rows()

    def fit_rows(self) -> None:
        """Give rows the height of the zoom shown now."""
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._theme.px(self._theme.tokens.size.row))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.cells.current = current.row()
        self.viewport().update()
        if current.row() != previous.row():
            self.current_row.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        row = self.currentIndex().row()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.row_opened.emit(row)
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
            event.ignore()
        elif self.cells.tick_column and key == Qt.Key.Key_Space and row >= 0:
            self.tick_asked.emit(row)
        elif self.cells.tick_column and control and key == Qt.Key.Key_A:
            self.tick_all_asked.emit()
        elif self._is_typing(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.cells.tick_column and index.isValid() and index.column() == 0:
            self.tick_asked.emit(index.row())

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.cells.hovered:
            self.cells.hovered = row
            self.viewport().update()

    def _is_typing(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        plain = held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() == Qt.Key.Key_Backspace:
            return plain
        return plain and event.text().isprintable() and bool(event.text().strip())
