"""Contacts: a ringing call finds its account, and each opened account counts in the day."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.customers.rows import telephone
from app.customers.search import Answer
from ui.open_pages import OpenPages
from ui.page import GoHome, OpenAccount, Surroundings


class Contacts(QObject):
    """Opens what a number belongs to, and notes who was looked at."""

    def __init__(self, surroundings: Surroundings, pages: OpenPages) -> None:
        super().__init__(pages)
        self._background = surroundings.background
        self._workplace = surroundings.workplace
        self._pages = pages
        pages.account_asked.connect(self._count)

    def call(self, number: str) -> None:
        """A call rings: open the account it belongs to, or show who may be calling."""
        search = self._workplace.customers
        self._background.read(
            lambda: search.here(number),
            owner=self,
            done=lambda answer: self._found(number, answer),
            key="call",
        )

    def _found(self, number: str, answer: Answer) -> None:
        if len(answer.rows) == 1:
            caller = answer.rows[0]
            self._pages.open(OpenAccount(caller.id, caller.name))
        else:
            self._pages.open(GoHome(search=telephone(number)))

    def _count(self, customer_id: str) -> None:
        search, day = self._workplace.customers, self._workplace.day

        def note() -> None:
            search.opened(customer_id)
            day.opened(customer_id)

        self._background.change(note, owner=self, done=lambda _nothing: None)
