"""Another owner: who it is, and that both agree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.deeds.deed import agree, give_to
from app.faults import Fault
from app.language import tr
from app.store.records import Found as Customer
from app.wizard.service import Terms
from ui.deeds.agreement_row import AgreementRow
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_form import DeedForm
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.completion_field import CompletionField, Found
from ui.widgets.note import Note


class OwnerForm(DeedForm):
    """The new owner is found as customers are; who is none yet is made one first."""

    def __init__(self, theme: Theme, desk: DeedDesk) -> None:
        super().__init__(theme, desk)
        self.taker = CompletionField(
            theme, tr("New owner"), tr("Customers found"), example=tr("Name, number, telephone")
        )
        self.taker.setMaximumWidth(theme.px(560))
        self.make_new = KeyButton(
            theme, tr("New customer first"), "quiet", "small", icon="plus", key="Ctrl+N",
            bind_key=False,
        )  # fmt: skip
        self._nobody = Note(theme, "plain")
        self._people: dict[str, Customer] = {}
        self.giver = AgreementRow(theme, desk, lambda: desk.deed.agreement)
        self.receiver = AgreementRow(theme, desk, lambda: desk.deed.taker_agreement)
        self.rows.addWidget(self.taker)
        self.rows.addWidget(self._nobody)
        self.rows.addWidget(self.make_new)
        self.rows.addWidget(self.giver)
        self.rows.addWidget(self.receiver)
        words = tr(
            "Everything that hangs on the line goes along. The new owner pays for it from the day "
            "it is done; a final bill goes to the old one."
        )
        self.rows.addWidget(Note(theme, "plain", words))
        self.taker.set_text(desk.deed.taker_name)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        deed = self.desk.deed
        known = tr("Customer {number}", number=deed.taker_id) if deed.taker_id else ""
        if deed.taker_id and self.taker.field.text() != deed.taker_name:
            self.taker.set_text(deed.taker_name)  # made in the wizard, not found here
            self.taker.show_found(())
            self._nobody.say("")
        self.taker.show_known(known)
        self.giver.name(deed.customer_name)
        self.receiver.name(deed.taker_name or tr("The new owner"))
        self.receiver.setEnabled(bool(deed.taker_id))
        for row in (self.giver, self.receiver):
            row.refresh()

    def typed(self) -> str:
        """The name that was looked for."""
        return "" if self.desk.deed.taker_id else self.taker.field.text().strip()

    def stops(self) -> Sequence[tuple[str, QWidget]]:
        return (
            ("taker", self.taker.field.input),
            ("agreed", self.giver.agreed),
            ("takerAgreed", self.receiver.agreed),
        )

    def _connect(self) -> None:
        desk = self.desk
        self.taker.looked_for.connect(self._look)
        self.taker.edited.connect(self._retyped)
        self.taker.taken.connect(self._take)
        self.make_new.clicked.connect(self.new_customer)
        self.giver.changed.connect(lambda given: desk.edit(agree(given)))
        self.receiver.changed.connect(lambda given: desk.edit(agree(given, taker=True)))
        service = desk.service
        desk.background.read(service.terms, owner=self, done=self._show_terms, failed=self._fail)

    def _show_terms(self, terms: Terms) -> None:
        self.giver.show_terms(terms)
        self.receiver.show_terms(terms)

    def _look(self, text: str) -> None:
        service, giver = self.desk.service, self.desk.deed.customer_id

        def found(people: tuple[Customer, ...]) -> None:
            self._people = {each.id: each for each in people}
            self.taker.show_found([Found(each.id, each.name, _where(each)) for each in people])
            nobody = tr("Nobody found for “{words}”. Make a new customer first.", words=text)
            self._nobody.say("" if people else nobody)

        self.desk.background.read(
            lambda: service.people(text, but=giver),
            owner=self,
            done=found,
            failed=self._fail,
            key="people",
        )

    def _retyped(self, text: str) -> None:
        if self.desk.deed.taker_id and text != self.desk.deed.taker_name:
            self.desk.edit(give_to("", ""))

    def _take(self, customer: str) -> None:
        found = self._people.get(customer)
        if found is not None:
            self.taker.set_text(found.name)
            self.desk.edit(give_to(found.id, found.name))
            self.stand_at("agreed")

    def _fail(self, fault: Fault) -> None:
        self._nobody.say(fault.sentence)


def _where(found: Customer) -> str:
    return " · ".join(part for part in (found.telephone, found.address) if part)
