"""Opens accounts: from the store at once, then from the server, which the store then keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from app.accounts.families import Families
from app.accounts.gathering import gathered
from app.accounts.reading import account_of
from app.accounts.seen import Seen
from app.accounts.view import AccountView
from app.store.cache import DocumentKind
from app.store.store import Store
from backend_client import Client
from backend_client.desk_records import Account

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
        self._seen = Seen(store.preferences)

    def kept(self, customer_id: str) -> AccountView | None:
        """The account as this machine last saw it; None where it never did."""
        cached = self._store.cache.document(DocumentKind.ACCOUNT, customer_id)
        if cached is None:
            return None
        account = account_of(cached.document)
        return self._view(account, cached.document, customer_id, cached.as_of)

    def fetch(self, customer_id: str) -> AccountView:
        """The account as it is now; ApiError where the server does not answer."""
        if self._whole:
            body = self._client.desk.account_document(customer_id).body
        else:
            body = gathered(self._client, customer_id)
        account = account_of(body)
        as_of = account.as_of or self._clock()
        self._families.learn(account.products)
        self._store.cache.put_document(DocumentKind.ACCOUNT, customer_id, body, as_of)
        return self._view(account, body, customer_id, as_of, fresh=True)

    def letters_seen(self, customer_id: str) -> None:
        """The person has looked at the letters: none of them is new any more."""
        self._seen.looked(customer_id, self._clock())

    def _view(
        self,
        account: Account,
        document: bytes,
        customer_id: str,
        as_of: dt.datetime,
        *,
        fresh: bool = False,
    ) -> AccountView:
        return AccountView(
            account,
            self._families.known(),
            as_of=as_of,
            now=self._clock(),
            fresh=fresh,
            seen_until=self._seen.until(customer_id),
            document=document,
        )
