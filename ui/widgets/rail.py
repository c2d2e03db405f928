"""The rail: where one can go, icon over word; a badge only for what needs a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its id; `foot` puts it at the lower end of the rail."""

    id: str
    icon: str
    text: str
    badge: str = ""
    foot: bool = False


class RailItem(QPushButton):
    """64 by 52; the current one lies on the surface, in the accent."""

    def __init__(self, theme: Theme, place: Place) -> None:
        super().__init__()
        self._theme = theme
        self._place = place
        self.setCheckable(not place.foot)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_place(place)
        theme.changed.connect(self.updateGeometry)

    def place(self) -> Place:
        return self._place

    def show_place(self, place: Place) -> None:
        """Replace word and badge."""
        self._place = place
        spoken = f"{place.text}, {place.badge}" if place.badge else place.text
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        wide, high = self._theme.tokens.layout.rail_item
        return QSize(self._theme.px(wide), self._theme.px(high))

    def nextCheckState(self) -> None:
        """A click on the current place leaves it current."""
        self.setChecked(self.isCheckable())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in paint.ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        on = self.isChecked()
        radius = px(theme.tokens.radius.panel)
        if on:
            border = theme.color("accent") if theme.high_contrast else None
            paint.box(painter, self.rect(), radius, theme.color("surface"), border)
        elif self.underMouse():
            paint.box(painter, self.rect(), radius, theme.color("hover"))
        tone: Tone = "accent" if on else "ink2"
        edge = px(theme.tokens.size.icon)
        at = QPoint((self.width() - edge) // 2, px(7))
        paint.icon(theme, painter, at, self._place.icon, tone, theme.tokens.size.icon)
        word = QRect(0, px(29), self.width(), px(16))
        paint.words(theme, painter, word, self._place.text, "key", tone, paint.CENTRE, strong=on)
        if self._place.badge:
            high = px(theme.tokens.size.badge)
            single = len(self._place.badge) == 1
            wide = high if single else paint.badge_width(theme, self._place.badge)
            place = QRect(min(px(40), self.width() - wide), px(4), wide, high)
            paint.badge(theme, painter, place, self._place.badge, new=True)
        painter.end()


class Rail(QWidget):
    """72 wide, one Tab stop; Up and Down go along. `chosen` carries the place's id."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, places: Sequence[Place], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: list[RailItem] = []
        self._column = QVBoxLayout(self)
        self._fill(places)
        theme.changed.connect(self._fit)
        self._fit()

    def set_places(self, places: Sequence[Place]) -> None:
        """Show other words or badges of the same places."""
        for item, place in zip(self._items, places, strict=True):
            item.show_place(place)

    def show_badge(self, place_id: str, badge: str) -> None:
        """How much waits at a place; empty for nothing."""
        for item in self._items:
            if item.place().id == place_id:
                item.show_place(replace(item.place(), badge=badge))

    def show_current(self, place_id: str) -> None:
        """Mark where one is, without a signal."""
        for item in self._items:
            item.setChecked(item.place().id == place_id)

    def items(self) -> list[RailItem]:
        return list(self._items)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        focus = self.focusWidget()
        if step is None or not isinstance(focus, RailItem):
            super().keyPressEvent(event)
            return
        at = self._items.index(focus) + step
        if 0 <= at < len(self._items):
            self._items[at].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("shell"))
        painter.end()

    def _fill(self, places: Sequence[Place]) -> None:
        stretched = False
        for place in places:
            if place.foot and not stretched:
                self._column.addStretch(1)
                stretched = True
            item = RailItem(self._theme, place)
            item.clicked.connect(lambda _on=False, to=item: self._choose(to))
            if self._items:
                item.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._items.append(item)
            self._column.addWidget(item)
        if not stretched:
            self._column.addStretch(1)

    def _choose(self, item: RailItem) -> None:
        if not item.place().foot:
            self.show_current(item.place().id)
        self.chosen.emit(item.place().id)

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(self._theme.tokens.layout.rail))
        self._column.setContentsMargins(px(4), px(8), px(4), px(8))
        self._column.setSpacing(px(4))
