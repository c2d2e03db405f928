"""Live events: what changes on the server changes here, without asking."""

from __future__ import annotations

import logging
import time

from app.changes import Changes, Kind
from app.connection import Connection
from app.session import Session
from app.store.faults import StoreFault
from app.store.store import Store
from backend_client import ApiError, Cancel, Cancelled, Client, Event, Link, SignedOut

log = logging.getLogger(__name__)

LAST_EVENT = "lastEvent"
PAUSE = 5.0
NOTED_EVERY = 5.0  # seconds between two notes of the last event: what comes twice does no harm

_KINDS = {
    "productOrder": Kind.ORDER,
    "processFlow": Kind.ORDER,
    "taskFlow": Kind.ORDER,
    "document": Kind.LETTER,
    "communicationMessage": Kind.LETTER,
    "catalog": Kind.CATALOGUE,
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
            except StoreFault as fault:
                log.info("store: %s", fault)
            except ApiError as error:
                log.info("events: %s", error.log_line)
            self._stop.wait(PAUSE)

    def stop(self) -> None:
        self._stop.cancel()

    def _listen(self) -> None:
        last = self._store.preferences.get(LAST_EVENT, "")
        noted, noted_at = last, time.monotonic()
        try:
            for event in self._client.events(last, stop=self._stop, on_link=self._on_link):
                self._announce(event)
                last = event.id or last
                if time.monotonic() - noted_at >= NOTED_EVERY:
                    self._store.preferences.put(LAST_EVENT, last)
                    noted, noted_at = last, time.monotonic()
        finally:
            if last != noted:
                self._store.preferences.put(LAST_EVENT, last)

    def _on_link(self, link: Link) -> None:
        if link is Link.OPEN:
            self._connection.answered()
        else:
            self._connection.doubted()

    def _announce(self, event: Event) -> None:
        if event.read_anew:
            self._changes.announce(Kind.CUSTOMER, origin="events")
            return
        kind = _KINDS.get(event.resource, Kind.CUSTOMER)
        ids = (event.customer_id,) if event.customer_id else ()
        self._changes.announce(kind, *ids, origin="events")
