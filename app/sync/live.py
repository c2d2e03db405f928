"""Live events: what changes on the server changes here, without asking."""

from __future__ import annotations

import logging

from app.changes import Changes, Kind
from app.connection import Connection
from app.session import Session
from app.store.store import Store
from backend_client import ApiError, Cancel, Cancelled, Client, Event, Link, SignedOut

log = logging.getLogger(__name__)

LAST_EVENT = "lastEvent"
PAUSE = 5.0

_KINDS = {
    "productOrder": Kind.ORDER,
    "processFlow": Kind.ORDER,
    "taskFlow": Kind.ORDER,
    "document": Kind.LETTER,
    "communicationMessage": Kind.LETTER,
}


class LiveEvents:
    """Reads the server's events and announces them; `run` is for a thread of its own."""

    def __init__(
        self,
        client: Client,
        store: Store,
        session: Session,
        connection: Connection,
        changes: Changes,
    ) -> None:
        self._client = client
        self._store = store
        self._session = session
        self._connection = connection
        self._changes = changes
        self._stop = Cancel()

    def run(self) -> None:
        """Listen until `stop`, over lost lines and expired sign-ins."""
        while not self._stop.cancelled:
            try:
                self._listen()
            except Cancelled:
                return
            except SignedOut:
                self._session.ended()
            except ApiError as error:
                log.info("events: %s", error.log_line)
            self._stop.wait(PAUSE)

    def stop(self) -> None:
        self._stop.cancel()

    def _listen(self) -> None:
        last = self._store.preferences.get(LAST_EVENT, "")
        for event in self._client.events(last, stop=self._stop, on_link=self._on_link):
            self._announce(event)
            self._store.preferences.put(LAST_EVENT, event.id)

    def _on_link(self, link: Link) -> None:
        if link is Link.OPEN:
            self._connection.answered()
        else:
            self._connection.failed()

    def _announce(self, event: Event) -> None:
        kind = _KINDS.get(event.resource, Kind.CUSTOMER)
        ids = (event.customer_id,) if event.customer_id else ()
        self._changes.announce(kind, *ids, origin="events")
