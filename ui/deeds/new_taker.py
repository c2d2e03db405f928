"""A new owner who is no customer yet: the wizard makes him one, then he is chosen by himself."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.accounts.accounts import Accounts
from app.accounts.view import AccountView
from app.changes import Change, Changes
from app.deeds.deed import give_to
from app.deeds.wording import head_of
from app.faults import Fault
from app.language import tr
from ui.change_relay import ChangeRelay
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_view import DeedView
from ui.deeds.owner_form import OwnerForm
from ui.page import NewDraft, OpenDeed
from ui.widgets.message_bar import Message, MessageBar

_MADE = "deed-made"


class NewTaker(QObject):
    """`wanted` carries where to go: to the wizard, and back to the deed when it has its owner."""

    wanted = Signal(object)

    def __init__(
        self,
        desk: DeedDesk,
        view: DeedView,
        accounts: Accounts,
        changes: Changes,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view = view
        self._accounts = accounts
        self._messages = messages
        relay = ChangeRelay(changes, self)
        relay.changed.connect(self._world_changed)
        view.new_customer.connect(self._ask)

    def draft(self) -> NewDraft:
        """Where Ctrl+N leads: as the new owner, while one is asked for."""
        form = self._view.form
        if not isinstance(form, OwnerForm) or self._desk.done:
            return NewDraft()
        return NewDraft(name=form.typed(), asked_by=self._desk.deed.id)

    def _ask(self) -> None:
        self.wanted.emit(self.draft())

    def _world_changed(self, change: Change) -> None:
        if change.origin != self._desk.deed.id or self._desk.done:
            return
        (customer,) = change.ids
        accounts = self._accounts
        self._desk.background.read(
            lambda: accounts.fetch(customer).put_into_words(),
            owner=self,
            done=lambda view: self._take(customer, view),
            failed=self._fail,
            key="made",
        )

    def _take(self, customer: str, view: AccountView) -> None:
        desk, name = self._desk, view.header.name
        if desk.done or desk.busy:
            return
        desk.edit(give_to(customer, name))
        words = tr("{name} is a customer now, and chosen here.", name=name)
        self._messages.post(Message(_MADE, "done", words))
        self.wanted.emit(OpenDeed(desk.deed.id, head_of(desk.deed)))
        if self._view.form is not None:
            self._view.form.stand_at("agreed")

    def _fail(self, fault: Fault) -> None:
        self._messages.post(Message(_MADE, "warning", fault.sentence))
