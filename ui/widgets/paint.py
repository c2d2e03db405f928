"""What several widgets draw alike: boxes, words, icons, key caps, chips, badges, markers."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Role, Tone

ChipKind = Literal["plain", "info", "good", "warn", "bad"]
MarkerKind = Literal["done", "current", "open", "warn", "bad"]

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})

_CHIP: dict[ChipKind, tuple[Tone, Tone]] = {
    "plain": ("ink2", "subtle"),
    "info": ("accent", "accent_soft"),
    "good": ("good", "good_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
}


def box(
    painter: QPainter,
    rect: QRect,
    radius: float,
    fill: QColor | None = None,
    border: QColor | None = None,
    width: int = 1,
) -> None:
    """A rounded rectangle whose border lies inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QRectF(rect)
    if border is not None:
        half = width / 2
        shape = shape.adjusted(half, half, -half, -half)
        radius -= half
        painter.setPen(QPen(border, width))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shape, radius, radius)


def ground(theme: Theme, widget: QWidget, soft: Tone, edge: Tone) -> None:
    """The soft ground of a message; in high contrast it has an edge."""
    painter = QPainter(widget)
    border = theme.color(edge) if theme.high_contrast else None
    radius = theme.px(theme.tokens.radius.control)
    box(painter, widget.rect(), radius, theme.color(soft), border)
    painter.end()


def words(
    theme: Theme,
    painter: QPainter,
    rect: QRect,
    text: str,
    role: Role = "row",
    tone: Tone = "ink",
    align: Qt.AlignmentFlag = LEFT,
    *,
    strong: bool = False,
) -> int:
    """One line of text, shortened with an ellipsis to fit; returns its width in pixels."""
    metrics = theme.metrics(role, strong=strong)
    shown = text
    width = metrics.horizontalAdvance(text)
    if width > rect.width():
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(shown)
    left = rect.x()
    # flags are compared in Python: most words stand at the left, and that is known at once
    if align is LEFT:
        pass
    elif align is RIGHT or align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() + 1 - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left += (rect.width() - width) // 2
    # rounded down, as the pictures are; Qt's own centring rounds up
    top = rect.y() + (rect.height() - metrics.ascent() - metrics.descent()) // 2
    painter.setFont(theme.font(role, strong=strong))
    painter.setPen(theme.color(tone))
    painter.drawText(left, top + metrics.ascent(), shown)
    return width


def icon(
    theme: Theme, painter: QPainter, at: QPoint, name: str, tone: Tone, size: int | None = None
) -> None:
    """Icon `name` with its upper left corner at `at`, by default 16 pixels."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    edge = size if size is not None else theme.tokens.size.icon_small
    painter.drawPixmap(at, theme.pixmap(name, tone, edge, ratio))


def cap_width(theme: Theme, text: str) -> int:
    """The width of a key cap."""
    bare = theme.metrics("key").horizontalAdvance(text)
    return max(theme.px(theme.tokens.size.key_cap), bare + theme.px(12))


def key_cap(
    theme: Theme,
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    on_accent: bool = False,
    off: bool = False,
) -> None:
    """A key cap filling `rect`; on the accent it is drawn in outline."""
    ink: Tone = "on_accent" if on_accent else ("disabled" if off else "ink2")
    radius = theme.px(theme.tokens.radius.chip)
    if on_accent:
        box(painter, rect, radius, None, theme.color("on_accent"))
    else:
        box(painter, rect, radius, theme.color("surface"), theme.color("line"))
        if not off:
            _shade_foot(theme, painter, rect, radius)
    words(theme, painter, rect.adjusted(0, 0, 0, -theme.px(1)), text, "key", ink, CENTRE)


def _shade_foot(theme: Theme, painter: QPainter, rect: QRect, radius: int) -> None:
    """The stronger lower edge that makes a cap a key."""
    painter.save()
    painter.setClipRect(rect.adjusted(0, rect.height() - radius // 2, 0, 0))
    box(painter, rect, radius, None, theme.color("line_strong"))
    painter.restore()


def chip_width(theme: Theme, text: str, icon_name: str = "") -> int:
    """The width of a chip with `text` and, if named, an icon before it."""
    extra = theme.px(theme.tokens.size.icon_small + 2) if icon_name else 0
    return theme.metrics("caption", strong=True).horizontalAdvance(text) + theme.px(18) + extra


def chip(
    theme: Theme,
    painter: QPainter,
    rect: QRect,
    text: str,
    kind: ChipKind,
    icon_name: str = "",
    *,
    on_selected: bool = False,
) -> None:
    """A chip filling `rect`; on a selected row its ground is the surface."""
    ink, ground = _CHIP[kind]
    radius = theme.px(theme.tokens.radius.chip)
    fill = theme.color("surface" if on_selected else ground)
    box(painter, rect, radius, fill, theme.color(ink) if theme.high_contrast else None)
    inner = rect.adjusted(theme.px(9), 0, -theme.px(9) + 1, -theme.px(1))
    if icon_name:
        edge = theme.px(theme.tokens.size.icon_small)
        icon(theme, painter, QPoint(inner.x(), rect.center().y() - edge // 2 + 1), icon_name, ink)
        inner.setLeft(inner.left() + edge + theme.px(2))
    words(theme, painter, inner, text, "caption", ink, LEFT, strong=True)


def badge_width(theme: Theme, text: str) -> int:
    """The width of a badge; one figure makes a circle."""
    bare = theme.metrics("key", strong=True).horizontalAdvance(text)
    return max(theme.px(theme.tokens.size.badge), bare + theme.px(12))


def badge(theme: Theme, painter: QPainter, rect: QRect, text: str, *, new: bool) -> None:
    """A round badge filling `rect`: accent for what is new, neutral for a count."""
    ink: Tone = "on_accent" if new else "ink2"
    border = theme.color("line_strong") if theme.high_contrast and not new else None
    fill = theme.color("accent" if new else "hover")
    box(painter, rect, rect.height() / 2, fill, border)
    words(theme, painter, rect, text, "key", ink, CENTRE, strong=True)


def bars(theme: Theme, painter: QPainter, rect: QRect, filled: int, of: int = 4) -> int:
    """Draw so many bars of 6 by 10 as there are grades; returns where they end."""
    wide, high, gap = theme.px(6), theme.px(10), theme.px(2)
    top = rect.y() + (rect.height() - high) // 2
    left = rect.x()
    for at in range(of):
        bar = QRect(left, top, wide, high)
        if at < filled:
            box(painter, bar, 1, theme.color("ink2"))
        else:
            border = theme.color("line") if theme.high_contrast else None
            box(painter, bar, 1, theme.color("line"), border)
        left += wide + gap
    return left - gap


def dot(theme: Theme, painter: QPainter, centre: QPointF, tone: Tone) -> None:
    """A live-state dot of 6 pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(tone))
    radius = theme.px(6) / 2
    painter.drawEllipse(centre, radius, radius)


def marker(theme: Theme, painter: QPainter, at: QPoint, kind: MarkerKind) -> None:
    """The state of a step as a disc of 16 pixels, its upper left corner at `at`."""
    edge = theme.px(theme.tokens.size.tick)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    disc = QRectF(at.x(), at.y(), edge, edge)
    if kind == "warn":
        icon(theme, painter, at, "alert", "warn")
        return
    if kind == "open":
        painter.setPen(QPen(theme.color("line_strong"), 1.2))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(disc.adjusted(0.6, 0.6, -0.6, -0.6))
        return
    fill: dict[MarkerKind, Tone] = {"done": "good", "current": "accent", "bad": "bad"}
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(fill[kind]))
    painter.drawEllipse(disc)
    if kind == "current":
        painter.setBrush(theme.color("surface"))
        inset = edge * 5 / 16
        painter.drawEllipse(disc.adjusted(inset, inset, -inset, -inset))
        return
    inner = theme.px(12)
    shift = (edge - inner) // 2
    name, tone = ("check", "surface") if kind == "done" else ("x", "on_bad")
    mark: Tone = "surface" if tone == "surface" else "on_bad"
    icon(theme, painter, at + QPoint(shift, shift), name, mark, 12)


def line(painter: QPainter, start: QPoint, end: QPoint, color: QColor, width: int = 1) -> None:
    """A straight line of whole pixels, from `start` to `end` inclusive."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if start.y() == end.y():
        painter.fillRect(QRect(start.x(), start.y(), end.x() - start.x() + 1, width), color)
    else:
        painter.fillRect(QRect(start.x(), start.y(), width, end.y() - start.y() + 1), color)
