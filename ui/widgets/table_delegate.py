"""Paints the cells of a table with exact paddings, so that words and head line up."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.theme import Theme
from ui.theme.tokens import Role, Tone
from ui.widgets import paint
from ui.widgets.table_model import CELL, ROW_ID, Cell, Index
from ui.widgets.tick import paint_tick

PADDING = 16


class CellDelegate(QStyledItemDelegate):
    """Current row with an accent edge, hovered row, ticks, chips, notes, figures."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered = -1
        self.current = -1
        self.ticked: set[str] = set()
        self.tick_column = False
        self.row_action = ""
        self.last_column = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(self._theme.tokens.size.row))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        painter.save()
        current = index.row() == self.current
        self._paint_ground(painter, rect, current=current, first=index.column() == 0, index=index)
        inner = rect.adjusted(0, 0, 0, -1)
        cell = index.data(CELL)
        column = index.column() - (1 if self.tick_column else 0)
        if self.tick_column and index.column() == 0:
            self._paint_tick(painter, inner, index)
        elif isinstance(cell, Cell):
            self._paint_cell(painter, inner, cell, index, on_selected=current)
        elif column >= 0 and index.data(ROW_ID) is None:
            self._paint_missing(painter, inner)
        if self.row_action and current and index.column() == self.last_column and self._can(index):
            away = inner.adjusted(0, 0, -self._theme.px(PADDING), 0)
            paint.words(self._theme, painter, away, self.row_action, "caption", "ink3", paint.RIGHT)
        painter.restore()

    def _can(self, index: Index) -> bool:
        """Whether the row can be ticked; where none can be, each has the row's action."""
        first = index.sibling(index.row(), 0)
        return not self.tick_column or bool(first.flags() & Qt.ItemFlag.ItemIsUserCheckable)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, *, current: bool, first: bool, index: Index
    ) -> None:
        theme = self._theme
        ground: Tone = "surface"
        if current:
            ground = "selected"
        elif index.row() == self.hovered:
            ground = "hover"
        painter.fillRect(rect, theme.color(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        if current and first:
            edge = theme.px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height() - 1, theme.color("accent"))

    def _paint_tick(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self._theme
        edge = theme.px(theme.tokens.size.tick)
        at = QPoint(rect.x() + theme.px(PADDING), rect.y() + (rect.height() - edge) // 2)
        row_id = index.data(ROW_ID)
        marked = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        enabled = marked or bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        checked = marked or row_id in self.ticked
        paint_tick(theme, painter, at, checked=checked, enabled=enabled)

    def _paint_cell(
        self, painter: QPainter, rect: QRect, cell: Cell, index: Index, *, on_selected: bool
    ) -> None:
        theme = self._theme
        figures = _stands_right(index)
        first = index.column() == 0 or (self.tick_column and index.column() == 1)
        left = theme.px(PADDING)
        if self.tick_column and first:
            left = theme.px(8)
        inner = rect.adjusted(left, 0, 0, 0)
        if figures or index.column() == self.last_column:
            inner.setRight(rect.right() - theme.px(PADDING))
        if cell.chip is not None:
            self._paint_chip(painter, inner, cell, right=figures, on_selected=on_selected)
            return
        if figures:
            self._paint_figures(painter, inner, cell)
            return
        if cell.icon:
            edge = theme.px(theme.tokens.size.icon_small)
            top = rect.y() + (rect.height() - edge) // 2
            paint.icon(theme, painter, QPoint(inner.x(), top), cell.icon, "ink3")
            inner.setLeft(inner.left() + edge + theme.px(8))
        self._paint_words(painter, inner, cell)

    def _paint_words(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        theme = self._theme
        if cell.bars is not None:
            inner.setLeft(paint.bars(theme, painter, inner, cell.bars) + theme.px(8))
        if cell.lead:
            wide = paint.words(theme, painter, inner, cell.lead, "row", cell.tone)
            inner.setLeft(inner.left() + wide + theme.px(4))
        wide = paint.words(theme, painter, inner, cell.text, "row", cell.tone, strong=cell.strong)
        if cell.note:
            inner.setLeft(inner.left() + wide + theme.px(4))
            paint.words(theme, painter, inner, cell.note, "caption", "ink3")

    def _paint_figures(self, painter: QPainter, inner: QRect, cell: Cell) -> None:
        role: Role = "row"
        if cell.note:
            wide = paint.words(
                self._theme, painter, inner, cell.note, "caption", "ink3", paint.RIGHT
            )
            inner.setRight(inner.right() - wide - self._theme.px(4))
        paint.words(
            self._theme, painter, inner, cell.text, role, cell.tone, paint.RIGHT, strong=cell.strong
        )

    def _paint_chip(
        self, painter: QPainter, inner: QRect, cell: Cell, *, right: bool, on_selected: bool
    ) -> None:
        theme = self._theme
        width = min(paint.chip_width(theme, cell.text, cell.icon), inner.width())
        height = theme.px(theme.tokens.size.chip)
        left = inner.right() - width + 1 if right else inner.x()
        rect = QRect(left, inner.y() + (inner.height() - height) // 2, width, height)
        kind = cell.chip or "plain"
        paint.chip(theme, painter, rect, cell.text, kind, cell.icon, on_selected=on_selected)

    def _paint_missing(self, painter: QPainter, inner: QRect) -> None:
        theme = self._theme
        high = theme.px(10)
        bar = QRect(inner.x() + theme.px(PADDING), inner.y() + (inner.height() - high) // 2, 0, 0)
        bar.setSize(QSize(max(high, inner.width() * 2 // 3 - theme.px(PADDING)), high))
        paint.box(painter, bar, theme.px(4), theme.color("hover"))


def _stands_right(index: Index) -> bool:
    wish = index.data(Qt.ItemDataRole.TextAlignmentRole)
    if wish is None:
        return False
    return bool(Qt.AlignmentFlag(int(wish)) & Qt.AlignmentFlag.AlignRight)
