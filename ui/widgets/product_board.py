"""Product tiles: what the customer has, at a glance, in groups and three in a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.widgets.label import plain_tooltip
from ui.widgets.product_paint import Tile, TileGroup, paint_head, paint_tile
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index
from ui.widgets.tile_places import GAP, TilePlaces

_STEPS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}


class TileBoard(RecordList):
    """All groups in one list that is painted: one Tab stop, arrows go in the grid.

    Pointer and places are its own affair: `indexAt` is not overridden, as an index that is
    returned from Python into Qt is freed twice. `opened` carries an id after Enter, Space or
    a click, `keyed` another letter and the id.
    """

    def __init__(
        self, theme: Theme, name: str, *, columns: int = 3, parent: QWidget | None = None
    ) -> None:
        self._places = TilePlaces()  # Qt asks for places while it makes the list
        super().__init__(theme, name, RowDelegate(theme), parent=parent)
        self._columns = columns
        self._selected = ""
        self._pressed = -1
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_groups(self, groups: Sequence[TileGroup]) -> None:
        """Show other groups; where the ids stay the same only the contents change."""
        records: list[TileGroup | Tile] = []
        for group in groups:
            records += [group, *group.tiles]
        self.set_records(records)
        if not self.current_id():
            self.choose(next((each.id for group in groups for each in group.tiles), ""))
        self._lay_out()

    def set_columns(self, columns: int) -> None:
        """So many tiles in a row."""
        if columns != self._columns:
            self._columns = columns
            self._lay_out()

    def select(self, tile_id: str) -> None:
        """Give one tile the accent border; an unknown id gives it to none."""
        self._selected = tile_id
        self.viewport().update()

    def focus_rect(self) -> QRect:
        """The current tile wears the focus ring."""
        return self.visualRect(self.currentIndex())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(3 * 210), self._places.height)

    def visualRect(self, index: Index) -> QRect:
        return self._places.rect(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._places.tile_at(event.position().toPoint())
        record = self.records.records()[at] if at >= 0 else None
        # a tile may be too narrow for its name
        words = plain_tooltip(record.name) if isinstance(record, Tile) else ""
        self.viewport().setToolTip(words)
        self._hover(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._places.tile_at(event.position().toPoint())
        self._pressed = at if event.button() == Qt.MouseButton.LeftButton else -1
        if at >= 0:
            self.setCurrentIndex(self.records.index(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, pressed = self._places.tile_at(event.position().toPoint()), self._pressed
        self._pressed = -1
        if 0 <= at == pressed:
            self._open(self.records.index(at))

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The first of the two clicks has opened it."""

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Let the page around the board show a tile."""
        del hint
        rect, around = self.visualRect(index), self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        content = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and content is not None and self.isVisible():
            for corner in (rect.bottomLeft(), rect.topLeft()):
                at = self.viewport().mapTo(content, corner)
                around.ensureVisible(at.x(), at.y(), 0, self._theme.px(GAP))

    def updateGeometries(self) -> None:
        # everything is always in sight: the page around it scrolls
        self.verticalScrollBar().setRange(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            to = self._places.beside(self.currentIndex().row(), *step)
            if to >= 0:
                self.setCurrentIndex(self.records.index(to))
                self.updateGeometry()  # the focus ring follows what is laid out again
        elif event.key() == Qt.Key.Key_Space:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        for at, record in enumerate(self.records.records()):
            rect = self._places.rect(at)
            if not event.rect().intersects(rect):
                continue
            painter.save()
            painter.translate(rect.topLeft())
            if isinstance(record, TileGroup):
                paint_head(self._theme, painter, rect.size(), record)
            elif isinstance(record, Tile):
                hovered, chosen = at == self.rows.hovered, record.id == self._selected
                size = rect.size()
                paint_tile(self._theme, painter, size, record, hovered=hovered, chosen=chosen)
            painter.restore()
        painter.end()

    def _open(self, index: Index) -> None:
        record = index.data(RECORD)
        if isinstance(record, Tile):
            self.select("" if record.adds else record.id)
            self.opened.emit(record.id)

    def _lay_out(self) -> None:
        before, width = self._places.height, self.viewport().width()
        self._places.lay_out(self._theme, self.records.records(), width, self._columns)
        if self._places.height != before:
            self.updateGeometry()
        self.viewport().update()

    def _relay(self) -> None:
        super()._relay()
        self._lay_out()
        self.updateGeometry()
