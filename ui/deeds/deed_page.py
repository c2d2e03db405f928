"""A deed under its work tab: begun or opened again, read for, sent, and left; see ui/page.py."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.accounts.view import AccountView
from app.changes import Change, Kind
from app.deeds.deed import DeedName
from app.deeds.drafts import OpenedDeed
from app.deeds.service import deed_service
from app.deeds.wording import head_of, icon_of
from app.faults import Fault
from app.language import tr
from app.store.drafts import DraftState
from ui.change_relay import ChangeRelay
from ui.deeds.deed_desk import DeedDesk
from ui.deeds.deed_view import DeedView
from ui.deeds.following import Following
from ui.deeds.new_taker import NewTaker
from ui.page import (
    Destination,
    GoHome,
    NewDeed,
    NewDraft,
    OpenAccount,
    OpenDeed,
    Page,
    Surroundings,
)
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.message_bar import Message
from ui.widgets.status_bar import KeyHint
from ui.widgets.work_tabs import WorkTab

_CARES = frozenset({Kind.CUSTOMER, Kind.ORDER, Kind.LETTER})
_READ = "deed-read"


class DeedPage(Page):
    """What was begun is on disk at once; what has nothing typed leaves nothing behind."""

    def __init__(self, surroundings: Surroundings, destination: Destination) -> None:
        super().__init__(surroundings)
        self.desk: DeedDesk | None = None
        self.view: DeedView | None = None
        self._taker: NewTaker | None = None
        self._deed_id = ""
        self._title = ""
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        relay = ChangeRelay(self.workplace.changes, self)
        relay.changed.connect(self._world_changed)
        self.messages.acted.connect(lambda message: self._read() if message == _READ else None)
        self._begin(destination)

    # --- what the window asks --------------------------------------------------------------

    def tab(self) -> WorkTab:
        desk = self.desk
        icon = icon_of(desk.deed.name) if desk else "note"
        words = f"{head_of(desk.deed)}" if desk else self._title
        return WorkTab(self._deed_id, words, icon, unsent=desk is not None and not desk.done)

    def destination(self) -> Destination:
        return OpenDeed(self._deed_id, self.tab().text)

    def keys(self) -> Sequence[KeyHint]:
        return self.view.keys() if self.view else ()

    def focus_first(self) -> None:
        if self.view is not None:
            self.view.focus_first()

    def regions(self) -> Sequence[QWidget]:
        view = self.view
        return (view.form, view.side) if view is not None and view.form is not None else (self,)

    def new_customer(self) -> NewDraft:
        """Where Ctrl+N leads from here."""
        return self._taker.draft() if self._taker else NewDraft()

    def closing(self) -> None:
        if self.desk is not None:
            self.desk.writer.flush()

    # --- opening ---------------------------------------------------------------------------

    def _begin(self, where: Destination) -> None:
        drafts = self.workplace.deeds
        if isinstance(where, NewDeed):
            name: DeedName = where.deed
            about = (where.product_id, where.product, where.number)
            self._open(drafts.new(name, customer=(where.customer_id, where.name), product=about))
            return
        if isinstance(where, OpenDeed):
            self._deed_id, self._title = where.deed_id, where.title
        waiting = Skeleton(self.theme)
        self._outer.addWidget(waiting)
        waiting.start()

        def opened(found: OpenedDeed | None) -> None:
            waiting.hide()
            if found is None:
                self._say_absent(tr("It was sent or discarded. Close this tab."))
                return
            self._open(found)
            self.focus_first()

        def failed(fault: Fault) -> None:
            waiting.hide()
            self._say_absent(fault.sentence)

        identity = self._deed_id
        self.background.read(lambda: drafts.open(identity), owner=self, done=opened, failed=failed)

    def _say_absent(self, text: str) -> None:
        title = tr("This draft is not here")
        self._outer.addWidget(EmptyState(self.theme, "note", title, text, failed=True))

    def _open(self, opened: OpenedDeed) -> None:
        place = self.workplace
        self._deed_id = opened.deed.id
        desk = self.desk = DeedDesk(
            opened,
            deed_service(place),
            self.background,
            place.connection,
            place.changes,
            place.clock,
            self,
        )
        self.view = DeedView(self.theme, desk, self.messages, place.user)
        self._outer.addWidget(self.view)
        self._connect(desk, self.view)
        self.tab_changed.emit()
        if opened.state is DraftState.SUBMITTED:
            desk.ask_outcome()
        customer = opened.deed.customer_id
        self.background.read(
            lambda: place.accounts.kept(customer), owner=self, done=self._kept, failed=_nothing
        )
        self._read()

    def _connect(self, desk: DeedDesk, view: DeedView) -> None:
        place = self.workplace
        following = Following(desk, view, place.orders, self.background, self.messages, self)
        following.turned.connect(self._turned)
        following.looked_for.connect(self._read)
        desk.changed.connect(self.keys_changed)
        view.left.connect(self._leave)
        view.then.connect(self._then)
        self._taker = NewTaker(desk, view, place.accounts, place.changes, self.messages, self)
        self._taker.wanted.connect(self.wanted)

    def _turned(self) -> None:
        self.tab_changed.emit()
        self.keys_changed.emit()

    # --- reading ---------------------------------------------------------------------------

    def _read(self) -> None:
        """Read what the customer has, from the server."""
        desk, accounts = self.desk, self.workplace.accounts
        if desk is None:
            return
        customer = desk.deed.customer_id
        self.background.read(
            lambda: accounts.fetch(customer).put_into_words(),
            owner=self,
            done=self._know,
            failed=self._unread,
            key="account",
        )

    def _kept(self, view: AccountView | None) -> None:
        if view is not None and self.desk is not None and self.desk.view is None:
            self._know(view)

    def _know(self, account: AccountView) -> None:
        desk, view = self.desk, self.view
        if desk is None or view is None:
            return
        first = view.form is None
        self.messages.drop(_READ)
        desk.know(account)
        view.show_form()
        outcome = desk.outcome
        if outcome is not None and outcome.order_id:
            view.sent.show_film(account.film(outcome.order_id))
        elif first:
            self.focus_first()
            self.keys_changed.emit()

    def _unread(self, fault: Fault) -> None:
        lead = tr("The account could not be read.")
        action = tr("Try again")
        self.messages.post(Message(_READ, "warning", fault.sentence, lead=lead, action=action))

    def _world_changed(self, change: Change) -> None:
        desk = self.desk
        mine = desk is not None and (not change.ids or desk.deed.customer_id in change.ids)
        if mine and change.kind in _CARES:
            self._read()

    # --- leaving ---------------------------------------------------------------------------

    def _leave(self) -> None:
        """Leave it undone: the draft goes, a number that was held is let go."""
        desk, drafts = self.desk, self.workplace.deeds
        if desk is None or desk.done or desk.busy:
            return
        if desk.deed.hold is not None:
            desk.release(desk.deed.hold)
        deed, journal = desk.deed, desk.journal
        self.background.change(
            lambda: drafts.discard(deed, journal), owner=self.background, done=_nothing
        )
        self._then("account")

    def _then(self, where: str) -> None:
        deed = self.desk.deed if self.desk else None
        if where == "account" and deed is not None:
            self.wanted.emit(OpenAccount(deed.customer_id, deed.customer_name))
        else:
            self.wanted.emit(GoHome())
        self.finished.emit()


def _nothing(_result: object) -> None:
    """Nobody waits for this."""
