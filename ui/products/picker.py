"""Picks several from a list: a field that names them, and a popover with ticks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.button import KeyButton
from ui.widgets.popover import Popover
from ui.widgets.record_list import RecordList, RowDelegate
from ui.widgets.records_model import RECORD, Index
from ui.widgets.search_field import SearchField
from ui.widgets.tick import paint_tick

_SEARCH_FROM = 9  # rows; shorter lists need no filter
_HIGH = 10  # rows


@dataclass(frozen=True, slots=True)
class Pickable:
    """One of the list; `note` stands at the right."""

    id: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Ticked:
    item: Pickable
    ticked: bool

    @property
    def id(self) -> str:
        return self.item.id

    def spoken(self) -> str:
        said = tr("ticked") if self.ticked else tr("not ticked")
        return ", ".join(each for each in (self.item.text, self.item.note, said) if each)

    def can_be_current(self) -> bool:
        return True


class _Rows(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        record = index.data(RECORD)
        if not isinstance(record, _Ticked):
            return
        theme, px = self._theme, self._theme.px
        rect = QRect(option.rect)
        painter.save()
        ground: Tone = "surface"
        if index.row() == self.current:
            ground = "selected"
        elif index.row() == self.hovered:
            ground = "hover"
        painter.fillRect(rect, theme.color(ground))
        edge = px(theme.tokens.size.tick)
        at = QPoint(rect.x() + px(8), rect.y() + (rect.height() - edge) // 2)
        paint_tick(theme, painter, at, checked=record.ticked)
        inner = rect.adjusted(px(32), 0, -px(12), 0)
        if record.item.note:
            wide = paint.words(
                theme, painter, inner, record.item.note, "caption", "ink3", paint.RIGHT
            )
            inner.setRight(inner.right() - wide - px(8))
        paint.words(theme, painter, inner, record.item.text, "row", "ink")
        painter.restore()


class _List(RecordList):
    """Space and Enter tick; letters go to the filter."""

    ticked = Signal(str)
    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.current_id():
                self.ticked.emit(self.current_id())
            return
        if event.text().strip() and event.text().isprintable() and not event.modifiers():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)


class Picker(KeyButton):
    """`changed` carries the ids that are ticked, in the list's order."""

    changed = Signal(tuple)

    def __init__(self, theme: Theme, name: str, *, nothing: str = "") -> None:
        self._name = name
        self._nothing = nothing or tr("Choose")
        super().__init__(theme, self._nothing, icon="down")
        self._items: tuple[Pickable, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._menu: Popover | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_items(self, items: tuple[Pickable, ...], chosen: tuple[str, ...]) -> None:
        """Show what there is to choose, and what is chosen."""
        self._items, self._chosen = items, chosen
        self._say()
        if self._menu is not None and self._menu.isVisible():
            self._fill()

    def chosen(self) -> tuple[str, ...]:
        return self._chosen

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(self._theme.tokens.size.control))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        open_now = self._menu is not None and self._menu.isVisible()
        border: Tone = "accent" if self.hasFocus() or open_now else "line_strong"
        width = 2 if border == "accent" else 1
        radius = px(theme.tokens.radius.control)
        ground = theme.color("surface" if self.isEnabled() else "subtle")
        paint.box(painter, self.rect(), radius, ground, theme.color(border), width)
        inner = self.rect().adjusted(px(11), 0, -px(36), -1)
        tone: Tone = "ink" if self._chosen else "ink3"
        paint.words(theme, painter, inner, self.text(), "body", tone)
        edge = px(16)
        at = QPoint(self.width() - edge - px(11), (self.height() - edge) // 2)
        paint.icon(theme, painter, at, "down", "ink3")
        painter.end()

    def tick(self, item_id: str) -> None:
        """Tick an item, or take its tick away."""
        held = set(self._chosen) ^ {item_id}
        known = [each.id for each in self._items]
        unknown = [each for each in self._chosen if each in held and each not in known]
        self._chosen = (*unknown, *(each for each in known if each in held))
        self._say()
        self._fill()
        self.changed.emit(self._chosen)

    def _say(self) -> None:
        texts = {each.id: each.text for each in self._items}
        words = ", ".join(texts.get(each, each) for each in self._chosen)
        self.say(words or self._nothing)
        self.setToolTip(words)
        self.setAccessibleName(f"{self._name}: {words or tr('nothing chosen')}")

    def _open(self) -> None:
        if self._menu is None:
            self._menu = self._make_menu()
        self.filter.clear()
        self._fill()
        first = self.filter if len(self._items) >= _SEARCH_FROM else self.list
        self.filter.setVisible(len(self._items) >= _SEARCH_FROM)
        self.list.setFixedWidth(max(self.width() - self._theme.px(24), self._theme.px(280)))
        self._menu.open_under(self, first=first)
        self.list.setCurrentIndex(self.list.records.index(0))

    def _make_menu(self) -> Popover:
        menu = Popover(self._theme, self.window())
        menu.setAccessibleName(self._name)
        self.filter = SearchField(self._theme, tr("Find in the list"))
        self.list = _List(self._theme, self._name, _Rows(self._theme))
        self.filter.changed.connect(lambda _text: self._fill())
        self.filter.results_wanted.connect(self.list.setFocus)
        self.filter.entered.connect(self._tick_first)
        self.list.ticked.connect(self.tick)
        self.list.clicked.connect(lambda _index: self.tick(self.list.current_id()))
        self.list.typed.connect(self._type)
        menu.body.addWidget(self.filter)
        menu.body.addWidget(self.list)
        return menu

    def _type(self, text: str) -> None:
        if self.filter.isVisible():
            self.filter.setFocus()
            self.filter.setText(self.filter.text() + text)

    def _tick_first(self) -> None:
        if found := self.list.records.records():
            self.tick(found[0].id)

    def _fill(self) -> None:
        if self._menu is None:
            return
        words = self.filter.text().casefold().split()
        held = set(self._chosen)
        shown = [
            _Ticked(each, each.id in held)
            for each in self._items
            if all(word in f"{each.id} {each.text} {each.note}".casefold() for word in words)
        ]
        self.list.set_records(shown)
        rows = min(_HIGH, max(1, len(self._items)))
        self.list.setFixedHeight(rows * self._theme.px(self._theme.tokens.size.row))
