"""Opens accounts: from the store at once, then from the server, which the store then keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from app.accounts.families import Families
from app.accounts.gathering import gathered
from app.accounts.reading import account_of
from app.accounts.view import AccountView
from app.store.cache import DocumentKind
from app.store.store import Store
from backend_client import Client

Clock = Callable[[], dt.datetime]


class Accounts:
    """Reads accounts. Every method may take its time and belongs in a thread of its own."""

    def __init__(
        self, client: Client, store: Store, clock: Clock, capabilities: frozenset[str]
    ) -> None:
        self._client = client
        self._store = store
        self._clock = clock
        self._whole = "account" in capabilities
        self._families = Families(client, store.preferences)

    def kept(self, customer_id: str) -> AccountView | None:
        """The account as this machine last saw it; None where it never did."""
        cached = self._store.cache.document(DocumentKind.ACCOUNT, customer_id)
        if cached is None:
            return None
        account = account_of(cached.document)
        now = self._clock()
        return AccountView(
            account, self._families.known(), as_of=cached.as_of, now=now, fresh=False
        )

    def fetch(self, customer_id: str) -> AccountView:
        """The account as it is now; ApiError where the server does not answer."""
        if self._whole:
            body = self._client.desk.account_document(customer_id).body
        else:
            body = gathered(self._client, customer_id)
        account, now = account_of(body), self._clock()
        as_of = account.as_of or now
        self._families.learn(account.products)
        self._store.cache.put_document(DocumentKind.ACCOUNT, customer_id, body, as_of)
        return AccountView(account, self._families.known(), as_of=as_of, now=now, fresh=True)
