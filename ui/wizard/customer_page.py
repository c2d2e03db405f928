"""The first step: who the customer is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.wizard import edits
from app.wizard.basket_view import basket_view
from app.wizard.customer_view import (
    AddressView,
    address_views,
    first_missing,
    label_of,
    network_words,
    problem_with,
)
from app.wizard.fields import FormField, form_for
from app.wizard.radar import Likely
from app.wizard.steps import Step
from backend_client.desk_records import Address
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.field import Check, Field, Finding
from ui.widgets.label import Label, Prose
from ui.widgets.segments import Option, Segments
from ui.widgets.status_bar import KeyHint
from ui.wizard.address_field import AddressField
from ui.wizard.basket import Basket
from ui.wizard.radar_strip import RadarStrip
from ui.wizard.step_page import StepPage
from ui.wizard.wizard_desk import WizardDesk

RADAR_AFTER = 300  # ms after the last key
_WIDE = frozenset({"address"})

Editor = Field | AddressField | Segments | Choice


class CustomerPage(StepPage):
    """The form; every key goes into the draft, every finding stands under its field."""

    step = Step.CUSTOMER

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__(theme, desk)
        self._editors: dict[str, Editor] = {}
        self._addresses: dict[str, AddressView] = {}
        self._kind: tuple[str, ...] = ()
        self._somebody_else: frozenset[str] = frozenset()
        self.radar = RadarStrip(theme)
        self._known = Prose(theme, "", "lead")
        self._form = QWidget()
        self._grid = QGridLayout(self._form)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._basket = Basket(theme, self.tr("Basket"), width=284)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(RADAR_AFTER)
        self._look.timeout.connect(self._ask_radar)
        self._build()
        self.radar.taken.connect(self._take_customer)
        self.radar.dismissed.connect(self._not_they)

    def refresh(self) -> None:
        draft = self.desk.draft
        self._basket.show_view(
            basket_view(draft, self.desk.wizard.choices, unchecked=self.desk.wizard.unchecked)
        )
        existing = bool(draft.customer_id)
        self._known.setVisible(existing)
        self._form.setVisible(not existing)
        if existing:
            words = self.tr("{} is a customer already. New services go on this account.")
            self._known.say(words.format(draft.title))
            return
        asked = form_for(draft.fields)
        kind = tuple(field.name for field in asked)
        if kind != self._kind:
            self._kind = kind
            self._draw(asked)
        self._show_resellers()
        self._show_values(asked, draft.fields)

    def focus_first(self) -> None:
        name = first_missing(self.desk.report)
        editor = self._editors.get(name) or self._editors.get("givenName")
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def stand_at(self, field: str) -> bool:
        editor = self._editors.get(field)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def keys(self) -> Sequence[KeyHint]:
        return (
            KeyHint("Alt+1–7", self.tr("step")),
            KeyHint("Tab", self.tr("next field, takes a fix")),
            KeyHint("Ctrl+E", self.tr("existing customer")),
        )

    def editor(self, name: str) -> Editor:
        """The widget of a field."""
        return self._editors[name]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            name = str(watched.property("fieldName") or "")
            if name:
                self.desk.wizard.stand_at(name)
        return False

    # --- making the form ----------------------------------------------------------------

    def _build(self) -> None:
        column = self.add_column()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        px = self.theme.px
        rows.setContentsMargins(px(20), px(16), px(20), px(16))
        rows.setSpacing(0)
        rows.addWidget(self.radar)
        rows.addWidget(self._known)
        rows.addWidget(self._form)
        rows.addStretch(1)
        area.setWidget(inner)
        column.addWidget(area)
        self.add_column(284).addWidget(self._basket)
        self._known.hide()

    def _draw(self, asked: Sequence[FormField]) -> None:
        while item := self._grid.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._editors.clear()
        self._grid.setHorizontalSpacing(self.theme.px(16))
        self._grid.setVerticalSpacing(self.theme.px(12))
        row, place = 0, 0
        for field in asked:
            box = self._made(field)
            wide = field.name in _WIDE
            if wide and place:
                row, place = row + 1, 0
            self._grid.addWidget(box, row, place, 1, 2 if wide else 1, Qt.AlignmentFlag.AlignTop)
            row, place = (row + 1, 0) if wide or place else (row, 1)
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1)
        self._order_tabs(asked)

    def _made(self, field: FormField) -> QWidget:
        name, label = field.name, label_of(field)
        if field.kind == "segments":
            segments = Segments(
                self.theme, field.label, tuple(Option(o.value, o.label) for o in field.options)
            )
            segments.chosen.connect(lambda value: self._set(name, value))
            self._editors[name] = segments
            return self._labelled(label, segments)
        if field.kind == "choice":
            items = tuple(Item(o.value, o.label) for o in field.options)
            choice = Choice(self.theme, field.label, items)
            choice.chosen.connect(lambda value: self._set(name, value))
            self._watch(choice, name)
            self._editors[name] = choice
            return self._labelled(label, choice)
        if field.kind == "address":
            return self._address(field, label)
        made = Field(self.theme, label, placeholder=field.example, check=self._check(name))
        if field.kind == "secret":
            made.input.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        made.edited.connect(lambda text: self._set(name, text))
        made.entered.connect(self._next_field)
        self._watch(made.input, name)
        self._editors[name] = made
        return made

    def _address(self, field: FormField, label: str) -> AddressField:
        made = AddressField(self.theme, label, field.example, self._check(field.name))
        made.edited.connect(self._type_address)
        made.looked_for.connect(self._look_up)
        made.taken.connect(self._take_address)
        self._watch(made.field.input, field.name)
        self._editors[field.name] = made
        return made

    def _labelled(self, label: str, widget: QWidget) -> QWidget:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(self.theme.px(4))
        rows.addWidget(Label(self.theme, label, "caption", "ink3"))
        rows.addWidget(widget)
        return box

    def _watch(self, widget: QWidget, name: str) -> None:
        widget.setProperty("fieldName", name)
        widget.installEventFilter(self)

    def _order_tabs(self, asked: Sequence[FormField]) -> None:
        before: QWidget | None = None
        for field in asked:
            editor = self._editors.get(field.name)
            if editor is None:
                continue
            target = editor.focusProxy() or editor
            if before is not None:
                QWidget.setTabOrder(before, target)
            before = target

    def _check(self, name: str) -> Check:
        def check(text: str) -> Finding | None:
            fields = self.desk.draft.fields
            found = problem_with(name, text, fields, today=self.desk.clock().date())
            if found is None:
                return None
            kind = "error" if found.blocks else "warning"
            return Finding(
                "error" if kind == "error" else "warning", found.sentence, found.fix or ""
            )

        return check

    # --- what the agent does ------------------------------------------------------------

    def _set(self, name: str, value: str) -> None:
        self.desk.edit(edits.set_field(name, value))
        self._look.start()

    def _next_field(self) -> None:
        self.focusNextChild()

    def _type_address(self, text: str) -> None:
        self.desk.edit(edits.forget_address(), edits.set_field("address", text))

    def _look_up(self, text: str) -> None:
        self.desk.background.read(
            lambda: self.desk.service.addresses(text),
            owner=self,
            done=self._found_addresses,
            failed=lambda _fault: self._found_addresses(()),
            key="addresses",
        )

    def _found_addresses(self, found: tuple[Address, ...]) -> None:
        views = address_views(found)
        self._addresses.update({each.id: each for each in views})
        editor = self._editors.get("address")
        if isinstance(editor, AddressField) and not self.desk.draft.address_id:
            editor.show_found(views)

    def _take_address(self, address_id: str) -> None:
        taken = self._addresses[address_id]
        self.desk.edit(edits.set_address(taken.id, taken.label))
        editor = self._editors["address"]
        if isinstance(editor, AddressField):
            editor.field.show_finding(None)
        self.focusNextChild()

    def _ask_radar(self) -> None:
        fields = dict(self.desk.draft.fields)
        self.desk.background.read(
            lambda: self.desk.service.nearest(fields),
            owner=self,
            done=self._show_likely,
            failed=lambda _fault: self._show_likely(()),
            key="radar",
        )

    def _show_likely(self, found: tuple[Likely, ...]) -> None:
        others = [each for each in found if each.customer_id not in self._somebody_else]
        self.radar.show_likely(others if not self.desk.draft.customer_id else ())

    def _not_they(self) -> None:
        seen = (each.customer_id for each in self.radar.shown())
        self._somebody_else = self._somebody_else.union(seen)

    def _take_customer(self, customer_id: str, name: str) -> None:
        self.radar.show_likely(())
        self.desk.edit(edits.take_customer(customer_id, name))
        self.wanted_step.emit(Step.SERVICE)

    # --- showing the draft --------------------------------------------------------------

    def _show_values(self, asked: Sequence[FormField], fields: Mapping[str, str]) -> None:
        for field in asked:
            editor, value = self._editors.get(field.name), fields.get(field.name, field.default)
            if isinstance(editor, Segments):
                if editor.current() != value:
                    editor.choose(value)
            elif isinstance(editor, Choice):
                if editor.current_id() != value:
                    editor.choose(value)
            elif isinstance(editor, AddressField):
                editor.set_text(value)
                editor.show_known(self._known_place())
            elif editor is not None and editor.text() != value:
                editor.set_text(value)

    def _show_resellers(self) -> None:
        """Those the agent may sell for, once the server has named them."""
        choices, editor = self.desk.wizard.choices, self._editors.get("reseller")
        if choices is None or not isinstance(editor, Choice) or editor.count():
            return
        items = tuple(Item(each.id, each.name) for each in choices.resellers)
        chosen = self.desk.draft.fields.get("reseller") or (items[0].id if items else "")
        editor.set_items(items, chosen)
        if chosen not in {"", "R0"} and "reseller" not in self.desk.draft.fields:
            self.desk.wizard.fill_in(edits.set_field("reseller", chosen))

    def _known_place(self) -> str:
        draft, choices = self.desk.draft, self.desk.wizard.choices
        if not draft.address_id:
            return ""
        taken = self._addresses.get(draft.address_id)
        if taken is not None:
            return taken.note
        facts = choices.facts if choices else {}
        names = ("xgspon", "gpon", "vdsl", "copper", "cov5g", "cov4g")
        able = {name: bool(facts.get(name)) for name in names}
        return network_words(able, flat=bool(facts.get("flat"))) if facts else ""
