"""One reading of an account; each part is put into words when it is first asked for."""

from __future__ import annotations

import datetime as dt
import zlib
from functools import cached_property

from app.accounts.customer import facts_of
from app.accounts.details import product_facts
from app.accounts.families import Known
from app.accounts.header import header_of
from app.accounts.products import products_of
from app.accounts.reading import account_of
from app.accounts.records import Contact, Fact, Header, Products
from app.accounts.timeline import contacts_of
from app.letters.listing import letters_of
from app.letters.records import Letter
from app.orders.naming import with_names
from app.orders.orders import film_of, open_orders, rows_of
from app.orders.records import Film, Row
from app.texts import moment
from backend_client.desk_records import Account


class AccountView:
    """The account as it was at `as_of`; `fresh` where the server has just said so.

    Parts are computed once and never change; a newer reading is another view. With its
    `document`, the account is put away packed once its words are found, and unpacked when more
    is asked for: an agent has many accounts open and looks at one.
    """

    def __init__(
        self,
        account: Account,
        known: Known,
        *,
        as_of: dt.datetime,
        now: dt.datetime,
        fresh: bool,
        seen_until: dt.datetime | None = None,
        document: bytes = b"",
    ) -> None:
        self._account: Account | None = with_names(account)
        self._packed = zlib.compress(document, 1) if document else b""
        self.known = known
        self.as_of = as_of
        self.now = now
        self.fresh = fresh
        self._seen_until = seen_until
        self._films: dict[str, Film | None] = {}

    def put_into_words(self) -> AccountView:
        """Put every part into words now, in the thread that reads, and return this view."""
        _ = (self.header, self.facts, self.contacts, self.orders, self.open_order, self.new_letters)
        if self._packed:
            self._account = None
        return self

    @property
    def account(self) -> Account:
        """What the server told; unpacking takes 0.2 ms for a household."""
        if self._account is None:
            self._account = with_names(account_of(zlib.decompress(self._packed)))
        return self._account

    @property
    def age(self) -> str:
        """When this was true, in words."""
        return moment(self.as_of, now=self.now)

    @cached_property
    def header(self) -> Header:
        return header_of(self.account, self.products, self.known, self.now)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        return facts_of(self.account, self.products, self.now)

    @cached_property
    def products(self) -> Products:
        return products_of(self.account, self.known, self.now)

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        return contacts_of(self.account, self.letters, self.known, self.now)

    @cached_property
    def orders(self) -> tuple[Row, ...]:
        return rows_of(self.account, self.known, self.now)

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        return letters_of(self.account, self.now)

    @cached_property
    def new_letters(self) -> int:
        """How many letters came since they were last looked at; none before the first look."""
        since = self._seen_until
        return sum(1 for each in self.letters if since is not None and each.at > since)

    @cached_property
    def open_order(self) -> Film | None:
        """The newest order that still moves."""
        moving = open_orders(self.account)
        return self.film(moving[0].id) if moving else None

    def film(self, order_id: str) -> Film | None:
        """The page of an order; None where the account has no such order."""
        if order_id not in self._films:
            self._films[order_id] = film_of(self.account, order_id, self.known, self.now)
        return self._films[order_id]

    def product(self, product_id: str) -> tuple[Fact, ...]:
        """What is known of one product."""
        return product_facts(self.account, product_id, self.known, self.now)
