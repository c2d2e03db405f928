"""The fourth step: what can be set for each unit, for one, for the ticked, or for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.language import tr
from app.wizard import edits
from app.wizard.basket_view import basket_of
from app.wizard.setting import Setting
from app.wizard.settings_view import Scope, Unit, faulty, form, keys_in, units
from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.label import Label
from ui.widgets.panel import Hairline
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.wizard.basket import Basket
from ui.wizard.setting_editor import SettingEditor
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

_FORM = 344
_BESIDE = 620  # of the middle at zoom 1.0: below, the form goes under the units
_FEW = 3  # units that are seen above the form
_NO_LIMIT = 16_777_215  # Qt's own
_SCOPES: tuple[Scope, ...] = ("one", "ticked", "all")


class SettingsPage(StepPage):
    """Units at the left, the form of the current one beside them."""

    step = Step.SETTINGS

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        columns = (
            Column("name", tr("What"), 0, sortable=False),
            Column("number", tr("Number"), 136, sortable=False),
            Column("differs", tr("Not as the others, or missing"), 200, sortable=False),
        )
        self.table = Table(theme, tr("Units"), RowsModel(columns), ticks=True)
        self._scope = Segments(theme, tr("A change is for"), self._scopes(0))
        self._title = Label(theme, "", "answer")
        self._form = QVBoxLayout()
        self._area = QScrollArea()
        self._between = Hairline(theme, "standing")
        self._editors: dict[str, SettingEditor] = {}
        self._shape: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
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

    def stand_at(self, field: str) -> bool:
        """Go to a unit's field, as `M03#1:spendCap`; False: it is not asked here."""
        key, _, name = field.rpartition(":")
        if key not in {unit.key for unit in units(self.desk.draft, self.desk.wizard.choices)}:
            return False
        self.table.choose(key)
        self._show_form()
        editor = self._editors.get(name)
        if editor is None:
            return False
        editor.focus()
        return True

    def has(self, name: str) -> bool:
        """Whether the current unit has a field of this name."""
        return name in self._editors

    def editor(self, name: str) -> SettingEditor:
        """The editor of a setting of the current unit."""
        return self._editors[name]

    # --- making -------------------------------------------------------------------------

    def _build(self) -> None:
        px = self.theme.px
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(0)
        self.add_column().addLayout(self._halves)
        area = self._area
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
        self._halves.addWidget(self.table, 1)
        self._halves.addWidget(self._between)
        self._halves.addWidget(area)
        self.add_column(284).addWidget(self._basket)

    def fit_middle(self, width: int) -> None:
        """The form stands beside the units, or under them where there is no room."""
        beside = width >= _BESIDE
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._between.setVisible(beside)
        rows = min(_FEW, max(1, len(units(self.desk.draft, self.desk.wizard.choices))))
        high = self.theme.px(self.theme.tokens.size.row) * (rows + 1)
        self.table.leave_out(*(() if beside else ("differs",)))  # the form says it
        self.table.setMaximumHeight(_NO_LIMIT if beside else high)
        self._area.setMinimumWidth(self.theme.px(_FORM) if beside else 0)
        self._area.setMaximumWidth(self.theme.px(_FORM) if beside else _NO_LIMIT)

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
        shape = (key, tuple((field.name, field.type) for field in fields))
        if shape != self._shape:
            self._shape = shape
            self._draw(fields)
        unit = next((each for each in units(self.desk.draft, choices) if each.key == key), None)
        self._title.setText(
            " ".join(part for part in (unit.name, unit.number) if part) if unit else ""
        )
        for field in fields:
            self._editors[field.name].show_setting(field)

    def _draw(self, fields: Sequence[Setting]) -> None:
        _clear(self._form)
        self._editors.clear()
        place = self._form.parentWidget()
        for field in fields:
            editor = SettingEditor(self.theme, field, lambda: self.desk.clock().date(), place)
            editor.changed.connect(lambda value, name=field.name: self._set(name, value))
            self._editors[field.name] = editor
            self._form.addWidget(editor)

    def _into_form(self) -> None:
        """Go to the first field that is wrong, else to the first."""
        choices, key = self.desk.wizard.choices, self.table.current_id()
        wrong = faulty(key, self.desk.draft, choices) if choices and key else ()
        shown = [name for name, editor in self._editors.items() if not editor.isHidden()]
        names = [*(each.name for each in wrong), *shown]
        if names:
            self._editors[names[0]].focus()

    def _set(self, name: str, value: str) -> None:
        choices, key = self.desk.wizard.choices, self.table.current_id()
        if choices is None or not key:
            return
        scope = next(each for each in _SCOPES if each == self._scope.current())
        keys = keys_in(scope, key, self.table.ticks.ids(), name, self.desk.draft, choices)
        self.desk.edit(edits.set_for_all(keys, name, value))


def _row(unit: Unit) -> Row:
    name = Cell(unit.name, strong=True)
    state = Cell(unit.wrong, "bad", icon="error") if unit.wrong else Cell(unit.differs, "warn")
    return Row(unit.key, (name, unit.number or "–", state))


def _clear(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
