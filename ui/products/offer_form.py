"""One offer: what it is called, what it costs, for how long, how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.language import tr
from app.products import offers
from app.products.documents import Kind
from app.products.history import Edit
from app.products.offers import LONGEST_TERM, MOST_OF_ONE, Offer
from app.products.words import ChangeView
from ui.products.picker import Pickable, Picker
from ui.products.rule_names import RuleNames
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.field import Field, Finding
from ui.widgets.label import ElidedLabel, Label, Prose
from ui.widgets.money_field import MoneyField
from ui.widgets.pieces import Escaping, captioned, headed
from ui.widgets.quantity import Quantity
from ui.widgets.scrolled import scrolled


def _name_check(text: str) -> Finding | None:
    if text.strip():
        return None
    return Finding("error", tr("Give it a name that people can read."))


class OfferForm(Escaping):
    """`edited` carries an edit, what it does in words, and the field; the rest carry codes."""

    edited = Signal(object, str, str)
    settled = Signal()
    copy_wanted = Signal(str)
    retire_wanted = Signal(str)
    take_back_wanted = Signal(str)
    rule_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._code = ""
        self._key = ""
        self._title = ElidedLabel(theme, "", "answer")
        self._state = Chip(theme, "")
        self._place = Label(theme, "", "caption", "ink3")
        self.name = Field(theme, tr("Name"), check=_name_check)
        self.note = Field(theme, tr("Note for the agent"))
        self.monthly = MoneyField(theme, name=tr("Monthly price in pounds"))
        self.once = MoneyField(theme, name=tr("Price once in pounds"))
        self.term = Quantity(theme, tr("Contract in months"), most=LONGEST_TERM)
        self.most = Quantity(theme, tr("Most for one customer"), least=1, most=MOST_OF_ONE)
        self._was = Prose(theme, "", "caption", "ink2")
        self.groups = Picker(theme, tr("In the groups"), nothing=tr("none"))
        self.rules = RuleNames(theme, tr("Rules that name it"))
        self._rules_title = Label(theme, "", "caption", "ink3")
        self._copy = KeyButton(theme, tr("Copy"), size="small", icon="copy")
        self._retire = KeyButton(theme, tr("Retire"), "quiet", "small", icon="x")
        self._back = KeyButton(theme, tr("Take back"), "quiet", "small", icon="undo")
        self._build()
        self._connect()

    def show_offer(
        self,
        offer: Offer,
        groups: Mapping[str, tuple[str, ...]],
        naming: Sequence[tuple[str, str]],
        change: ChangeView | None,
    ) -> None:
        """Show an offer; what is being typed keeps its caret.

        `naming` are the rules that name it, each with its sentence.
        """
        other = offer.code != self._code
        self._code = offer.code
        self._title.setText(f"{offer.code} · {offer.name}")
        self._place.setText(f"{offer.family} · {offer.kind}")
        for field, text in ((self.name, offer.name), (self.note, offer.note)):
            if other or field.text() != text:
                field.set_text(text)
        for money, amount in ((self.monthly, offer.monthly), (self.once, offer.once)):
            pence = int((amount * 100).to_integral_value())
            if other or money.pence() != pence:
                money.set_pence(pence)
        self.term.set_value(offer.term)
        self.most.set_value(offer.most)
        if other:
            self.name.show_finding(None)
        self._show_change(change)
        items = tuple(
            Pickable(name, name, tr("{} offers").format(len(codes)))
            for name, codes in groups.items()
        )
        self.groups.show_items(items, tuple(each for each in groups if offer.code in groups[each]))
        self._rules_title.setText(tr("{} rules name it").format(len(naming)))
        self.rules.show_rules(naming)

    def focus_field(self) -> None:
        self.name.input.setFocus()
        self.name.input.selectAll()

    def _show_change(self, change: ChangeView | None) -> None:
        self._key = change.key if change else ""
        self._back.setVisible(change is not None)
        self._state.setVisible(change is not None)
        if change is not None:
            kind = "info" if change.tone == "plain" else change.tone
            self._state.show_state(change.state, kind)
        lines = change.lines if change is not None and change.state != tr("new") else ()
        self._was.say("\n".join(each.spoken() for each in lines))
        self._was.setVisible(bool(lines))

    def _edit(self, edit: Edit, what: str, field: str) -> None:
        if self._code:
            words = tr("{what} of {code}", what=what, code=self._code)
            self.edited.emit(edit, words, f"{Kind.OFFER}:{self._code}:{field}")

    def _connect(self) -> None:
        self.name.edited.connect(
            lambda text: self._edit(offers.set_name(self._code, text), tr("Name"), "name")
        )
        self.note.edited.connect(
            lambda text: self._edit(offers.set_note(self._code, text), tr("Note"), "note")
        )
        self.monthly.changed.connect(
            lambda pence: self._edit(
                offers.set_monthly(self._code, Decimal(pence) / 100), tr("Monthly price"), "monthly"
            )
        )
        self.once.changed.connect(
            lambda pence: self._edit(
                offers.set_once(self._code, Decimal(pence) / 100), tr("Price once"), "once"
            )
        )
        self.term.changed.connect(
            lambda months: self._edit(offers.set_term(self._code, months), tr("Contract"), "term")
        )
        self.most.changed.connect(
            lambda most: self._edit(offers.set_most(self._code, most), tr("Most"), "most")
        )
        self.groups.changed.connect(
            lambda names: self._edit(offers.set_groups(self._code, names), tr("Groups"), "groups")
        )
        for left in (self.name.left, self.note.left, self.monthly.left, self.once.left):
            left.connect(self.settled)
        self._copy.clicked.connect(lambda: self.copy_wanted.emit(self._code))
        self._retire.clicked.connect(lambda: self.retire_wanted.emit(self._code))
        self._back.clicked.connect(lambda: self.take_back_wanted.emit(self._key))
        self.rules.opened.connect(self.rule_wanted)

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        inside, column = headed(theme, self._title, self._state)
        column.addWidget(self._place)
        column.addWidget(self._was)
        column.addWidget(self.name)
        column.addWidget(self.note)
        prices = QHBoxLayout()
        prices.setSpacing(px(12))
        prices.addWidget(captioned(theme, tr("Every month"), self.monthly, stretch=True))
        prices.addWidget(captioned(theme, tr("Once"), self.once, stretch=True))
        column.addLayout(prices)
        column.addWidget(captioned(theme, tr("Contract, months"), self.term, stretch=True))
        column.addWidget(captioned(theme, tr("Most for one customer"), self.most, stretch=True))
        column.addLayout(self._actions())
        column.addWidget(captioned(theme, tr("In the groups"), self.groups, stretch=True))
        column.addWidget(self._rules_title)
        column.addWidget(self.rules)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inside))

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(8))
        for button in (self._copy, self._retire, self._back):
            row.addWidget(button)
        row.addStretch(1)
        return row
