"""The fourth step: what can be set for each unit, for one, for the ticked, or for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.settings_view import Scope, Setting, Unit, form, keys_in, units
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.field import Field
from ui.widgets.label import Label, Prose
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.widgets.tick import Toggle
from ui.wizard.basket import Basket
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

_SCOPES: tuple[Scope, ...] = ("one", "ticked", "all")

Editor = Field | Choice | Toggle


class SettingsPage(StepPage):
    """Units at the left, the form of the current one beside them."""

    step = Step.SETTINGS

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        columns = (
            Column("name", tr("What"), 0, sortable=False),
            Column("number", tr("Number"), 136, sortable=False),
            Column("differs", tr("Not as the others"), 200, sortable=False),
        )
        self.table = Table(theme, tr("Units"), RowsModel(columns), ticks=True)
        self._scope = Segments(theme, tr("A change is for"), self._scopes(0))
        self._title = Label(theme, "", "answer")
        self._form = QVBoxLayout()
        self._editors: dict[str, Editor] = {}
        self._marks: dict[str, Label] = {}
        self._shape: tuple[str, tuple[str, ...]] = ("", ())
        self._basket = Basket(theme, tr("Basket"), width=284)
        self._build()
        self.table.current_changed.connect(lambda _id: self._show_form())
        self.table.ticks.changed.connect(self._say_scopes)
        self.table.opened.connect(lambda _id: self._into_form())

    def refresh(self) -> None:
        draft, choices = self.desk.draft, self.desk.wizard.choices
        self._basket.show_view(basket_of(self.desk.wizard))
        found = units(draft, choices)
        model = self.table.model()
        if isinstance(model, RowsModel):
            model.set_rows([_row(unit) for unit in found])
        if found:
            self.table.states.show_rows()
        else:
            title = tr("Nothing to set")
            text = tr("Settings appear here when a service is chosen that has some.")
            self.table.states.show_empty("list", title, text)
        self._show_form()

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", tr("step")),
            KeyHint("Space", tr("tick")),
            KeyHint("Return", tr("into the form")),
            KeyHint("Ctrl+Z", tr("undo")),
        )

    def editor(self, name: str) -> Editor:
        """The widget of a setting."""
        return self._editors[name]

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        px = self.theme.px
        self.add_column().addWidget(self.table)
        column = self.add_column(344)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(px(16), px(12), px(16), px(16))
        rows.setSpacing(px(8))
        rows.addWidget(self._title)
        rows.addWidget(Label(self.theme, tr("A change is for"), "caption", "ink3"))
        rows.addWidget(self._scope)
        self._form.setSpacing(px(12))
        rows.addSpacing(px(4))
        rows.addLayout(self._form)
        rows.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area)
        self.add_column(284).addWidget(self._basket)

    def _scopes(self, ticked: int) -> tuple[Option, ...]:
        words = (tr("This one"), tr("Ticked"), tr("All"))
        counts = ("", str(ticked), "")
        return tuple(
            Option(scope, text, count)
            for scope, text, count in zip(_SCOPES, words, counts, strict=True)
        )

    def _say_scopes(self, ticked: list[str]) -> None:
        current = "ticked" if ticked else "one"
        self._scope.set_options(self._scopes(len(ticked)), current)

    # --- the form -----------------------------------------------------------------------

    def _show_form(self) -> None:
        choices, key = self.desk.wizard.choices, self.table.current_id()
        fields = form(key, self.desk.draft, choices) if choices and key else ()
        shape = (key, tuple(field.name for field in fields))
        if shape != self._shape:
            self._shape = shape
            self._draw(fields)
        unit = next((each for each in units(self.desk.draft, choices) if each.key == key), None)
        self._title.setText(
            " ".join(part for part in (unit.name, unit.number) if part) if unit else ""
        )
        for field in fields:
            self._show_value(field)

    def _draw(self, fields: Sequence[Setting]) -> None:
        _clear(self._form)
        self._editors.clear()
        self._marks.clear()
        for field in fields:
            self._form.addWidget(self._made(field))

    def _made(self, setting: Setting) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self.theme.px(4))
        head = QHBoxLayout()
        mark = Label(self.theme, "", "caption", "warn")
        name = setting.name
        if setting.type == "boolean":
            toggle = Toggle(self.theme, setting.label)
            toggle.clicked.connect(lambda on: self._set(name, "true" if on else "false"))
            self._editors[name] = toggle
            head.addWidget(toggle)
        else:
            head.addWidget(Label(self.theme, setting.label, "caption", "ink3"))
        head.addStretch(1)
        head.addWidget(mark)
        rows.addLayout(head)
        self._marks[name] = mark
        if setting.type == "choice":
            items = tuple(Item(value, label) for value, label in setting.options)
            choice = Choice(self.theme, setting.label, items)
            choice.chosen.connect(lambda value: self._set(name, value))
            self._editors[name] = choice
            rows.addWidget(choice)
        elif setting.type != "boolean":
            line = Field(self.theme, "", setting.value)
            line.input.setAccessibleName(setting.label)
            line.edited.connect(lambda text: self._set(name, text))
            self._editors[name] = line
            rows.addWidget(line)
        if setting.help:
            rows.addWidget(Prose(self.theme, setting.help, "caption", "ink3"))
        return box

    def _show_value(self, setting: Setting) -> None:
        editor = self._editors[setting.name]
        if isinstance(editor, Toggle):
            editor.setChecked(setting.value == "true")
        elif isinstance(editor, Choice):
            if editor.current_id() != setting.value:
                editor.choose(setting.value)
        elif editor.text() != setting.value:
            editor.set_text(setting.value)
        self._marks[setting.name].setText(setting.differs)

    def _into_form(self) -> None:
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set(self, name: str, value: str) -> None:
        choices, key = self.desk.wizard.choices, self.table.current_id()
        if choices is None or not key:
            return
        scope = next(each for each in _SCOPES if each == self._scope.current())
        keys = keys_in(scope, key, self.table.ticks.ids(), name, self.desk.draft, choices)
        self.desk.edit(edits.set_for_all(keys, name, value))


def _row(unit: Unit) -> Row:
    name = Cell(unit.name, strong=True)
    return Row(unit.key, (name, unit.number or "–", Cell(unit.differs, "warn")))


def _clear(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
