"""Products as tiles, grouped by address and by number, with what they cost each month."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.accounts.records import Group, Product, Products
from app.language import tr
from app.texts import money
from ui.account.tones import INK
from ui.theme.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.glyph import Glyph
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.product_tile import Tile, TileGrid

ADD = "add"
MOST, LEAST = 3, 168
"""Tiles in a row, and the least width of one."""


class ProductGroups(QWidget):
    """`opened` carries a product's id; `adding` asks for more."""

    opened = Signal(str)
    adding = Signal()

    def __init__(self, theme: Theme, *, may_add: bool) -> None:
        super().__init__()
        self._theme = theme
        self._may_add = may_add
        self._parts: list[_GroupPart] = []
        self._count = Label(theme, "", "caption", "ink3")
        self._sum_words = Label(theme, tr("Every month"), "row", "ink3")
        self._sum = Label(theme, "", "row", strong=True)
        self._head = QHBoxLayout()
        self._empty = EmptyState(theme, "box", tr("No products"), tr("P adds the first one."))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build_head()
        self._column.addWidget(self._empty)

    def add_to_head(self, widget: QWidget) -> None:
        """Put `widget` before the sum."""
        self._head.insertWidget(3, widget)

    def show_products(self, products: Products) -> None:
        self._count.setText(tr("{} active").format(products.count))
        self._sum.setText(money(products.monthly))
        self._empty.setVisible(not products.groups)
        groups = products.groups
        if [part.objectName() for part in self._parts] != [group.id for group in groups]:
            self._rebuild(groups)
        for at, (part, group) in enumerate(zip(self._parts, groups, strict=True)):
            part.show_group(group, adds=self._may_add and at == len(groups) - 1)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        columns = max(1, min(MOST, self.width() // self._theme.px(LEAST)))
        for part in self._parts:
            part.tiles.set_columns(columns)

    def select(self, product_id: str) -> None:
        for part in self._parts:
            part.tiles.select(product_id)

    def focus_first(self) -> None:
        if self._parts and (tiles := self._parts[0].tiles.tiles()):
            tiles[0].setFocus()

    def _build_head(self) -> None:
        self._head.setSpacing(self._theme.px(8))
        self._head.addWidget(Label(self._theme, tr("Products"), "strong"))
        self._head.addWidget(self._count)
        self._head.addStretch(1)
        self._head.addWidget(self._sum_words)
        self._head.addWidget(self._sum)
        self._head.setContentsMargins(0, 0, 0, self._theme.px(6))
        self._column.addLayout(self._head)

    def _rebuild(self, groups: tuple[Group, ...]) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []
        for group in groups:
            part = _GroupPart(self._theme)
            part.setObjectName(group.id)
            part.tiles.opened.connect(self._open)
            self._parts.append(part)
            self._column.addWidget(part)

    def _open(self, tile_id: str) -> None:
        if tile_id == ADD:
            self.adding.emit()
        else:
            self.opened.emit(tile_id)


class _GroupPart(QWidget):
    """A head with its sum, and tiles."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        px = theme.px
        self._icon = Glyph(theme, "pin")
        self._title = Label(theme, "", "row", "ink2", strong=True)
        self._note = ElidedLabel(theme, "", "caption", "ink3")
        self._sum = Label(theme, "", "row", "ink2", strong=True)
        self.tiles = TileGrid(theme)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        for widget in (self._icon, self._title, self._note):
            head.addWidget(widget)
        head.addWidget(self._sum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(px(5))
        column.addLayout(head)
        column.addWidget(self.tiles)

    def show_group(self, group: Group, *, adds: bool) -> None:
        self._icon.show_icon(group.icon, "ink3")
        self._title.setText(group.title)
        self._note.setText(group.note)
        self._sum.setText(money(group.monthly))
        tiles = [_tile(product) for product in group.products]
        if adds:
            tiles.append(Tile(ADD, "plus", tr("Add a product"), adds=True))
        self.tiles.set_tiles(tiles)


def _tile(product: Product) -> Tile:
    state = product.state
    return Tile(
        product.id,
        product.icon,
        product.name,
        product.until,
        money(product.monthly),
        state.text,
        INK[state.tone] if state.tone != "plain" else "ink3",
        chip=state.tone if product.marked else None,
    )
