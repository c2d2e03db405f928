"""Keeps the working copy on disk, so that nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import msgspec

from app.language import tr
from app.products.working import Kept, Working, from_json, to_json
from app.store.drafts import Draft, Drafts, DraftState

KIND = "catalogue"


class ProductJournal:
    """One working copy a person. `note` is instant and for the window; the rest for a thread.

    What could not be written stays noted, so the next `write` brings it.
    """

    def __init__(self, table: Drafts, user_id: str, clock: Callable[[], dt.datetime]) -> None:
        self._table = table
        self._user_id = user_id
        self._clock = clock
        self._noted: Working | None = None
        self._lock = threading.Lock()
        self.saved_at: dt.datetime | None = None

    @property
    def unwritten(self) -> bool:
        return self._noted is not None

    def note(self, working: Working) -> None:
        self._noted = working

    def read(self) -> Kept | None:
        """What was kept; None where there is nothing, or nothing this version can read."""
        with self._lock:
            stored = self._table.load(self.id, self._user_id)
            if stored is None or stored.state is not DraftState.OPEN:
                return None
            self.saved_at = stored.changed
        try:
            return from_json(stored.payload)
        except msgspec.DecodeError:
            return None

    def write(self) -> bool:
        """Bring the last noted copy to disk; False where all was there. Raises StoreFault."""
        with self._lock:
            working = self._noted
            if working is None:
                return False
            count = len(working.changes())
            if not count and not working.note:
                self._drop()
            else:
                self._save(working, count)
            self.saved_at = self._clock()
            if self._noted is working:  # else more was noted while this was written
                self._noted = None
            return True

    @property
    def id(self) -> str:
        """The id of the draft it writes."""
        return f"{KIND}:{self._user_id}"

    def _save(self, working: Working, count: int) -> None:
        stored = self._table.load(self.id, self._user_id)
        if stored is not None and stored.state is not DraftState.OPEN:
            self._table.reopen(self.id, self._user_id)
            stored = self._table.load(self.id, self._user_id)
        draft = Draft(
            id=self.id,
            owner=self._user_id,
            kind=KIND,
            title=tr("Products: {count} changed", count=count),
            payload=to_json(working),
            version=stored.version if stored is not None else 0,
        )
        self._table.save(draft)

    def _drop(self) -> None:
        """Nothing is left to keep: take the copy off the list."""
        if self._table.load(self.id, self._user_id) is not None:
            self._table.discard(self.id, self._user_id)
