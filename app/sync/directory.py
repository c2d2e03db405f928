"""Fills the desk's search with every customer this agent may find."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from app.changes import Changes, Kind
from app.store.records import Chip, Customer, Tone
from app.store.store import Store
from backend_client import Cancel, Client
from backend_client.desk_records import DirectoryRow

PAGE = 1000
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
        changes.announce(Kind.DIRECTORY, origin="directory")
        if progress:
            progress(kept, page.total)
        if not page.next:
            return kept
        after = page.next


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
