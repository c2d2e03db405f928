"""Paints what a customer has and what may become of it: groups, products, targets, proposals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.language import tr
from app.wizard.change_proposals import PackageLine, TargetView
from app.wizard.change_view import Fate, GroupView, ProductView
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.keycap import cap_text
from ui.widgets.record_list import RowDelegate
from ui.widgets.records_model import RECORD, Index, Spoken

Action = Literal["move", "end", "keep", "take", "set"]
HEAD_ROW, ROW, LINE_ROW = 32, 48, 36
_EDGE, _TEXT, _END = 20, 48, 16
_LOOK: dict[Fate, tuple[str, Tone]] = {
    "stays": ("check", "ink3"),
    "ends": ("x", "warn"),
    "moves": ("right", "accent"),
    "set": ("edit", "accent"),
}
_LINES: dict[str, tuple[str, Tone]] = {
    "take": ("check", "good"),
    "move": ("right", "accent"),
    "end": ("x", "warn"),
    "add": ("plus", "accent"),
    "kept": ("check", "ink3"),
    "gained": ("plus", "good"),
}
_KEYS: dict[Action, str] = {
    "move": "Return",
    "end": "Del",
    "keep": "Space",
    "take": "Return",
    "set": "F2",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group, or of what stands below it."""

    id: str
    title: str
    note: str = ""
    total: str = ""

    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.note, self.total) if part)

    def can_be_current(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Held:
    """A product the customer has."""

    view: ProductView

    @property
    def id(self) -> str:
        return self.view.id

    def spoken(self) -> str:
        view = self.view
        until = tr("bound until {}").format(view.until)
        parts = (view.name, view.becomes, view.text, until, view.price)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True

    def actions(self) -> tuple[Action, ...]:
        """What can be done with it; what changes already can be kept after all."""
        if self.view.fate in {"ends", "moves"}:
            return ("keep",)
        move: tuple[Action, ...] = ("move",) if self.view.may_move else ()
        return (*move, "end") if self.view.may_end else move


@dataclass(frozen=True, slots=True)
class Becoming:
    """An offer that the product may become; `taken`: it is what it becomes now."""

    view: TargetView
    taken: bool = False

    @property
    def id(self) -> str:
        return self.view.id

    def spoken(self) -> str:
        view = self.view
        parts = (view.name, view.text, view.difference, view.price, view.term)
        return ", ".join(part for part in parts if part)

    def can_be_current(self) -> bool:
        return True

    def actions(self) -> tuple[Action, ...]:
        return ("take",)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the cheaper package is and does; the first row takes it."""

    id: str
    line: PackageLine

    def spoken(self) -> str:
        return self.line.text

    def can_be_current(self) -> bool:
        return True

    def actions(self) -> tuple[Action, ...]:
        return ("take",) if self.line.kind == "take" else ()


ChangeRow = Head | Held | Becoming | Proposed


def group_rows(groups: tuple[GroupView, ...]) -> list[ChangeRow]:
    """Each group's head and its products."""
    rows: list[ChangeRow] = []
    for group in groups:
        rows.append(Head(group.id, group.title, total=group.total))
        rows += [Held(product) for product in group.products]
    return rows


def action_words(action: Action) -> str:
    return {
        "move": tr("Change"),
        "end": tr("End"),
        "keep": tr("Keep"),
        "take": tr("Take it"),
        "set": tr("Set"),
    }[action]


class ChangeRows(RowDelegate):
    """The actions of the current row, or the one under the pointer, stand at its right."""

    def row_height(self, record: Spoken) -> int:
        if isinstance(record, Head):
            return HEAD_ROW
        return LINE_ROW if isinstance(record, Proposed) else ROW

    def action_at(self, record: Spoken, rect: QRect, at: QPoint) -> Action | None:
        """The action under the pointer, if there is one."""
        if isinstance(record, Held | Becoming | Proposed):
            for action, place in self._places(rect, record.actions()):
                if place.contains(at):
                    return action
        return None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, record = QRect(option.rect), index.data(RECORD)
        theme, row = self._theme, index.row()
        painter.save()
        if isinstance(record, Head):
            self._paint_head(painter, rect, record)
        else:
            self._paint_ground(painter, rect, row)
        stands = bool(option.state & QStyle.StateFlag.State_HasFocus)
        acts = row == self.hovered or (row == self.current and stands)
        if isinstance(record, Held):
            self._paint_held(painter, rect, record, acts=acts)
        elif isinstance(record, Becoming):
            self._paint_becoming(painter, rect, record, acts=acts)
        elif isinstance(record, Proposed):
            self._paint_line(painter, rect, record)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, head: Head) -> None:
        theme, px = self._theme, self._theme.px
        painter.fillRect(rect, theme.color("subtle"))
        inner = rect.adjusted(px(_EDGE), 0, -px(_END), -1)
        wide = paint.words(theme, painter, inner, head.total, "caption", "ink2", paint.RIGHT)
        inner.setRight(inner.right() - wide - px(8))
        wide = paint.words(theme, painter, inner, head.title, "caption", "ink3", strong=True)
        inner.setLeft(inner.left() + wide + px(8))
        paint.words(theme, painter, inner, head.note, "caption", "ink3")

    def _paint_ground(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme = self._theme
        if row == self.current:
            painter.fillRect(rect, theme.color("selected"))
            edge = theme.px(theme.tokens.border.selected_edge)
            painter.fillRect(rect.x(), rect.y(), edge, rect.height() - 1, theme.color("accent"))
        elif row == self.hovered:
            painter.fillRect(rect, theme.color("hover"))

    def _paint_held(self, painter: QPainter, rect: QRect, row: Held, *, acts: bool) -> None:
        theme, view = self._theme, row.view
        icon, tone = _LOOK[view.fate]
        self._paint_icon(painter, rect, icon, tone)
        self._paint_price(painter, rect, view.price, "ink3" if view.fate == "ends" else "ink")
        until = self._paint_right(painter, rect, row.actions() if acts else (), view.until)
        name, below = self._lines(rect, until, two=bool(view.becomes or view.text))
        ink: Tone = "ink3" if view.fate == "ends" else "ink"
        paint.words(theme, painter, name, view.name, "row", ink, strong=True)
        if view.becomes:
            paint.words(theme, painter, below, view.becomes, "caption", tone, strong=True)
        else:
            paint.words(theme, painter, below, view.text, "caption", "ink3")

    def _paint_becoming(self, painter: QPainter, rect: QRect, row: Becoming, *, acts: bool) -> None:
        theme, view = self._theme, row.view
        icon: tuple[str, Tone] = ("check", "accent") if row.taken else ("right", "ink3")
        self._paint_icon(painter, rect, *icon)
        self._paint_price(painter, rect, view.price, "ink")
        until = self._paint_right(painter, rect, row.actions() if acts else (), view.difference)
        name, below = self._lines(rect, until, two=bool(view.text))
        paint.words(theme, painter, name, view.name, "row", "ink", strong=True)
        paint.words(theme, painter, below, view.text, "caption", "ink3")

    def _paint_line(self, painter: QPainter, rect: QRect, row: Proposed) -> None:
        icon, tone = _LINES[row.line.kind]
        self._paint_icon(painter, rect, icon, tone)
        until = self._paint_right(painter, rect, row.actions(), "")
        inner, _ = self._lines(rect, until, two=False)
        strong = bool(row.actions())
        paint.words(self._theme, painter, inner, row.line.text, "row", "ink", strong=strong)

    def _paint_icon(self, painter: QPainter, rect: QRect, name: str, tone: Tone) -> None:
        edge = self._theme.px(self._theme.tokens.size.icon_small)
        left = rect.x() + self._theme.px(_EDGE)
        at = QPoint(left, rect.y() + (rect.height() - edge) // 2)
        paint.icon(self._theme, painter, at, name, tone)

    def _paint_price(self, painter: QPainter, rect: QRect, price: str, tone: Tone) -> None:
        px = self._theme.px
        right = rect.right() - px(_END)
        place = QRect(right - px(76), rect.y(), px(76), rect.height() - 1)
        paint.words(self._theme, painter, place, price, "row", tone, paint.RIGHT, strong=True)

    def _paint_right(
        self, painter: QPainter, rect: QRect, actions: tuple[Action, ...], text: str
    ) -> int:
        """Actions with their keys, else a caption; returns where the words before them end."""
        theme, px = self._theme, self._theme.px
        left = rect.right() - px(_END + 76)
        for action, place in self._places(rect, actions):
            cap = cap_text(_KEYS[action])
            wide = paint.cap_width(theme, cap)
            high = px(theme.tokens.size.key_cap)
            spot = QRect(place.right() + 1 - wide, 0, wide, high)
            spot.moveTop(place.y() + (place.height() - high) // 2)
            paint.key_cap(theme, painter, spot, cap)
            inner = place.adjusted(0, 0, -wide - px(6), 0)
            words = action_words(action)
            paint.words(theme, painter, inner, words, "row", "accent", paint.RIGHT, strong=True)
            left = min(left, place.x())
        if not actions:
            place = QRect(left - px(104), rect.y(), px(96), rect.height() - 1)
            paint.words(theme, painter, place, text, "caption", "ink3", paint.RIGHT)
            left = place.x()
        return left - px(8)

    def _places(self, rect: QRect, actions: tuple[Action, ...]) -> Iterator[tuple[Action, QRect]]:
        """Where each action stands, the last at the right."""
        theme, px = self._theme, self._theme.px
        right = rect.right() - px(_END + 76 + 8)
        for action in reversed(actions):
            words = theme.metrics("row", strong=True).horizontalAdvance(action_words(action))
            wide = words + px(6) + paint.cap_width(theme, cap_text(_KEYS[action]))
            yield action, QRect(right - wide, rect.y(), wide + 1, rect.height() - 1)
            right -= wide + px(16)

    def _lines(self, rect: QRect, until: int, *, two: bool) -> tuple[QRect, QRect]:
        px = self._theme.px
        left = rect.x() + px(_TEXT)
        spare = (rect.height() - 1 - px(36)) // 2
        below = QRect(left, rect.y() + spare + px(18), until - left, px(16))
        if not two:
            return QRect(left, rect.y(), until - left, rect.height() - 1), below
        return QRect(left, rect.y() + spare, until - left, px(20)), below
