"""Where each tile and each head of a board lies, and what lies beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from ui.theme.theme import Theme
from ui.widgets.product_paint import TileGroup
from ui.widgets.records_model import Spoken

HEIGHT, GAP, HEAD = 78, 8, 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is drawn, and for a tile its row and column in the whole board."""

    rect: QRect
    row: int = -1
    column: int = -1


class TilePlaces:
    """Heads over rows of tiles; lengths in pixels of the zoom shown now."""

    def __init__(self) -> None:
        self.height = 0
        self._places: list[Place] = []

    def lay_out(self, theme: Theme, records: Sequence[Spoken], width: int, columns: int) -> None:
        """Find the place of each record: a group begins a new row."""
        gap, high = theme.px(GAP), theme.px(HEIGHT)
        edges = [round((width + gap) * at / columns) for at in range(columns + 1)]
        self._places = []
        top, row, column = 0, -1, 0
        for record in records:
            if isinstance(record, TileGroup):
                top += high + gap if column else 0
                column = 0
                head = theme.line("row") if record.title else 0
                self._places.append(Place(QRect(0, top, width, head)))
                top += theme.px(HEAD) if record.title else 0
                continue
            row += column == 0
            wide = edges[column + 1] - gap - edges[column]
            self._places.append(Place(QRect(edges[column], top, wide, high), row, column))
            column = (column + 1) % columns
            top += high + gap if column == 0 else 0
        self.height = self._places[-1].rect.bottom() + 1 if self._places else 0

    def rect(self, at: int) -> QRect:
        """The place of a record; an empty one for a row that is not there."""
        return QRect(self._places[at].rect) if 0 <= at < len(self._places) else QRect()

    def tile_at(self, point: QPoint) -> int:
        """The row of the tile under a point; -1 between tiles."""
        found = (at for at, place in enumerate(self._places) if place.rect.contains(point))
        return next((at for at in found if self._places[at].row >= 0), -1)

    def beside(self, at: int, across: int, down: int) -> int:
        """The tile before, after, above or below; -1 at an edge."""
        tiles = [n for n, place in enumerate(self._places) if place.row >= 0]
        if at not in tiles:
            return -1
        if across:
            to = tiles.index(at) + across
            return tiles[to] if 0 <= to < len(tiles) else -1
        here = self._places[at]
        row = [n for n in tiles if self._places[n].row == here.row + down]
        return min(row, key=lambda n: abs(self._places[n].column - here.column), default=-1)
