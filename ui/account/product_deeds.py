"""From a product of the account to what shall be done to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.accounts.view import AccountView
from app.deeds.possible import DeedRow, Possible, possible
from app.deeds.subject import lines_of
from app.deeds.wording import DEEDS
from app.session import User
from ui.account.tab import AtHand
from ui.deeds_list import DeedsList
from ui.page import Destination, NewDeed, NewDraft
from ui.theme.theme import Theme


class ProductDeeds(QObject):
    """`wanted` carries where to go: a deed's page, or the wizard at the product."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, user: User, page: QWidget) -> None:
        super().__init__(page)
        self._theme = theme
        self._user = user
        self._page = page
        self._list: DeedsList | None = None
        self._view: AccountView | None = None
        self._possible: Possible | None = None

    def show(self, view: AccountView, at_hand: AtHand) -> None:
        """Show what can be done to the product in front."""
        found = possible(view.account, at_hand.product_id, view.known, self._user)
        if found is None:
            return
        if self._list is None:
            self._list = DeedsList(self._theme, self._page.window())
            self._list.chosen.connect(self._choose)
        self._view, self._possible = view, found
        self._list.show_for(found, at_hand.list, at_hand.place)

    def begin(self, choice: str, view: AccountView, at_hand: AtHand | None) -> bool:
        """Begin a deed at once, if it can be done at the product in front or the only line."""
        product = at_hand.product_id if at_hand is not None else ""
        found = possible(view.account, product, view.known, self._user)
        row = _row(found, choice)
        if row is None or row.why:
            lines = lines_of(view.account, view.known)
            only = lines[0].root.id if len({each.root.id for each in lines}) == 1 else ""
            found = possible(view.account, only, view.known, self._user)
            row = _row(found, choice)
        if found is None or row is None or row.why:
            return False
        self._view, self._possible = view, found
        self._choose(choice)
        return True

    def _choose(self, choice: str) -> None:
        if self._view is not None and self._possible is not None:
            self.wanted.emit(_destination(choice, self._view, self._possible))


def _row(found: Possible | None, choice: str) -> DeedRow | None:
    return next((each for each in found.rows if each.id == choice), None) if found else None


def _destination(choice: str, view: AccountView, found: Possible) -> Destination:
    customer, name = view.header.number, view.header.name
    subject = found.subject
    deed = next((each for each in DEEDS if each == choice), None)
    if deed is None:
        return NewDraft(customer, name, product_id=subject.asked.id, ends=choice == "end")
    return NewDeed(customer, name, deed, subject.root.id, subject.name, subject.number)
