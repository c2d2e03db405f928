"""Deeds that are being typed: begun, kept on disk at each change, found again after a crash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from app.changes import Changes, Kind
from app.deeds.deed import Deed, DeedName, from_json, new_deed
from app.drafts import Journal
from app.store.drafts import Drafts, DraftState


@dataclass(frozen=True, slots=True)
class OpenedDeed:
    """A deed with its journal; `state` says whether it was sent already."""

    deed: Deed
    journal: Journal
    state: DraftState = DraftState.OPEN


class DeedDrafts:
    """The deeds of one user, in the table of drafts."""

    def __init__(
        self, table: Drafts, changes: Changes, clock: Callable[[], dt.datetime], user_id: str
    ) -> None:
        self._table = table
        self._changes = changes
        self._clock = clock
        self._user_id = user_id

    def new(
        self, name: DeedName, *, customer: tuple[str, str], product: tuple[str, str, str]
    ) -> OpenedDeed:
        """Begin a deed: id and name of the customer; id, name and number of the product."""
        deed = new_deed(self._user_id, name, now=self._clock(), customer=customer, product=product)
        return OpenedDeed(deed, Journal(self._table, self._clock))

    def open(self, deed_id: str) -> OpenedDeed | None:
        """Take a deed from disk; None where it is not there."""
        stored = self._table.load(deed_id, self._user_id)
        if stored is None:
            return None
        journal = Journal(self._table, self._clock, stored.version)
        journal.saved_at = stored.changed
        return OpenedDeed(from_json(stored.payload), journal, stored.state)

    def discard(self, deed: Deed, journal: Journal) -> None:
        """Take a deed off the list of drafts."""
        journal.discard(deed)
        self._changes.announce(Kind.DRAFT, deed.id)
