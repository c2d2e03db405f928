"""From a product of the account to what shall be done to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.accounts.view import AccountView
from app.deeds.codes import CodeReader, card_of
from app.deeds.commands import DeedCommand, commands_for
from app.deeds.possible import Possible, possible
from app.deeds.subject import lines_of
from app.deeds.wording import DEEDS
from ui.account.account_body import AccountBody
from ui.account.puk_sheet import PukSheet
from ui.account.tab import AtHand
from ui.deeds_list import DeedsList
from ui.page import Destination, NewDeed, NewDraft, Surroundings


class ProductDeeds(QObject):
    """`wanted` carries where to go: a deed's page, or the wizard at the product.

    The PUK is looked at here, in a sheet over the account.
    """

    wanted = Signal(object)

    def __init__(self, surroundings: Surroundings, body: AccountBody, page: QWidget) -> None:
        super().__init__(page)
        self._theme = surroundings.theme
        self._user = surroundings.workplace.user
        self._surroundings = surroundings
        self._body = body
        self._page = page
        self._list: DeedsList | None = None
        self.puk: PukSheet | None = None
        self._view: AccountView | None = None
        self._possible: Possible | None = None

    def know(self, view: AccountView) -> None:
        """Take what the customer has now."""
        self._view = view

    def show_list(self) -> None:
        """M: what can be done to the product in front."""
        at_hand = self._at_hand()
        found = self._found(at_hand.product_id) if at_hand is not None else None
        if at_hand is None or found is None:
            return
        if self._list is None:
            self._list = DeedsList(self._theme, self._page.window())
            self._list.chosen.connect(self._choose)
        self._possible = found
        self._list.show_for(found, at_hand.list, at_hand.place)

    def commands(self, text: str) -> tuple[DeedCommand, ...]:
        """What a text may mean that can be done at the product in front, or at the only line."""
        found = ((each, self._at(each.id)) for each in commands_for(text))
        return tuple(DeedCommand(each.id, each.title, at.subject.words) for each, at in found if at)

    def begin(self, choice: str) -> None:
        """Begin it there at once."""
        found = self._at(choice)
        if found is not None:
            self._possible = found
            self._choose(choice)

    def _at(self, choice: str) -> Possible | None:
        at_hand = self._at_hand()
        for product in (at_hand.product_id if at_hand is not None else "", self._only_line()):
            found = self._found(product)
            if found is not None and any(each.id == choice and not each.why for each in found.rows):
                return found
        return None

    def _only_line(self) -> str:
        view = self._view
        lines = lines_of(view.account, view.known) if view is not None else ()
        found = {each.root.id for each in lines}
        return found.pop() if len(found) == 1 else ""

    def _found(self, product_id: str) -> Possible | None:
        view = self._view
        if view is None or not product_id:
            return None
        return possible(view.account, product_id, view.known, self._user)

    def _at_hand(self) -> AtHand | None:
        tab = self._body.current()
        return tab.in_front() if tab is not None else None

    def _choose(self, choice: str) -> None:
        if choice == "codes":
            self._show_puk()
        elif self._view is not None and self._possible is not None:
            self.wanted.emit(_destination(choice, self._view, self._possible))

    def _show_puk(self) -> None:
        """Over the product in front, else under the tabs."""
        card = card_of(self._possible.subject) if self._possible else None
        if card is None:
            return
        if self.puk is None:
            place = self._surroundings
            reader = CodeReader(place.workplace.client)
            self.puk = PukSheet(self._theme, reader, place.background, self._page.window())
        at_hand = self._at_hand()
        if at_hand is not None:
            self.puk.show_for(card, at_hand.list, at_hand.place)
        else:
            self.puk.show_for(card, self._body.tabs)


def _destination(choice: str, view: AccountView, found: Possible) -> Destination:
    customer, name = view.header.number, view.header.name
    subject = found.subject
    deed = next((each for each in DEEDS if each == choice), None)
    if deed is None:
        return NewDraft(customer, name, product_id=subject.asked.id, ends=choice == "end")
    return NewDeed(customer, name, deed, subject.root.id, subject.name, subject.number)
