"""A workplace with Edda's account, for pages shown without a server."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from app.accounts.view import AccountView
from app.changes import Changes
from app.letters.files import File
from app.letters.records import Letter
from app.session import User
from app.workplace import Workplace
from backend_client.desk_records import Account
from tests.support import edda, edda_orders
from tests.support.account_views import view_of
from tests.support.fake_orders import FakeOrders
from ui.background import Background
from ui.page import Surroundings
from ui.theme.theme import Theme

RIGHTS = (
    "customer.read", "customer.update", "order.create", "order.amend", "order.cancel",
    "letter.read", "letter.send",
)  # fmt: skip


class FakeAccounts:
    """Answers what it is given; `fault` is raised instead."""

    def __init__(self) -> None:
        self.document = edda.account_bytes()
        self.in_store = False
        self.fault: Exception | None = None
        self.fetched = 0
        self.seen: list[str] = []
        self.before: Callable[[], None] = lambda: None

    def kept(self, _customer_id: str) -> AccountView | None:
        return view_of(self.document, fresh=False) if self.in_store else None

    def fetch(self, _customer_id: str) -> AccountView:
        self.before()
        self.fetched += 1
        if self.fault is not None:
            raise self.fault
        return view_of(self.document, seen_until=edda.NOW - dt.timedelta(days=2, hours=12))

    def letters_seen(self, customer_id: str) -> None:
        self.seen.append(customer_id)


class FakeLetters:
    """The bytes of Edda's letters."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.reads = 0

    def read(self, _account: Account, letter: Letter) -> File:
        self.reads += 1
        if self.fault is not None:
            raise self.fault
        data = edda_orders.letter_bytes(letter.kind)
        return File(data, hashlib.sha256(data).hexdigest(), proven=True)


class AccountDesk:
    """Everything a page of an account needs, with the parts a test may turn."""

    def __init__(self, theme: Theme, rights: tuple[str, ...] = RIGHTS) -> None:
        self.accounts = FakeAccounts()
        self.letters = FakeLetters()
        self.orders = FakeOrders()
        self.line = SimpleNamespace(online=True)
        self.changes = Changes()
        self.background = Background()
        self.opened: list[str] = []
        self._rights = dict.fromkeys(rights, "x")
        user = User(
            "u1", "agent", "Maren Tindlewick", "Front desk", frozenset({"agent"}),
            self._rights,
        )  # fmt: skip
        parts: Any = SimpleNamespace(
            user=user,
            accounts=self.accounts,
            letters=self.letters,
            orders=self.orders,
            connection=self.line,
            changes=self.changes,
            customers=SimpleNamespace(opened=self.opened.append),
            clock=lambda: edda.NOW,
        )
        self.surroundings = Surroundings(theme, self.background, cast("Workplace", parts))

    def forbid(self, *rights: str) -> None:
        """Take rights away from the person, before the page is opened."""
        for right in rights:
            self._rights.pop(right, None)
