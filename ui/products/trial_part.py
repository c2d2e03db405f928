"""Try as this customer: who asks at the left, what could be chosen and why not, the sums."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.products.rule_words import fact_name, value_name
from app.products.trial import (
    Context,
    Facts,
    OfferView,
    Trial,
    TrialView,
    personas,
    yes_or_no,
)
from ui.products.session import ProductSession
from ui.products.three_parts import ThreeParts
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice, Item
from ui.widgets.field import Field
from ui.widgets.label import Label, Prose
from ui.widgets.offer_delegate import Offer, Refused, Section
from ui.widgets.offer_list import OfferList
from ui.widgets.panel import Hairline
from ui.widgets.pieces import Escaping, captioned, empty
from ui.widgets.scrolled import scrolled
from ui.widgets.table_states import TableStates
from ui.widgets.tick import Tick

_ASK_AFTER = 150  # ms after the last edit or pick
_WHO, _SUMS = 300, 284


class FactsForm(Escaping):
    """Every fact the rules may read, from the catalogue itself; `changed` carries all of them.

    Where `customers` may be seen one can ask: `asking` is his number, `changed` then carries no
    facts, and his own are shown when they are known.
    """

    changed = Signal(dict)

    def __init__(self, theme: Theme, *, customers: bool) -> None:
        super().__init__()
        self._theme = theme
        self._context: Context = {}
        self.facts: Facts = {}
        self.asking = ""
        self.customer = Field(theme, tr("Customer number"))
        self.customer.setVisible(customers)
        self.usual = Choice(theme, tr("Begin with"))
        self.choices: dict[str, Choice] = {}
        self.ticks: dict[str, Tick] = {}
        self._rows = QVBoxLayout()
        self._build()
        self.usual.chosen.connect(self._begin_with)
        self.customer.entered.connect(self._ask_by_customer)

    def show_context(self, context: Context) -> None:
        """Draw a row for each fact; where they stay the same nothing moves."""
        if context == self._context:
            return
        self._context = context
        people = personas(context)
        self.usual.set_items(tuple(Item(each, words) for each, words, _facts in people))
        empty(self._rows)
        self.choices, self.ticks = {}, {}
        for fact, values in context.items():
            if not yes_or_no(values):
                self._rows.addWidget(self._choice(fact, values))
        for fact, values in context.items():
            if yes_or_no(values):
                self._rows.addWidget(self._tick(fact))
        self._begin_with(people[0][0])

    def suppose(self, fact: str, value: str | int) -> None:
        """Take another value of a fact for true."""
        self._take({**self.facts, fact: value})

    def show_facts(self, facts: Facts) -> None:
        """What is known of the customer who asks; nothing is asked anew."""
        self.blockSignals(True)
        self._take({each: facts[each] for each in self._context if each in facts})
        self.blockSignals(False)

    def _ask_by_customer(self) -> None:
        self.asking = self.customer.text().strip()
        if self.asking:
            self.facts = {}
            self.changed.emit({})
        else:
            self._begin_with(self.usual.current_id())

    def _begin_with(self, wanted: str) -> None:
        self.asking = ""
        self.customer.set_text("")
        for each, _words, facts in personas(self._context):
            if each == wanted:
                self._take(facts)

    def _take(self, facts: Facts) -> None:
        self.facts = facts
        for fact, choice in self.choices.items():
            choice.choose(str(facts.get(fact, "")))
        for fact, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(bool(facts.get(fact)))
            tick.blockSignals(False)
        self.changed.emit(dict(facts))

    def _choice(self, fact: str, values: tuple[str | int, ...]) -> QWidget:
        items = tuple(Item(str(each), _begun(value_name(fact, each))) for each in values)
        choice = Choice(self._theme, fact_name(fact), items)
        by_text = {str(each): each for each in values}
        choice.chosen.connect(lambda found: self.suppose(fact, by_text[found]))
        self.choices[fact] = choice
        return captioned(self._theme, _begun(fact_name(fact)), choice, stretch=True)

    def _tick(self, fact: str) -> Tick:
        tick = Tick(self._theme, _begun(fact_name(fact)))
        tick.toggled.connect(lambda on: self.suppose(fact, int(on)))
        self.ticks[fact] = tick
        return tick

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(12), px(16), px(12))
        column.setSpacing(px(12))
        column.addWidget(self.customer)
        column.addWidget(captioned(theme, tr("Begin with"), self.usual, stretch=True))
        column.addWidget(Hairline(theme))
        self._rows.setSpacing(px(10))
        column.addLayout(self._rows)
        column.addStretch(1)


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


class TrialPart(QWidget):
    """Asks the server as often as the copy, the person or the picks change, while it is shown."""

    def __init__(self, theme: Theme, session: ProductSession) -> None:
        super().__init__()
        self._theme = theme
        self._session = session
        self.trial = Trial()
        self.view: TrialView | None = None
        self.who = FactsForm(theme, customers=session.desk.may_see_customers)
        self.offers = OfferList(theme, tr("What could be chosen"))
        self.states = TableStates(theme, self.offers)
        self._summary = Label(theme, "", "strong")
        self.clear = KeyButton(theme, tr("Pick nothing"), "quiet", "small", icon="undo")
        self.to_who = KeyButton(theme, tr("Who asks"), "quiet", "small", icon="user")
        self.to_sums = KeyButton(theme, tr("Picked"), "quiet", "small", icon="receipt")
        self._basket = QVBoxLayout()
        self._missing = Prose(theme, "", "row", "warn")
        self._monthly = Label(theme, "", "total")
        self._once = Label(theme, "", "strong")
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

    def _by(self, facts: Facts) -> None:
        self.trial = self.trial.by(facts, self.who.asking)
        self.ask_soon()

    def _pick_nothing(self) -> None:
        self.trial = replace(self.trial, picks={})
        self.ask()

    def _ask(self) -> None:
        working = self._session.working
        if working is None:
            return
        self.who.show_context(working.now.context)
        trial = self.trial
        if self.view is None:
            self.states.show_loading()
        self._session.read(
            lambda: self._session.desk.choices(working, trial),
            owner=self,
            done=self._show,
            failed=self._show_fault,
            key="trial",
        )

    def _show(self, view: TrialView) -> None:
        self.view = view
        if self.trial.customer and not self.trial.facts:
            self.who.show_facts(view.facts)
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
        self.clear.setEnabled(bool(self.trial.picks))

    def _show_fault(self, fault: Fault) -> None:
        self.view = None
        self.states.show_failed(tr("This could not be tried"), fault.sentence)

    def _connect(self) -> None:
        self.who.changed.connect(self._by)
        self.offers.chosen.connect(self._toggle)
        self.offers.quantity_wanted.connect(self.pick)
        self.states.retry_wanted.connect(self.ask)
        self.clear.clicked.connect(self._pick_nothing)
        self.to_who.clicked.connect(lambda: self.parts.bring("form"))
        self.to_sums.clicked.connect(lambda: self.parts.bring("side"))
        self.who.left.connect(self._back_to_offers)
        self.parts.folded.connect(self.to_who.setVisible)
        self.parts.folded.connect(self.to_sums.setVisible)
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
        for button in (self.to_who, self.to_sums, self.clear):
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
