"""What can go wrong with the store, each with the sentence an agent reads."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from app.language import tr


class FaultKind(StrEnum):
    NO_KEYCHAIN = "no-keychain"
    KEY_UNREADABLE = "key-unreadable"
    KEY_LOST = "key-lost"
    WRONG_KEY = "wrong-key"
    DAMAGED = "damaged"
    SALVAGED = "salvaged"
    CACHE_DAMAGED = "cache-damaged"
    DISK_FULL = "disk-full"
    READ_ONLY = "read-only"
    BUSY = "busy"
    NEWER = "newer"
    BROKEN = "broken"


_KIND_OF_CODE = {
    5: FaultKind.BUSY,  # SQLITE_BUSY
    6: FaultKind.BUSY,  # SQLITE_LOCKED
    8: FaultKind.READ_ONLY,  # SQLITE_READONLY
    10: FaultKind.DISK_FULL,  # SQLITE_IOERR: what a full or failing disk says while syncing
    11: FaultKind.DAMAGED,  # SQLITE_CORRUPT
    13: FaultKind.DISK_FULL,  # SQLITE_FULL
    14: FaultKind.READ_ONLY,  # SQLITE_CANTOPEN
    26: FaultKind.DAMAGED,  # SQLITE_NOTADB
}


def sentence_of(kind: FaultKind) -> str:
    """One sentence for the agent: what is so, and what to do."""
    return {
        FaultKind.NO_KEYCHAIN: tr(
            "This computer has no keychain, so nothing is kept on it after you close Jackfield; "
            "ask IT to set one up."
        ),
        FaultKind.KEY_UNREADABLE: tr(
            "The keychain is locked, so work saved here is out of reach and new work is lost on "
            "closing; unlock the keychain and start Jackfield again."
        ),
        FaultKind.KEY_LOST: tr(
            "The key to the work saved here is gone from the keychain; the file was set aside "
            "unchanged, so tell IT before you go on."
        ),
        FaultKind.WRONG_KEY: tr(
            "The keychain holds another key than the one the work saved here was locked with; the "
            "file was set aside unchanged, so tell IT before you go on."
        ),
        FaultKind.DAMAGED: tr(
            "The work saved on this computer is damaged; close Jackfield and start it again, so "
            "that it can save what can be read."
        ),
        FaultKind.CACHE_DAMAGED: tr(
            "The copy of the customers on this computer was damaged; it is being fetched again, "
            "so search once more."
        ),
        FaultKind.SALVAGED: tr(
            "The work saved on this computer was damaged; what could be read was kept and the "
            "damaged file set aside, so check your drafts."
        ),
        FaultKind.DISK_FULL: tr("The disk is full; free some space, then try again."),
        FaultKind.READ_ONLY: tr(
            "Jackfield may not write to its folder, so nothing is kept after you close it; ask IT "
            "for write access."
        ),
        FaultKind.BUSY: tr("Another Jackfield is using the saved data; close it, then try again."),
        FaultKind.NEWER: tr(
            "The work saved here was written by a newer Jackfield; update this one to open it."
        ),
        FaultKind.BROKEN: tr("The data saved on this computer cannot be used; tell IT."),
    }[kind]


class StoreFault(Exception):  # noqa: N818  # named as what it is
    """The store could not do what was asked; `sentence` is for the agent, `str()` for the log."""

    def __init__(self, kind: FaultKind, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind

    @property
    def sentence(self) -> str:
        return sentence_of(self.kind)


class StaleDraft(Exception):  # noqa: N818  # named as what it is
    """The draft was saved elsewhere since it was read: `stored` is the version that counts."""

    def __init__(self, draft_id: str, stored: int) -> None:
        super().__init__(f"draft {draft_id} is at version {stored}")
        self.stored = stored

    @property
    def sentence(self) -> str:
        return tr("This draft was changed in another window; open it again to see how it stands.")


class AnotherUsers(Exception):  # noqa: N818  # named as what it is
    """The draft or command belongs to another user than the one who asks."""


class AnotherCommand(Exception):  # noqa: N818  # named as what it is
    """A command of this id, but with other content, is already there."""


def fault_of(error: BaseException) -> StoreFault:
    """The fault an error of the database means."""
    inner = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    code = getattr(inner, "sqlite_errorcode", 0) & 0xFF  # without SQLite's finer distinctions
    return StoreFault(_KIND_OF_CODE.get(code, FaultKind.BROKEN), type(inner).__name__)
