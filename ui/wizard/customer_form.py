"""The customer's form: drawn from the fields that are asked, every finding under its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.wizard.customer_view import label_of, problem_with
from app.wizard.fields import FormField, form_for
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.field import Check, Field, Finding
from ui.widgets.label import Label
from ui.widgets.segments import Option, Segments
from ui.wizard.address_field import AddressField

_WIDE = frozenset({"address"})
_ONE_COLUMN = 620  # of the middle at zoom 1.0: below, the fields stand under one another

Editor = Field | AddressField | Segments | Choice


class CustomerForm(QWidget):
    """`edited` carries name and value at each key, `stood` the field that has the focus."""

    edited = Signal(str, str)
    stood = Signal(str)

    def __init__(
        self,
        theme: Theme,
        fields: Callable[[], Mapping[str, str]],
        today: Callable[[], dt.date],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._fields = fields
        self._today = today
        self._names: tuple[str, ...] = ()
        self._boxes: list[tuple[str, QWidget]] = []
        self._narrow = False
        self.editors: dict[str, Editor] = {}
        self.address: AddressField | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(12))

    def refresh(self) -> bool:
        """Show the fields as they are; True where other fields are asked now."""
        fields = self._fields()
        asked = form_for(fields)
        names = tuple(field.name for field in asked)
        drawn = names != self._names
        if drawn:
            self._names = names
            self._draw(asked)
        for field in asked:
            self._show_value(self.editors[field.name], fields.get(field.name, field.default))
        return drawn

    def stand_at(self, name: str) -> bool:
        """Put the focus into a field; False: there is none of this name."""
        editor = self.editors.get(name)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def fit(self, width: int) -> None:
        """Two columns, or one where there is no room."""
        narrow = width < _ONE_COLUMN
        if narrow != self._narrow:
            self._narrow = narrow
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.stood.emit(str(watched.property("fieldName") or ""))
        return False

    # --- making -------------------------------------------------------------------------

    def _draw(self, asked: Sequence[FormField]) -> None:
        for _, box in self._boxes:
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.editors.clear()
        self._boxes = [(field.name, self._made(field)) for field in asked]
        self._place()
        targets = [self.editors[field.name] for field in asked]
        stops = [editor.focusProxy() or editor for editor in targets]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _place(self) -> None:
        row, place = 0, 0
        for name, box in self._boxes:
            self._grid.removeWidget(box)
            wide = name in _WIDE or self._narrow
            if wide and place:
                row, place = row + 1, 0
            self._grid.addWidget(box, row, place, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            row, place = (row + 1, 0) if wide or place else (row, 1)
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1)

    def _made(self, field: FormField) -> QWidget:
        label = label_of(field)
        if field.kind == "segments":
            return self._segments(field, label)
        if field.kind == "choice":
            return self._choice(field, label)
        if field.kind == "address":
            made = AddressField(self._theme, label, field.example, self._check(field.name))
            self.address = made
            self._watch(made.field.input, field.name)
            self.editors[field.name] = made
            return made
        return self._line(field, label)

    def _line(self, field: FormField, label: str) -> Field:
        name = field.name
        made = Field(self._theme, label, placeholder=field.example, check=self._check(name))
        if field.kind == "secret":
            made.input.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        made.edited.connect(lambda text: self.edited.emit(name, text))
        made.entered.connect(self.focusNextChild)
        self._watch(made.input, name)
        self.editors[name] = made
        return made

    def _segments(self, field: FormField, label: str) -> QWidget:
        name = field.name
        options = tuple(Option(each.value, each.label) for each in field.options)
        made = Segments(self._theme, field.label, options)
        made.chosen.connect(lambda value: self.edited.emit(name, value))
        self.editors[name] = made
        return self._labelled(label, made)

    def _choice(self, field: FormField, label: str) -> QWidget:
        name = field.name
        items = tuple(Item(each.value, each.label) for each in field.options)
        made = Choice(self._theme, field.label, items)
        made.chosen.connect(lambda value: self.edited.emit(name, value))
        self._watch(made, name)
        self.editors[name] = made
        return self._labelled(label, made)

    def _labelled(self, label: str, widget: QWidget) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self._theme.px(4))
        rows.addWidget(Label(self._theme, label, "caption", "ink3"))
        rows.addWidget(widget)
        return box

    def _watch(self, widget: QWidget, name: str) -> None:
        widget.setProperty("fieldName", name)
        widget.installEventFilter(self)

    def _check(self, name: str) -> Check:
        def check(text: str) -> Finding | None:
            found = problem_with(name, text, self._fields(), today=self._today())
            if found is None:
                return None
            return Finding("error" if found.blocks else "warning", found.sentence, found.fix or "")

        return check

    def _show_value(self, editor: Editor, value: str) -> None:
        if isinstance(editor, AddressField):
            editor.set_text(value)
        elif isinstance(editor, Field):
            if editor.text() != value:
                editor.set_text(value)
        elif isinstance(editor, Choice) and not editor.count():
            return  # its items come from the page
        elif value != (editor.current_id() if isinstance(editor, Choice) else editor.current()):
            editor.choose(value)
