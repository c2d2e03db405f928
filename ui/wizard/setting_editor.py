"""One field of a unit's form, drawn by its type alone; the catalogue says which there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from app.wizard.setting import FALSE, SEVERAL, TRUE, Setting, fault_of, limits_of, may_be_day
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.date_field import DateField
from ui.widgets.field import Field, Finding
from ui.widgets.label import Label, Prose
from ui.widgets.tick import Tick, Toggle

Today = Callable[[], dt.date]


class SeveralOf(QWidget):
    """Ticks of which several may be set; `chosen` carries them, with commas."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, setting: Setting) -> None:
        super().__init__()
        self._ticks = {value: Tick(theme, label) for value, label in setting.options}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(4))
        for tick in self._ticks.values():
            rows.addWidget(tick)
            tick.clicked.connect(lambda _on: self.chosen.emit(self.value()))
        first = next(iter(self._ticks.values()), None)
        if first is not None:
            self.setFocusProxy(first)

    def value(self) -> str:
        return ",".join(value for value, tick in self._ticks.items() if tick.isChecked())

    def show_setting(self, setting: Setting) -> None:
        """Show what is set; where no more may be, the rest is off."""
        chosen = {part for part in setting.value.split(",") if part}
        full = setting.most is not None and len(chosen) >= setting.most
        for value, tick in self._ticks.items():
            tick.setChecked(value in chosen)
            off = value not in chosen and (full or value in setting.closed)
            tick.setEnabled(not off)


Control = Field | Choice | Toggle | DateField | SeveralOf


class SettingEditor(QWidget):
    """Label, control, and what is to be said of it; `changed` carries the new value."""

    changed = Signal(str)

    def __init__(
        self, theme: Theme, setting: Setting, today: Today, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)  # shown at once: without a parent it would be a window
        self._theme = theme
        self._today = today
        self._setting = setting
        self._items: tuple[Item, ...] = ()
        self._label = Label(theme, "", "caption", "ink3")
        self._mark = Label(theme, "", "caption", "warn")
        self._problem = Prose(theme, "", "caption", "bad")
        self._notes = Prose(theme, "", "caption", "ink3")
        self.control = self._made(setting)
        self._build()
        self.setFocusProxy(self.control)
        self.show_setting(setting)

    def show_setting(self, setting: Setting) -> None:
        """Show the field as it stands; what somebody types in it stays under the cursor."""
        self._setting = setting
        self.setVisible(setting.visible)
        needed = tr("{} · needed").format(setting.label) if setting.required else setting.label
        self._label.setText(needed)
        self._mark.setText(setting.differs)
        notes = (self._limits(setting), setting.help, setting.reason)
        self._notes.say("\n".join(note for note in notes if note))
        self._notes.setVisible(any(notes))
        self._show_value(setting)
        self._show_problem(setting)

    # --- making -------------------------------------------------------------------------

    def _made(self, setting: Setting) -> Control:
        theme = self._theme
        if setting.type == "boolean":
            toggle = Toggle(theme, setting.label)
            toggle.clicked.connect(lambda on: self.changed.emit(TRUE if on else FALSE))
            return toggle
        if setting.type == "choice":
            choice = Choice(theme, setting.label, _items(setting))
            choice.chosen.connect(self.changed)
            return choice
        if setting.type == SEVERAL:
            several = SeveralOf(theme, setting)
            several.chosen.connect(self.changed)
            return several
        if setting.type == "date":
            day = DateField(theme, setting.label, self._today, may_choose=self._may_be)
            day.chosen.connect(lambda when: self.changed.emit(when.isoformat() if when else ""))
            day.refused.connect(lambda _text: self._refuse_day())
            return day
        line = Field(theme, "", setting.value, check=self._checked)
        line.input.setAccessibleName(setting.label)
        line.edited.connect(self.changed)
        return line

    def _build(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(4))
        head = QHBoxLayout()
        if isinstance(self.control, Toggle):
            head.addWidget(self.control)
            self._label.hide()
        else:
            head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._mark)
        rows.addLayout(head)
        if not isinstance(self.control, Toggle):
            rows.addWidget(self.control)
        rows.addWidget(self._problem)
        rows.addWidget(self._notes)

    # --- showing ------------------------------------------------------------------------

    def _limits(self, setting: Setting) -> str:
        if setting.type == SEVERAL and setting.most is not None and setting.most > 1:
            return tr("Up to {}").format(setting.most)
        return limits_of(setting)

    def _show_value(self, setting: Setting) -> None:
        control = self.control
        if isinstance(control, Toggle):
            control.setChecked(setting.value == TRUE)
            other = FALSE if setting.value == TRUE else TRUE
            control.setEnabled(other not in setting.closed)
        elif isinstance(control, Choice):
            items = _items(setting)
            if items != self._items:  # an open list stays as it is
                self._items = items
                control.set_items(items, setting.value)
            elif control.current_id() != setting.value:
                control.choose(setting.value)
        elif isinstance(control, SeveralOf):
            control.show_setting(setting)
        elif isinstance(control, DateField):
            if not control.hasFocus() or not control.isModified():
                control.set_day(_day(setting.value))
        elif control.text() != setting.value:
            control.set_text(setting.value)

    def _show_problem(self, setting: Setting) -> None:
        """The server's sentence; a line shows it itself, with its own check before it."""
        if isinstance(self.control, Field):
            self._problem.hide()
            if setting.problem and not fault_of(setting, setting.value):
                self.control.show_finding(Finding("error", setting.problem))
            elif not fault_of(setting, self.control.text()):
                self.control.show_finding(None)
            return
        self._problem.say(setting.problem)
        self._problem.setVisible(bool(setting.problem))
        self.control.setAccessibleDescription(setting.problem or setting.reason)

    def _refuse_day(self) -> None:
        limits = limits_of(self._setting)
        words = tr("This may be {}.").format(limits) if limits else tr("Type a day, such as 24/11.")
        self._problem.say(words)
        self._problem.show()

    def _may_be(self, day: dt.date) -> bool:
        return may_be_day(self._setting, day, self._today())

    def _checked(self, text: str) -> Finding | None:
        fault = fault_of(self._setting, text)
        if not fault and self._setting.value == text and self._setting.problem:
            fault = self._setting.problem
        return Finding("error", fault) if fault else None

    def focus(self) -> None:
        """Go into the control by key."""
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _items(setting: Setting) -> tuple[Item, ...]:
    """What can be chosen; a value that stands there although it is closed can be seen."""
    items = tuple(
        Item(value, label, enabled=value not in setting.closed) for value, label in setting.options
    )
    if setting.value and setting.value in dict(setting.options):
        return items
    return (Item("", tr("Not chosen")), *items)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
