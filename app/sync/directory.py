"""Fills the desk's search with every customer this agent may find."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Change, Changes, Kind
from app.connection import Connection
from app.session import Session
from app.store.faults import StoreFault
from app.store.records import Chip, Customer, Tone
from app.store.store import Store
from backend_client import ApiError, Cancel, Cancelled, Client, NotAllowed, SignedOut
from backend_client.desk_records import DirectoryRow

log = logging.getLogger(__name__)

PAGE = 1000
ANEW_AFTER = 600.0  # seconds until the directory is read again
AGAIN_AFTER = 15.0  # seconds after a failure
SETTLE = 2.0  # seconds: what happens together is read together
SMALL = 5_000  # a directory up to this size is read again as soon as something has changed
_NEWS = frozenset({Kind.CUSTOMER, Kind.ORDER, Kind.OUTBOX})
_BACK = frozenset({Kind.CONNECTION, Kind.SESSION})
_TONES = {"good": Tone.GOOD, "warn": Tone.WARN, "bad": Tone.BAD}

Progress = Callable[[int, int | None], None]


def fill(
    client: Client,
    store: Store,
    changes: Changes,
    *,
    clock: Callable[[], dt.datetime],
    stop: Cancel,
    progress: Progress | None = None,
) -> int:
    """Read the whole directory page by page; returns how many customers were kept.

    `progress` is told how many are there, and of how many where the server says it. ApiError
    where the server fails; the pages read until then stay.
    """
    after, kept = "", 0
    while True:
        as_of = clock()
        page = client.desk.directory(after, limit=PAGE, cancel=stop)
        kept += store.customers.put_many((customer_of(row) for row in page.rows), as_of)
        if progress:
            progress(kept, page.total)
        changes.announce(Kind.DIRECTORY, origin="directory")
        if not page.next:
            return kept
        after = page.next


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the directory has been read; `total` is None where the server does not say."""

    kept: int = 0
    total: int | None = None
    complete: bool = False


class DirectorySync:
    """Keeps the search filled; `run` is for a thread of its own."""

    def __init__(
        self,
        client: Client,
        store: Store,
        session: Session,
        connection: Connection,
        changes: Changes,
        *,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._client = client
        self._store = store
        self._session = session
        self._connection = connection
        self._changes = changes
        self._clock = clock
        self._stop = Cancel()
        self._wake = threading.Event()
        self.filling = Filling()

    def run(self) -> None:
        """Read the directory now, every ten minutes and after changes, until `stop`."""
        leave = self._changes.watch(self._hear)
        try:
            self._keep_filled()
        finally:
            leave()

    def stop(self) -> None:
        self._stop.cancel()
        self._wake.set()

    def _hear(self, change: Change) -> None:
        small = (self.filling.total or 0) <= SMALL
        if change.kind in _BACK or (change.kind in _NEWS and small):
            self._wake.set()

    def _keep_filled(self) -> None:
        while not self._stop.cancelled:
            pause = AGAIN_AFTER
            try:
                if self._connection.online and not self._session.expired:
                    self._fill()
                    pause = ANEW_AFTER
            except Cancelled:
                return
            except NotAllowed:
                return  # this person's search asks the server alone
            except SignedOut:
                self._session.ended()
            except StoreFault as fault:
                log.info("store: %s", fault)
            except ApiError as error:
                log.info("directory: %s", error.log_line)
            if self._wake.wait(pause):
                self._stop.wait(SETTLE)
            self._wake.clear()

    def _fill(self) -> None:
        fill(
            self._client,
            self._store,
            self._changes,
            clock=self._clock,
            stop=self._stop,
            progress=self._progress,
        )
        self.filling = Filling(self.filling.kept, self.filling.total, complete=True)
        self._changes.announce(Kind.DIRECTORY, origin="directory")

    def _progress(self, kept: int, total: int | None) -> None:
        complete = self.filling.complete
        self.filling = Filling(kept, total, complete=complete)


def customer_of(row: DirectoryRow) -> Customer:
    """Make the server's row the store's."""
    return Customer(
        id=row.customer_id,
        name=row.name,
        number=row.customer_id,
        family=row.family_name,
        address=row.address or "",
        postcode=row.postcode or "",
        telephones=row.telephones,
        emails=row.emails,
        orders=row.order_numbers,
        iccids=row.iccids,
        chip=Chip(row.chip.text, _TONES.get(row.chip.tone, Tone.INFO)) if row.chip else None,
        last_contact=row.last_contact,
    )
