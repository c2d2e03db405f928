"""How product tiles and the heads of their groups are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint


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

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class TileGroup:
    """Tiles under a head, which says where they are and what they cost; no title, no head."""

    id: str
    tiles: tuple[Tile, ...]
    icon: str = "pin"
    title: str = ""
    note: str = ""
    total: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.note, self.total) if part)

    def can_be_current(self) -> bool:
        return False


def paint_head(theme: Theme, painter: QPainter, size: QSize, group: TileGroup) -> None:
    """Icon, title, note, and at the right the sum."""
    if not group.title:
        return
    edge, gap = theme.px(theme.tokens.size.icon_small), theme.px(8)
    paint.icon(theme, painter, QPoint(0, (size.height() - edge) // 2), group.icon, "ink3")
    words = QRect(edge + gap, 0, size.width() - edge - gap, size.height())
    total = paint.words(theme, painter, words, group.total, "row", "ink2", paint.RIGHT, strong=True)
    words.setWidth(words.width() - total - gap)
    wide = paint.words(theme, painter, words, group.title, "row", "ink2", strong=True)
    words.setLeft(words.left() + wide + gap)
    paint.words(theme, painter, words, group.note, "caption", "ink3")


def paint_tile(
    theme: Theme, painter: QPainter, size: QSize, tile: Tile, *, hovered: bool, chosen: bool
) -> None:
    """A tile with its upper left corner at the origin."""
    if tile.adds:
        _paint_adding(theme, painter, size, tile, hovered=hovered)
        return
    px = theme.px
    ground: Tone = "hover" if hovered else "surface"
    border: Tone = "accent" if chosen else "line"
    radius = px(theme.tokens.radius.panel)
    whole = QRect(QPoint(0, 0), size)
    paint.box(painter, whole, radius, theme.color(ground), theme.color(border))
    left, right = px(11), size.width() - px(11)
    paint.icon(theme, painter, QPoint(left, px(11)), tile.icon, "ink3")
    name = QRect(left + px(24), px(9), right - left - px(24), px(20))
    paint.words(theme, painter, name, tile.name, "row", "ink", strong=True)
    price = QRect(left, px(29), right - left, px(20))
    wide = paint.words(theme, painter, price, tile.price, "row", "ink", paint.RIGHT, strong=True)
    until = QRect(left, px(30), right - left - wide - px(8), px(16))
    paint.words(theme, painter, until, tile.until, "caption", "ink3")
    _paint_state(theme, painter, tile, left, right)


def _paint_state(theme: Theme, painter: QPainter, tile: Tile, left: int, right: int) -> None:
    px = theme.px
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


def _paint_adding(
    theme: Theme, painter: QPainter, size: QSize, tile: Tile, *, hovered: bool
) -> None:
    px = theme.px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    whole = QRect(QPoint(0, 0), size)
    radius = px(theme.tokens.radius.panel)
    if hovered:
        paint.box(painter, whole, radius, theme.color("hover"))
    pen = QPen(theme.color("line_strong"), 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    wide = theme.metrics("row", strong=True).horizontalAdvance(tile.name)
    edge = px(16)
    left = max(px(8), (size.width() - wide - edge - px(8)) // 2)
    at = QPoint(left, (size.height() - edge) // 2)
    paint.icon(theme, painter, at, tile.icon, "accent")
    room = size.width() - left - edge - px(16)
    rect = QRect(left + edge + px(8), 0, min(wide + 2, room), size.height())
    paint.words(theme, painter, rect, tile.name, "row", "accent", strong=True)
