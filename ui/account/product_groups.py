"""Products as tiles, grouped by address and by number, with what they cost each month."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.accounts.records import Group, Product, Products
from app.language import tr
from app.texts import money
from ui.account.tab import AtHand
from ui.theme.theme import Theme
from ui.tones import INK
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.product_board import TileBoard
from ui.widgets.product_paint import Tile, TileGroup

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
        self._tiles = TileBoard(theme, tr("What the customer has"))
        self._count = Label(theme, "", "caption", "ink3")
        self._sum_words = Label(theme, tr("Every month"), "row", "ink3")
        self._sum = Label(theme, "", "row", strong=True)
        self._head = QHBoxLayout()
        self._empty: EmptyState | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build_head()
        self._column.addWidget(self._tiles)
        self._tiles.opened.connect(self._open)

    def add_to_head(self, widget: QWidget) -> None:
        """Put `widget` before the sum."""
        self._head.insertWidget(3, widget)

    def show_products(self, products: Products) -> None:
        words = tr("not active yet") if products.is_to_come else tr("{} active")
        self._count.setText(words.format(products.count))
        self._sum_words.setText(products.total_words)
        self._sum.setText(money(products.total))
        groups, last = products.groups, len(products.groups) - 1
        self._tiles.set_groups(
            [_group(each, adds=self._may_add and at == last) for at, each in enumerate(groups)]
        )
        self._tiles.setVisible(bool(groups))
        self._show_empty(empty=not groups)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        columns = max(1, min(MOST, self.width() // self._theme.px(LEAST)))
        self._tiles.set_columns(columns)

    def select(self, product_id: str) -> None:
        self._tiles.select(product_id)

    def in_front(self) -> AtHand | None:
        """The tile that is current, unless it only adds."""
        tiles = self._tiles
        tile = tiles.current_id()
        if not tile or tile == ADD:
            return None
        return AtHand(tile, tiles, tiles.visualRect(tiles.currentIndex()))

    def focus_first(self) -> None:
        self._tiles.setFocus()

    def _show_empty(self, *, empty: bool) -> None:
        """Made when it is first needed: most customers have something."""
        if empty and self._empty is None:
            words = tr("P adds the first one.")
            self._empty = EmptyState(self._theme, "box", tr("No products"), words)
            self._column.addWidget(self._empty)
        if self._empty is not None:
            self._empty.setVisible(empty)

    def _build_head(self) -> None:
        self._head.setSpacing(self._theme.px(8))
        self._head.addWidget(Label(self._theme, tr("Products"), "strong"))
        self._head.addWidget(self._count)
        self._head.addStretch(1)
        self._head.addWidget(self._sum_words)
        self._head.addWidget(self._sum)
        self._head.setContentsMargins(0, 0, 0, self._theme.px(6))
        self._column.addLayout(self._head)

    def _open(self, tile_id: str) -> None:
        if tile_id == ADD:
            self.adding.emit()
        else:
            self.opened.emit(tile_id)


def _group(group: Group, *, adds: bool) -> TileGroup:
    tiles = [_tile(product) for product in group.products]
    if adds:
        tiles.append(Tile(ADD, "plus", tr("Add a product"), adds=True))
    total = money(group.total)
    return TileGroup(f"group-{group.id}", tuple(tiles), group.icon, group.title, group.note, total)


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
