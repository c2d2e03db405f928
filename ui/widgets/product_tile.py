"""Product tiles: what the customer has, at a glance, three in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.label import plain_tooltip

HEIGHT = 78


@dataclass(frozen=True, slots=True)
class Tile:
    """A product by its id: name, end of contract, price, and its live state or a chip.

    `adds` draws the dashed tile that adds something.
    """

    id: str
    icon: str
    name: str
    until: str = ""
    price: str = ""
    state: str = ""
    state_tone: Tone = "good"
    chip: paint.ChipKind | None = None
    adds: bool = False

    def spoken(self) -> str:
        parts = (self.name, self.until, self.price, self.state)
        return ", ".join(part for part in parts if part)


class ProductTile(QPushButton):
    """Enter or Space opens the details; `keyed` carries another letter and the id."""

    opened = Signal(str)
    keyed = Signal(str, str)

    def __init__(self, theme: Theme, tile: Tile, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tile = tile
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCheckable(not tile.adds)
        self.show_tile(tile)
        self.clicked.connect(lambda: self.opened.emit(self._tile.id))
        theme.changed.connect(self.updateGeometry)

    def tile(self) -> Tile:
        return self._tile

    def show_tile(self, tile: Tile) -> None:
        """Replace the contents in place."""
        self._tile = tile
        self.setAccessibleName(tile.spoken())
        self.setToolTip(plain_tooltip(tile.name))  # a tile may be too narrow for its name
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(210), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in paint.ARROWS:
            # a push button would take them for Tab; they belong to the grid
            event.ignore()
        elif event.text().isalpha() and not event.modifiers():
            self.keyed.emit(event.text().upper(), self._tile.id)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._tile.adds:
            self._paint_adding(painter)
        else:
            self._paint_product(painter)
        painter.end()

    def _paint_product(self, painter: QPainter) -> None:
        theme, tile, px = self._theme, self._tile, self._theme.px
        ground: Tone = "hover" if self.underMouse() else "surface"
        border: Tone = "accent" if self.isChecked() else "line"
        radius = px(theme.tokens.radius.panel)
        paint.box(painter, self.rect(), radius, theme.color(ground), theme.color(border))
        left, right = px(11), self.width() - px(11)
        paint.icon(theme, painter, QPoint(left, px(11)), tile.icon, "ink3")
        name = QRect(left + px(24), px(9), right - left - px(24), px(20))
        paint.words(theme, painter, name, tile.name, "row", "ink", strong=True)
        price = QRect(left, px(29), right - left, px(20))
        wide = paint.words(
            theme, painter, price, tile.price, "row", "ink", paint.RIGHT, strong=True
        )
        until = QRect(left, px(30), right - left - wide - px(8), px(16))
        paint.words(theme, painter, until, tile.until, "caption", "ink3")
        self._paint_state(painter, left, right)

    def _paint_state(self, painter: QPainter, left: int, right: int) -> None:
        theme, tile, px = self._theme, self._tile, self._theme.px
        if not tile.state:
            return
        if tile.chip is not None:
            width = min(paint.chip_width(theme, tile.state), right - left)
            chip = QRect(left, px(48), width, px(theme.tokens.size.chip))
            paint.chip(theme, painter, chip, tile.state, tile.chip)
            return
        paint.dot(theme, painter, QPointF(left + px(3), px(58)), tile.state_tone)
        state = QRect(left + px(14), px(50), right - left - px(14), px(16))
        paint.words(theme, painter, state, tile.state, "caption", "ink2")

    def _paint_adding(self, painter: QPainter) -> None:
        theme, px = self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            paint.box(painter, self.rect(), px(theme.tokens.radius.panel), theme.color("hover"))
        pen = QPen(theme.color("line_strong"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = px(theme.tokens.radius.panel)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        wide = theme.metrics("row", strong=True).horizontalAdvance(self._tile.name)
        edge = px(16)
        left = max(px(8), (self.width() - wide - edge - px(8)) // 2)
        paint.icon(
            theme, painter, QPoint(left, (self.height() - edge) // 2), self._tile.icon, "accent"
        )
        room = self.width() - left - edge - px(16)
        rect = QRect(left + edge + px(8), 0, min(wide + 2, room), self.height())
        paint.words(theme, painter, rect, self._tile.name, "row", "accent", strong=True)


class TileGrid(QWidget):
    """Tiles in rows of `columns`; arrows go in the grid, one Tab stop. Signals carry ids."""

    opened = Signal(str)
    keyed = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        tiles: Sequence[Tile] = (),
        *,
        columns: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = columns
        self._tiles: list[ProductTile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(8))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other tiles; where the ids stay the same only the contents change."""
        if [shown.tile().id for shown in self._tiles] == [tile.id for tile in tiles]:
            for shown, tile in zip(self._tiles, tiles, strict=True):
                shown.show_tile(tile)
            return
        for shown in self._tiles:
            self._grid.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._tiles = []
        for at, tile in enumerate(tiles):
            self._add(at, tile)

    def set_columns(self, columns: int) -> None:
        """So many tiles in a row; the tiles stay."""
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for at, shown in enumerate(self._tiles):
            self._grid.addWidget(shown, at // columns, at % columns)

    def tiles(self) -> list[ProductTile]:
        return list(self._tiles)

    def select(self, tile_id: str) -> None:
        """Give one tile the accent border; an unknown id gives it to none."""
        for shown in self._tiles:
            shown.setChecked(shown.tile().id == tile_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is None or not isinstance(focus, ProductTile):
            super().keyPressEvent(event)
            return
        at = self._tiles.index(focus) + step
        if 0 <= at < len(self._tiles):
            self._tiles[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            event.ignore()

    def _add(self, at: int, tile: Tile) -> None:
        shown = ProductTile(self._theme, tile)
        shown.opened.connect(self.opened)
        shown.opened.connect(self.select)
        shown.keyed.connect(self.keyed)
        if self._tiles:
            shown.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._tiles.append(shown)
        self._grid.addWidget(shown, at // self._columns, at % self._columns)
