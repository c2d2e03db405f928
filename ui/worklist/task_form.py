"""The form of a task, drawn from what its definition asks; no task has code of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import tr
from app.worklist.rows import Entry
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.date_field import DateField
from ui.widgets.field import Field
from ui.widgets.label import Prose
from ui.widgets.pieces import captioned, empty
from ui.widgets.tick import Tick

Control = Field | Choice | DateField | Tick


class TaskForm(QWidget):
    """`answered` carries the field's name and its value: text, a flag, or an ISO day."""

    answered = Signal(str, object)
    entered = Signal()

    def __init__(self, theme: Theme, today: Callable[[], dt.date]) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self._shown: tuple[str, tuple[Entry, ...]] = ("", ())
        self._controls: dict[str, Control] = {}
        self._trouble: dict[str, Prose] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))

    def show_form(self, task_id: str, form: tuple[Entry, ...], answers: Mapping[str, Any]) -> None:
        """Show the fields of a task; the same task again leaves what is being typed alone."""
        if (task_id, form) == self._shown:
            return
        self._shown = (task_id, form)
        empty(self._column)
        self._controls, self._trouble = {}, {}
        for entry in form:
            self._add(entry, answers.get(entry.name))
        self.setVisible(bool(form))

    def complain(self, faults: Mapping[str, str]) -> None:
        """Say under each field what is wrong with it, and go to the first."""
        for name, trouble in self._trouble.items():
            trouble.say(faults.get(name, ""))
            trouble.setVisible(name in faults)
        first = next((name for name in self._controls if name in faults), "")
        if first:
            self._controls[first].setFocus()

    def focus_first(self) -> bool:
        """Go to the first field; False where there is none."""
        first = next(iter(self._controls.values()), None)
        if first is not None:
            first.setFocus()
        return first is not None

    def _add(self, entry: Entry, held: object) -> None:
        theme = self._theme
        control = self._made(entry, held)
        self._controls[entry.name] = control
        words = tr("{} · needed").format(entry.label) if entry.required else entry.label
        shown = (
            control if isinstance(control, Tick) else captioned(theme, words, control, stretch=True)
        )
        trouble = Prose(theme, "", "caption", "bad")
        trouble.hide()
        self._trouble[entry.name] = trouble
        self._column.addWidget(shown)
        self._column.addWidget(trouble)

    def _made(self, entry: Entry, held: object) -> Control:
        theme, name = self._theme, entry.name
        if entry.kind == "boolean":
            tick = Tick(theme, entry.label)
            tick.setChecked(held is True)
            tick.toggled.connect(lambda on: self.answered.emit(name, on))
            return tick
        if entry.kind == "choice":
            items = (Item("", tr("Choose")), *(Item(*each) for each in entry.values))
            choice = Choice(theme, entry.label, items, current=str(held or ""))
            choice.chosen.connect(lambda chosen: self.answered.emit(name, chosen))
            return choice
        if entry.kind == "date":
            day = dt.date.fromisoformat(held) if isinstance(held, str) and held else None
            date = DateField(theme, entry.label, self._today, day=day)
            date.chosen.connect(
                lambda when: self.answered.emit(name, when.isoformat() if when else "")
            )
            return date
        field = Field(theme, "", str(held or ""))
        field.input.setAccessibleName(entry.label)
        field.edited.connect(lambda text: self.answered.emit(name, text.strip()))
        field.entered.connect(self.entered)
        return field
