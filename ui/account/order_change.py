"""Changing an order that is under way: its visit, items, settings, day and contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from app.language import tr
from app.orders.amending import Setting, SettingKey, Standing, Wanted, kept_of, wanted_of
from app.orders.options import ItemChoice, Options
from app.orders.records import Film
from ui.account.order_strip import OrderStrip
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.pieces import captioned
from ui.widgets.segments import Option, Segments
from ui.widgets.tick import Tick

_WIDE, _DATE = 280, 180
_IN_A_ROW = 3
_KEEP = "keep"


class ChangeStrip(OrderStrip):
    """`wanted` carries the whole change; every part of it can be set before it is sent."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, clock: Callable[[], dt.datetime]) -> None:
        super().__init__(
            theme, tr("Change the order"), tr("Change order"), tr("Leave it"), "primary"
        )
        self._clock = clock
        self._wanted = Wanted()
        self._standing = Standing()
        self._options = Options("")
        self._whats = Segments(theme, tr("What is changed"), (Option("day", tr("Wanted day")),))
        self._stack = QStackedWidget()
        self._editors: dict[str, QWidget] = {}
        fields = QWidget()
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self._whats, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._stack)
        self.add_fields(fields)
        self._whats.chosen.connect(self._turn)

    def ask(self, film: Film, options: Options, kept: Mapping[str, str]) -> None:
        """Ask about this order; what it says now comes with `show_standing`."""
        self._options = options
        self._wanted = wanted_of(kept)
        self.title.setText(tr("Change {number}").format(number=film.number))
        self._whats.set_options(tuple(Option(what, text) for what, text in options.changes))
        self.words.say(tr("Asking the server what the order says now."))
        self.words.show()
        self._drop_editors()
        self._stack.hide()
        self.complain("")
        self.show_busy(tr("Change order"))
        self.show()
        self._whats.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_standing(self, standing: Standing) -> None:
        """Let it be changed."""
        self._standing = standing
        self.words.hide()
        self._drop_editors()
        for what, _text in self._options.changes:
            self._editors[what] = editor = self._editor(what)
            self._stack.addWidget(editor)
        self._stack.show()
        self.show_busy()
        self._turn(self._whats.current())

    def fields(self) -> Mapping[str, str]:
        return kept_of(self._wanted)

    def finish(self) -> None:
        if not self.act.isEnabled():
            return
        if self._wanted.is_nothing:
            self.complain(tr("Nothing is changed yet."))
            return
        self.complain("")
        self.wanted.emit(self._wanted)

    def _turn(self, what: str) -> None:
        if what in self._editors:
            editor = self._editors[what]
            self._stack.setCurrentWidget(editor)
            self._stack.setFixedHeight(editor.sizeHint().height())

    def _drop_editors(self) -> None:
        for editor in self._editors.values():
            self._stack.removeWidget(editor)
            editor.deleteLater()
        self._editors.clear()

    def _want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.complain("")
        self.edited.emit(self.fields())

    # --- the editors --------------------------------------------------------------------

    def _editor(self, what: str) -> QWidget:
        makers: Mapping[str, Callable[[], QWidget]] = {
            "visit": self._visit,
            "items": self._items,
            "settings": self._settings,
            "day": self._day,
            "contact": self._contact,
        }
        return makers[what]()

    def _visit(self) -> QWidget:
        slots = self._standing.slots
        if not slots:
            words = tr("No free times are known now. Try again in a while.")
            return Label(self._theme, words, "row", "ink2")
        now = self._clock()
        items = (Item(_KEEP, tr("As it is")), *(
            Item(str(at), slot.words(now)) for at, slot in enumerate(slots)
        ))  # fmt: skip
        choice = Choice(self._theme, tr("When the engineer comes"), items)
        choice.setFixedWidth(self._theme.px(_WIDE))

        def take(identity: str) -> None:
            slot = None if identity == _KEEP else slots[int(identity)]
            self._want(replace(self._wanted, slot=slot))

        choice.chosen.connect(take)
        return captioned(self._theme, tr("When the engineer comes"), choice)

    def _items(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(4))
        column.addWidget(Label(self._theme, tr("What stays in the order"), "caption", "ink3"))
        for item in self._options.items:
            column.addWidget(self._tick(item))
        return holder

    def _tick(self, item: ItemChoice) -> Tick:
        tick = Tick(self._theme, item.name)
        tick.setChecked(item.id not in self._wanted.without)

        def turned(stays: bool) -> None:  # noqa: FBT001 - Qt's own signature
            gone = self._wanted.without - {item.id} if stays else self._wanted.without | {item.id}
            self._want(replace(self._wanted, without=gone))

        tick.toggled.connect(turned)
        return tick

    def _settings(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self._theme.px(12))
        grid.setVerticalSpacing(self._theme.px(8))
        shown = self._standing.settings
        several = len({setting.key[0] for setting in shown}) > 1
        for at, setting in enumerate(shown):
            label = f"{setting.item}: {setting.label}" if several else setting.label
            grid.addWidget(self._setting(setting, label), at // _IN_A_ROW, at % _IN_A_ROW)
        return holder

    def _setting(self, setting: Setting, label: str) -> QWidget:
        value = self._wanted.settings.get(setting.key, setting.value)
        if not setting.values:
            return self._field(
                label, value, lambda text: self._set(setting.key, setting.value, text)
            )
        words = {"true": tr("Yes"), "false": tr("No")}
        items = tuple(Item(each, words.get(each, each)) for each in setting.values)
        if value not in setting.values:
            items = (Item(value, value or "–"), *items)
        choice = Choice(self._theme, label, items, current=value)
        choice.chosen.connect(lambda text: self._set(setting.key, setting.value, text))
        return captioned(self._theme, label, choice, stretch=True)

    def _set(self, key: SettingKey, before: str, value: str) -> None:
        others = {of: text for of, text in self._wanted.settings.items() if of != key}
        settings = others if value == before else {**others, key: value}
        self._want(replace(self._wanted, settings=settings))

    def _day(self) -> QWidget:
        today = self._clock().date
        day = self._wanted.day or self._standing.day
        field = DateField(
            self._theme, tr("Wanted day"), today, day=day, may_choose=lambda each: each >= today()
        )
        field.setFixedWidth(self._theme.px(_DATE))
        field.chosen.connect(lambda each: self._want(replace(self._wanted, day=each)))
        field.refused.connect(self.complain)
        return captioned(self._theme, tr("Wanted day"), field)

    def _contact(self) -> QWidget:
        contact = self._wanted.contact
        said = self._standing.contact if contact is None else contact

        def typed(text: str) -> None:
            contact = None if text == self._standing.contact else text
            self._want(replace(self._wanted, contact=contact))

        return self._field(tr("Who is told how it goes on"), said, typed)

    def _field(self, label: str, text: str, typed: Callable[[str], None]) -> Field:
        field = Field(self._theme, label, text)
        field.edited.connect(field.set_text)  # Esc leaves the strip and takes nothing of it away
        field.edited.connect(typed)
        return field
