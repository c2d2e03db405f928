"""Another address: which, when, and what becomes there of each product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.deeds.checks import day_of
from app.deeds.deed import agree, go_to_address, set_fate, set_fates, set_field
from app.deeds.moving import Mover
from app.deeds.subject import subject_of
from app.faults import Fault
from app.language import tr
from app.wizard.customer_view import AddressView, address_views
from app.wizard.service import Address, Terms
from ui.deeds.agreement_row import AgreementRow
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.completion_field import CompletionField, Found
from ui.widgets.date_field import DateField
from ui.widgets.label import Label, Prose
from ui.widgets.note import Note
from ui.widgets.pieces import empty


class MoveForm(DeedForm):
    """What can be had at the new address is asked as soon as it is chosen."""

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, desk)
        self.address = CompletionField(
            theme, tr("New address"), tr("Addresses found"), example=tr("Postcode and house")
        )
        self.address.setMaximumWidth(theme.px(560))
        self.day = DateField(
            theme, tr("Day"), lambda: desk.today, day=day_of(desk.deed, "day"),
            may_choose=lambda day: day >= desk.today,
        )  # fmt: skip
        self.day.setFixedWidth(theme.px(200))
        self.fates: dict[str, Choice] = {}
        self._asked = ""
        self._views: dict[str, AddressView] = {}
        self._words = Note(theme, "plain")
        self._table = QVBoxLayout()
        self.agreement = AgreementRow(theme, desk, lambda: desk.deed.agreement)
        self.rows.addWidget(self.address)
        self.add(tr("On which day"), self.day)
        self.rows.addWidget(self._words)
        self.rows.addLayout(self._table)
        self.rows.addWidget(self.agreement)
        self.address.set_text(desk.deed.address)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        deed = self.desk.deed
        self.agreement.name(deed.customer_name)
        self.agreement.refresh()
        for product, choice in self.fates.items():
            choice.choose(deed.fates.get(product, ""))
        if deed.address_id and self.desk.view is not None and self._asked != deed.address_id:
            self._ask_movers()

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        fates = (("fates", choice) for choice in self.fates.values())
        first = (("address", self.address.field.input), ("day", self.day))
        return (*first, *fates, ("agreed", self.agreement.agreed))

    def _connect(self) -> None:
        desk = self.desk
        self.address.looked_for.connect(self._look)
        self.address.edited.connect(self._retyped)
        self.address.taken.connect(self._take)
        self.day.chosen.connect(self._choose_day)
        self.agreement.changed.connect(lambda given: desk.edit(agree(given)))
        desk.background.read(
            desk.service.terms, owner=self, done=self._show_terms, failed=self._fail
        )

    def _show_terms(self, terms: Terms) -> None:
        self.agreement.show_terms(terms)

    def _look(self, text: str) -> None:
        service = self.desk.service

        def found(addresses: tuple[Address, ...]) -> None:
            views = address_views(addresses)
            self._views = {each.id: each for each in views}
            self.address.show_found([Found(each.id, each.label, each.note) for each in views])

        self.desk.background.read(
            lambda: service.addresses(text), owner=self, done=found, failed=self._fail, key="look"
        )

    def _retyped(self, text: str) -> None:
        if self.desk.deed.address_id and text != self.desk.deed.address:
            self._asked = ""
            self._show_movers(())
            self.desk.edit(go_to_address("", ""))

    def _take(self, address_id: str) -> None:
        view = self._views.get(address_id)
        if view is not None:
            self.address.set_text(view.label)
            self.address.show_known(view.note)
            self.desk.edit(go_to_address(view.id, view.label))
            self.stand_at("day")

    def _choose_day(self, day: dt.date | None) -> None:
        self.desk.edit(set_field("day", day.isoformat() if day else ""))

    def _ask_movers(self) -> None:
        view, deed, service = self.desk.view, self.desk.deed, self.desk.service
        if view is None:
            return
        subject = subject_of(view.account, deed.product_id, view.known)
        place = subject.place if subject else ""
        self._asked = deed.address_id
        self._words.say(tr("Asking what can be had there…"))

        def found(movers: tuple[Mover, ...]) -> None:
            if self.desk.deed.address_id == deed.address_id:
                self._show_movers(movers)
                kept = self.desk.deed.fates
                self.desk.edit(
                    set_fates({m.product_id: kept.get(m.product_id, m.first) for m in movers})
                )

        self.desk.background.read(
            lambda: service.movers(view.account, place, view.known, deed.address_id),
            owner=self,
            done=found,
            failed=self._fail,
            key="movers",
        )

    def _show_movers(self, movers: Sequence[Mover]) -> None:
        self._words.say("")
        empty(self._table)
        self.fates = {}
        if not movers:
            return
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px(16))
        grid.setVerticalSpacing(self.theme.px(6))
        grid.setColumnStretch(2, 1)
        grid.addWidget(Label(self.theme, tr("What becomes of each product"), "strong"), 0, 0, 1, 3)
        for at, mover in enumerate(movers, 1):
            grid.addWidget(Label(self.theme, mover.name, "row"), at, 0)
            items = tuple(Item(each.id, each.text, each.note) for each in mover.fates)
            if not mover.first:
                items = (Item("", tr("Choose")), *items)
            choice = Choice(self.theme, mover.name, items, current=mover.first)
            choice.setMinimumWidth(self.theme.px(220))
            choice.chosen.connect(
                lambda fate, of=mover.product_id: self.desk.edit(set_fate(of, fate))
            )
            self.fates[mover.product_id] = choice
            grid.addWidget(choice, at, 1)
            grid.addWidget(Prose(self.theme, mover.why, "caption", "warn"), at, 2)
        self._table.addWidget(holder)

    def _fail(self, fault: Fault) -> None:
        self._asked = ""
        self._words.say(fault.sentence)
