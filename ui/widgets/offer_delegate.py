"""Paints offers: section heads, offers with dot, tick or quantity, and what is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.language import tr
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.keycap import cap_text
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken
from ui.widgets.tick import paint_choice_dot, paint_tick

SECTION_ROW = 32
OFFER_ROW = 48
REFUSED_ROW = 44
_EDGE = 20
_TEXT = 48
_STEP = 28


@dataclass(frozen=True, slots=True)
class Section:
    """A head that states its rule; `hint` says what is still missing."""

    id: str
    title: str
    hint: str = ""
    icon: str = ""
    count: str = ""
    note: str = ""

    def spoken(self) -> str:
        return " ".join(part for part in (self.title, self.count, self.hint, self.note) if part)

    def can_be_current(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen, by its id; `mark` says how."""

    id: str
    name: str
    text: str = ""
    term: str = ""
    price: str = ""
    mark: Literal["dot", "tick", "quantity"] = "dot"
    chosen: bool = False
    quantity: int = 0
    most: int = 1

    def spoken(self) -> str:
        said = "chosen" if self.chosen else "not chosen"
        state = tr(said)
        if self.mark == "quantity":
            state = tr("{} of up to {}").format(self.quantity, self.most)
        parts = (self.name, self.text, self.term, self.price, state)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """What is not offered: the reason from the rule, and the one thing that opens it.

    Without `action` nothing is done here: `note` says what is so instead, such as "cannot be
    changed"; it is empty as long as that is not known.
    """

    id: str
    name: str
    reason: str
    action: str = ""
    note: str = ""

    def spoken(self) -> str:
        parts = (self.name, self.reason, self.action or self.note)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True


Part = Literal["row", "less", "more", "action"]


class OfferDelegate(RowDelegate):
    """Knows where minus, plus and the action lie, for the mouse."""

    def row_height(self, record: Spoken) -> int:
        if isinstance(record, Section):
            return SECTION_ROW
        return REFUSED_ROW if isinstance(record, Refused) else OFFER_ROW

    def part_at(self, record: Spoken, rect: QRect, at: QPoint) -> Part:
        """What lies under the pointer in a record's row."""
        if isinstance(record, Refused) and record.action:
            wide = self._theme.metrics("row", strong=True).horizontalAdvance(record.action)
            wide += paint.cap_width(self._theme, cap_text("Return"))
            if at.x() >= rect.right() - self._theme.px(32) - wide:
                return "action"
        if isinstance(record, Offer) and record.mark == "quantity":
            less, more = self._steps(rect)
            if less.contains(at):
                return "less"
            if more.contains(at):
                return "more"
        return "row"

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        record = index.data(RECORD)
        painter.save()
        if isinstance(record, Section):
            self._paint_section(painter, rect, record)
        elif isinstance(record, Refused):
            self._paint_ground(painter, rect, index.row())
            self._paint_refused(painter, rect, record, current=index.row() == self.current)
        elif isinstance(record, Offer):
            self._paint_ground(painter, rect, index.row())
            self._paint_offer(painter, rect, record)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._theme.color("line"))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme = self._theme
        if row == self.current:
            painter.fillRect(rect, theme.color("selected"))
            edge = theme.px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height() - 1, theme.color("accent"))
        elif row == self.hovered:
            painter.fillRect(rect, theme.color("hover"))

    def _paint_section(self, painter: QPainter, rect: QRect, section: Section) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.color("subtle"))
        inner = rect.adjusted(px(_EDGE), 0, -px(16), -1)
        if section.note:
            wide = paint.words(theme, painter, inner, section.note, "caption", "ink3", paint.RIGHT)
            inner.setRight(inner.right() - wide - px(8))
        if section.icon:
            edge = px(theme.tokens.size.icon_small)
            at = QPoint(inner.x(), rect.y() + (rect.height() - edge) // 2)
            paint.icon(theme, painter, at, section.icon, "ink3")
            inner.setLeft(inner.left() + edge + px(8))
        wide = paint.words(theme, painter, inner, section.title, "caption", "ink3", strong=True)
        inner.setLeft(inner.left() + wide + px(8))
        if section.count:
            high = px(theme.tokens.size.badge)
            size = paint.badge_width(theme, section.count)
            badge = QRect(inner.x(), rect.y() + (rect.height() - high) // 2, size, high)
            paint.badge(theme, painter, badge, section.count, new=False)
            inner.setLeft(badge.right() + px(8))
        if section.hint:
            paint.words(theme, painter, inner, section.hint, "caption", "warn", strong=True)

    def _paint_offer(self, painter: QPainter, rect: QRect, offer: Offer) -> None:
        theme, px = self._theme, self._theme.px
        edge = px(theme.tokens.size.tick)
        at = QPoint(rect.x() + px(_EDGE), rect.y() + (rect.height() - edge) // 2)
        if offer.mark == "dot":
            paint_choice_dot(theme, painter, at, checked=offer.chosen)
        else:
            paint_tick(theme, painter, at, checked=offer.chosen or offer.quantity > 0)
        right = rect.right() - px(16)
        price = QRect(right - px(76), rect.y(), px(76), rect.height() - 1)
        paint.words(theme, painter, price, offer.price, "row", "ink", paint.RIGHT, strong=True)
        term = QRect(right - px(176), rect.y(), px(100), rect.height() - 1)
        paint.words(theme, painter, term, offer.term, "caption", "ink3", paint.RIGHT)
        until = right - px(180)
        if offer.mark == "quantity":
            self._paint_quantity(painter, rect, offer)
            until = self._steps(rect)[0].x() - px(8)
        self._two_lines(painter, rect, offer.name, offer.text, until, strong_tone="ink")

    def _paint_refused(
        self, painter: QPainter, rect: QRect, refused: Refused, *, current: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        edge = px(theme.tokens.size.icon_small)
        at = QPoint(rect.x() + px(_EDGE), rect.y() + (rect.height() - edge) // 2)
        paint.icon(theme, painter, at, "lock", "ink3")
        inner = rect.adjusted(px(_TEXT), 0, -px(17), -1)
        if refused.action:
            inner.setRight(inner.right() - self._paint_key(painter, inner, current=current))
            wide = paint.words(
                theme, painter, inner, refused.action, "row", "accent", paint.RIGHT, strong=True
            )
        else:
            wide = paint.words(theme, painter, inner, refused.note, "caption", "ink3", paint.RIGHT)
        until = inner.right() - wide - px(8)
        self._two_lines(painter, rect, refused.name, refused.reason, until, strong_tone="ink2")

    def _paint_key(self, painter: QPainter, inner: QRect, *, current: bool) -> int:
        """The cap of Enter at the right of the current row; gives the room it takes."""
        if not current:
            return 0
        theme, px = self._theme, self._theme.px
        text = cap_text("Return")
        wide, high = paint.cap_width(theme, text), px(theme.tokens.size.key_cap)
        at = QRect(inner.right() - wide, inner.y() + (inner.height() - high) // 2, wide, high)
        paint.key_cap(theme, painter, at, text)
        return wide + px(8)

    def _two_lines(
        self,
        painter: QPainter,
        rect: QRect,
        upper: str,
        lower: str,
        until: int,
        *,
        strong_tone: Tone,
    ) -> None:
        theme, px = self._theme, self._theme.px
        left = rect.x() + px(_TEXT)
        spare = (rect.height() - 1 - px(36)) // 2
        first = QRect(left, rect.y() + spare, until - left, px(20))
        second = QRect(left, rect.y() + spare + px(18), until - left, px(16))
        if not lower:
            first = QRect(left, rect.y(), until - left, rect.height() - 1)
        paint.words(theme, painter, first, upper, "row", strong_tone, strong=True)
        paint.words(theme, painter, second, lower, "caption", "ink3")

    def _paint_quantity(self, painter: QPainter, rect: QRect, offer: Offer) -> None:
        theme, px = self._theme, self._theme.px
        radius = px(theme.tokens.radius.control)
        shift = (px(_STEP) - px(16)) // 2
        marks = (("minus", offer.quantity > 0), ("plus", offer.quantity < offer.most))
        for place, (icon, able) in zip(self._steps(rect), marks, strict=True):
            border: Tone = "line_strong" if able else "line"
            paint.box(painter, place, radius, theme.color("surface"), theme.color(border))
            ink: Tone = "ink2" if able else "disabled"
            paint.icon(theme, painter, place.topLeft() + QPoint(shift, shift), icon, ink)
        less, more = self._steps(rect)
        figure = QRect(less.right(), rect.y(), more.x() - less.right(), rect.height() - 1)
        count = str(offer.quantity)
        paint.words(theme, painter, figure, count, "row", "ink", paint.CENTRE, strong=True)

    def _steps(self, rect: QRect) -> tuple[QRect, QRect]:
        """The places of minus and plus."""
        px = self._theme.px
        size = px(_STEP)
        top = rect.y() + (rect.height() - 1 - size) // 2
        right = rect.right() + 1 - px(176)
        return (
            QRect(right - 2 * size - px(28), top, size, size),
            QRect(right - size, top, size, size),
        )
