"""Drafts of the wizard: opened, kept on disk at each change, found again after a crash."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import msgspec

from app.changes import Changes, Kind
from app.store.drafts import Draft as StoredDraft
from app.store.drafts import Drafts as DraftTable
from app.store.drafts import DraftState
from app.wizard import edits
from app.wizard.draft import INSTALLED, Draft, draft_for, from_json, new_draft
from app.wizard.sellers import DIRECT

Clock = Callable[[], dt.datetime]


class Work(Protocol):
    """Work that is kept while it is being done: a frozen record that msgspec can write."""

    @property
    def id(self) -> str: ...

    @property
    def owner(self) -> str: ...

    @property
    def kind(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def step(self) -> str: ...


class Journal:
    """Writes one draft. `note` is instant and for the window; `write` is for a thread.

    What could not be written stays noted, so the next `write` brings it: nothing is lost while
    the program runs.
    """

    def __init__(self, table: DraftTable, clock: Clock, version: int = 0) -> None:
        self._table = table
        self._clock = clock
        self._version = version
        self._noted: Work | None = None
        self._closed = False
        self._lock = threading.Lock()
        self.saved_at: dt.datetime | None = None

    @property
    def unwritten(self) -> bool:
        return self._noted is not None

    def note(self, draft: Work) -> None:
        if not self._closed:
            self._noted = draft

    def write(self) -> bool:
        """Bring the last noted draft to disk; False where all was there. Raises StoreFault."""
        with self._lock:
            draft = self._noted
            if draft is None:
                return False
            stored = self._table.save(stored_form(draft, self._version))
            self._version = stored.version
            self.saved_at = self._clock()
            if self._noted is draft:  # else more was noted while this was written
                self._noted = None
            return True

    def reopen(self, draft: Work) -> None:
        """The command was refused, or the draft taken back: it is work again."""
        with self._lock:
            self._table.reopen(draft.id, draft.owner)
            stored = self._table.load(draft.id, draft.owner)
            self._version = stored.version if stored else 0
            self._closed = False
            self._noted = draft

    def discard(self, draft: Work) -> None:
        """Take the draft off the list, after whatever write runs. `reopen` brings it back."""
        with self._lock:
            self._table.discard(draft.id, draft.owner)
            self._closed = True
            self._noted = None

    def close(self) -> None:
        """Write no more: the draft was sent."""
        self._closed = True
        self._noted = None


@dataclass(frozen=True, slots=True)
class OpenedDraft:
    """A draft with its journal; `state` says whether it was sent already."""

    draft: Draft
    journal: Journal
    state: DraftState = DraftState.OPEN


class DraftDesk:
    """The drafts of one user."""

    def __init__(self, table: DraftTable, changes: Changes, clock: Clock, user_id: str) -> None:
        self._table = table
        self._changes = changes
        self._clock = clock
        self._user_id = user_id

    def new(self, name: str = "", *, reseller: str = DIRECT) -> OpenedDraft:
        """Begin a draft for a new customer, whose name may have been typed elsewhere already."""
        fields = {**_names(name), "reseller": reseller}
        draft = new_draft(self._user_id, now=self._clock(), fields=fields)
        return OpenedDraft(draft, Journal(self._table, self._clock))

    def for_customer(
        self, customer_id: str, name: str, *, reseller: str = DIRECT, product_id: str = ""
    ) -> OpenedDraft:
        """Begin a draft that changes what a customer has, at one of his products if it is named."""
        field = f"{INSTALLED}{product_id}" if product_id else ""
        draft = draft_for(self._user_id, customer_id, name, now=self._clock(), field=field)
        sold = edits.set_field("reseller", reseller)(draft)
        return OpenedDraft(sold, Journal(self._table, self._clock))

    def open(self, draft_id: str) -> OpenedDraft | None:
        """Take a draft from disk, on the step and field where it was left; None: not there."""
        stored = self._table.load(draft_id, self._user_id)
        if stored is None:
            return None
        journal = Journal(self._table, self._clock, stored.version)
        journal.saved_at = stored.changed
        return OpenedDraft(from_json(stored.payload), journal, stored.state)

    def discard(self, draft: Draft, journal: Journal) -> None:
        """Take a draft off the list; its numbers are let go by whoever shows it."""
        journal.discard(draft)
        self._changes.announce(Kind.DRAFT, draft.id)

    def take_back(self, draft: Draft, journal: Journal) -> None:
        """Put a discarded draft back on the list, as it was."""
        journal.reopen(draft)
        journal.write()
        self._changes.announce(Kind.DRAFT, draft.id)


def stored_form(draft: Work, version: int) -> StoredDraft:
    """Give the form in which the store keeps a draft."""
    return StoredDraft(
        id=draft.id,
        owner=draft.owner,
        kind=draft.kind,
        title=draft.title,
        payload=msgspec.json.encode(draft),
        step=draft.step,
        version=version,
    )


def _names(name: str) -> dict[str, str]:
    given, _, family = name.strip().rpartition(" ")
    return {"givenName": given, "familyName": family} if given else {"givenName": family}
