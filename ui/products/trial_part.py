"""Try as this customer: who asks at the left, what could be chosen and why not, the sums."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.products.trial import CREDIT, OfferView, Persona, Trial, TrialView, personas
from ui.products.note_rows import NoteList, NoteRow
from ui.products.pieces import Escaping, captioned, empty, scrolled
from ui.products.session import ProductSession
from ui.products.three_parts import ThreeParts
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice, Item
from ui.widgets.label import Label, Prose
from ui.widgets.offer_delegate import Offer, Refused, Section
from ui.widgets.offer_list import OfferList
from ui.widgets.panel import Hairline
from ui.widgets.quantity import Quantity
from ui.widgets.search_field import SearchField
from ui.widgets.segments import Option, Segments
from ui.widgets.table_states import TableStates
from ui.widgets.tick import Tick

_ASK_AFTER = 150  # ms after the last edit or pick
_OLDEST = 110
_WHO, _SUMS = 300, 284


class PersonaForm(Escaping):
    """The facts of whoever asks; `changed` carries the Persona."""

    changed = Signal(object)
    address_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.persona = Persona()
        items = tuple(Item(each, words) for each, words, _persona in personas())
        self.usual = Choice(theme, tr("Begin with"), items)
        kinds = (Option("person", tr("Person")), Option("org", tr("Organisation")))
        self.kind = Segments(theme, tr("Who asks"), kinds, current="person")
        self.age = Quantity(theme, tr("Age"), 35, most=_OLDEST)
        self.credit = Segments(
            theme, tr("Credit class"), tuple(Option(each, each) for each in CREDIT), current="A"
        )
        self.ticks = {
            "identity": Tick(theme, tr("Identity checked")),
            "staff": Tick(theme, tr("Works for us")),
            "benefits": Tick(theme, tr("Receives benefits")),
            "vulnerable": Tick(theme, tr("Depends on the phone")),
            "guarantor": Tick(theme, tr("Has a guarantor")),
        }
        self.address = SearchField(theme, tr("Address: postcode and house"))
        self.found = NoteList(theme, tr("Addresses found"), inset=8)
        self.where = Prose(theme, tr("Without an address nothing fixed is offered."), "caption")
        self._build()
        self._connect()
        self._show()

    def show_addresses(self, found: tuple[tuple[str, str], ...]) -> None:
        self.found.set_records([NoteRow(each, label, icon="pin") for each, label in found])
        self.found.setVisible(bool(found))
        self.found.setFixedHeight(min(5, len(found)) * self._theme.px(36))

    def _show(self) -> None:
        person = self.persona
        self.kind.choose("org" if person.organization else "person")
        self.age.set_value(person.age)
        self.credit.choose(person.credit)
        for name, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(bool(getattr(person, name)))
            tick.blockSignals(False)
        words = tr("Without an address nothing fixed is offered.")
        self.where.say(person.address or words)

    def _take(self, persona: Persona) -> None:
        if persona == self.persona:
            return
        self.persona = persona
        self._show()
        self.changed.emit(persona)

    def _begin_with(self, wanted: str) -> None:
        for each, _words, person in personas():
            if each == wanted:
                held = self.persona
                self._take(replace(person, address_id=held.address_id, address=held.address))

    def _take_address(self, address_id: str) -> None:
        label = next(
            (row.title for row in self.found.records.records()
             if isinstance(row, NoteRow) and row.id == address_id), "",
        )  # fmt: skip
        self.found.hide()
        self.address.blockSignals(True)
        self.address.clear()
        self.address.blockSignals(False)
        self._take(replace(self.persona, address_id=address_id, address=label))

    def _connect(self) -> None:
        self.usual.chosen.connect(self._begin_with)
        self.kind.chosen.connect(
            lambda kind: self._take(replace(self.persona, organization=kind == "org"))
        )
        self.age.changed.connect(lambda age: self._take(replace(self.persona, age=age)))
        self.credit.chosen.connect(lambda mark: self._take(replace(self.persona, credit=mark)))
        for name, tick in self.ticks.items():
            tick.toggled.connect(
                lambda on, fact=name: self._take(replace(self.persona, **{fact: on}))
            )
        self.address.changed.connect(self.address_typed)
        self.address.results_wanted.connect(self.found.setFocus)
        self.address.entered.connect(self._take_first)
        self.found.opened.connect(self._take_address)
        self.found.clicked.connect(lambda _index: self._take_address(self.found.current_id()))

    def _take_first(self) -> None:
        if found := self.found.records.records():
            self._take_address(found[0].id)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(12), px(16), px(12))
        column.setSpacing(px(12))
        column.addWidget(captioned(theme, tr("Begin with"), self.usual, stretch=True))
        column.addWidget(captioned(theme, tr("Who asks"), self.kind))
        column.addWidget(captioned(theme, tr("Age"), self.age, stretch=True))
        column.addWidget(captioned(theme, tr("Credit class"), self.credit))
        for tick in self.ticks.values():
            column.addWidget(tick)
        column.addWidget(captioned(theme, tr("Where"), self.address, stretch=True))
        column.addWidget(self.found)
        self.found.hide()
        column.addWidget(self.where)
        column.addStretch(1)


class TrialPart(QWidget):
    """Asks the server as often as the copy, the person or the picks change, while it is shown."""

    def __init__(self, theme: Theme, session: ProductSession, may_find_addresses: bool) -> None:  # noqa: FBT001  # given once, by the page
        super().__init__()
        self._theme = theme
        self._session = session
        self.trial = Trial()
        self.view: TrialView | None = None
        self.who = PersonaForm(theme)
        self.who.address.setEnabled(may_find_addresses)
        self.offers = OfferList(theme, tr("What could be chosen"))
        self.states = TableStates(theme, self.offers)
        self._summary = Label(theme, "", "strong")
        self._clear = KeyButton(theme, tr("Pick nothing"), "quiet", "small", icon="undo")
        self._to_who = KeyButton(theme, tr("Who asks"), "quiet", "small", icon="user")
        self._to_sums = KeyButton(theme, tr("Picked"), "quiet", "small", icon="receipt")
        self._basket = QVBoxLayout()
        self._missing = Prose(theme, "", "row", "warn")
        self._monthly = Label(theme, "", "total")
        self._once = Label(theme, "", "strong")
        self._facts = Prose(theme, "", "caption", "ink3")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ASK_AFTER)
        self._soon.timeout.connect(self._ask)
        self._build()
        self._connect()

    def ask_soon(self) -> None:
        """The copy is another; asked only while this part is seen."""
        if self.isVisible():
            self._soon.start()

    def ask(self) -> None:
        self._soon.start(0)

    def pick(self, code: str, quantity: int) -> None:
        self.trial = self.trial.picked(code, quantity)
        self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.parts.front != "list":
            self._back_to_offers()
            return
        super().keyPressEvent(event)

    def _back_to_offers(self) -> None:
        self.parts.bring("list")
        self.offers.setFocus()

    def _toggle(self, code: str) -> None:
        self.pick(code, 0 if self.trial.picks.get(code) else 1)

    def _by(self, persona: Persona) -> None:
        self.trial = self.trial.by(persona)
        self.ask()

    def _pick_nothing(self) -> None:
        self.trial = Trial(self.trial.persona)
        self.ask()

    def _ask(self) -> None:
        working, trial = self._session.working, self.trial
        if working is None:
            return
        if self.view is None:
            self.states.show_loading()
        self._session.read(
            lambda: self._session.desk.choices(working, trial),
            owner=self,
            done=self._show,
            failed=self._show_fault,
            key="trial",
        )

    def _find_address(self, text: str) -> None:
        if not text.strip():
            self.who.show_addresses(())
            return
        self._session.read(
            lambda: self._session.desk.addresses(text),
            owner=self.who,
            done=self.who.show_addresses,
            failed=lambda _fault: self.who.show_addresses(()),
            key="address",
        )

    def _show(self, view: TrialView) -> None:
        self.view = view
        self.states.show_rows()
        self.offers.set_offers(_records(view))
        self._summary.setText(view.summary)
        empty(self._basket)
        for name, monthly, once in view.basket:
            sums = tr("{monthly} a month, {once} once").format(monthly=monthly, once=once)
            self._basket.addWidget(Prose(self._theme, f"{name}\n{sums}", "caption", "ink2"))
        self._missing.say("\n".join(view.missing))
        self._missing.setVisible(bool(view.missing))
        self._monthly.setText(view.monthly)
        self._once.setText(view.once)
        self._facts.say(view.facts)
        self._clear.setEnabled(bool(self.trial.picks))

    def _show_fault(self, fault: Fault) -> None:
        self.view = None
        self.states.show_failed(tr("This could not be tried"), fault.sentence)

    def _connect(self) -> None:
        self.who.changed.connect(self._by)
        self.who.address_typed.connect(self._find_address)
        self.offers.chosen.connect(self._toggle)
        self.offers.quantity_wanted.connect(self.pick)
        self.states.retry_wanted.connect(self.ask)
        self._clear.clicked.connect(self._pick_nothing)
        self._to_who.clicked.connect(lambda: self.parts.bring("form"))
        self._to_sums.clicked.connect(lambda: self.parts.bring("side"))
        self.who.left.connect(self._back_to_offers)
        self.parts.folded.connect(self._to_who.setVisible)
        self.parts.folded.connect(self._to_sums.setVisible)
        self._session.changed.connect(self.ask_soon)
        self.setFocusProxy(self.offers)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        offers = QWidget()
        middle = QVBoxLayout(offers)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(8), px(16), px(8))
        head.addWidget(self._summary)
        head.addStretch(1)
        for button in (self._to_who, self._to_sums, self._clear):
            head.addWidget(button)
        middle.addLayout(head)
        middle.addWidget(Hairline(theme))
        middle.addWidget(self.states, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.parts = ThreeParts(
            theme,
            {"list": offers, "form": scrolled(self.who), "side": scrolled(self._sums())},
            (_WHO, _SUMS),
            ("form", "list", "side"),
        )
        row.addWidget(self.parts)

    def _sums(self) -> QWidget:
        theme, px = self._theme, self._theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(16), px(12), px(20), px(12))
        column.setSpacing(px(8))
        column.addWidget(Label(theme, tr("Picked"), "strong"))
        self._basket.setSpacing(px(8))
        column.addLayout(self._basket)
        column.addWidget(self._missing)
        column.addWidget(Hairline(theme))
        for words, figure in ((tr("Every month"), self._monthly), (tr("Once"), self._once)):
            line = QHBoxLayout()
            line.addWidget(Label(theme, words, "row", "ink2"))
            line.addStretch(1)
            line.addWidget(figure)
            column.addLayout(line)
        column.addWidget(Hairline(theme))
        column.addWidget(Label(theme, tr("Facts the rules see"), "caption", "ink3"))
        column.addWidget(self._facts)
        column.addStretch(1)
        return holder


def _records(view: TrialView) -> list[Section | Offer | Refused]:
    """Families with their offers, then what is not offered, with the rules."""
    records: list[Section | Offer | Refused] = []
    for family in view.families:
        records.append(Section(f"family:{family.name}", family.name))
        records += [_offer(each) for each in family.offers]
    if view.refused:
        records.append(Section("refused", tr("Not offered"), count=str(len(view.refused))))
        records += [Refused(each.id, each.name, each.reason) for each in view.refused]
    return records


def _offer(view: OfferView) -> Offer:
    return Offer(
        view.id,
        view.name,
        view.text,
        view.term,
        view.price,
        view.mark,
        chosen=view.quantity > 0,
        quantity=view.quantity,
        most=view.most,
    )
