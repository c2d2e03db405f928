"""The files of one user's store: where they are, who may read them, and how one is set aside."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from app.store.faults import FaultKind, StoreFault, fault_of

_COMPANIONS = ("", "-wal", "-shm")
PATIENCE = 10.0  # seconds
_SET_ASIDE_KEPT = 2  # of cache.db; of desk.db every one is kept


def user_folder(folder: Path, user: str) -> Path:
    """The user's own folder inside the profile's; its name does not tell who it is."""
    return folder / hashlib.sha256(user.encode()).hexdigest()[:16]


def key_id(key: str) -> str:
    """What tells a key from another without giving it away."""
    return hashlib.sha256(bytes.fromhex(key)).hexdigest()[:16]


def prepare(home: Path) -> None:
    """Make the folder, for this user of the machine alone; raises StoreFault(READ_ONLY)."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.chmod(0o700)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        raise StoreFault(FaultKind.READ_ONLY, "no write access")


@contextmanager
def os_errors_as_faults() -> Iterator[None]:
    """What the operating system refuses, told as the store's own faults."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        kind = FaultKind.DISK_FULL if full else FaultKind.READ_ONLY
        raise StoreFault(kind, type(error).__name__) from error


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Only one process opens or repairs the files of a user; the others wait ten seconds.

    The lock is one of SQLite's, so it dies with its process.
    """
    try:
        with closing(
            dbapi2.connect(str(home / "opening.lock"), timeout=PATIENCE, isolation_level=None)
        ) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
            lock.execute("ROLLBACK")
    except dbapi2.Error as error:
        raise fault_of(error) from error


def holds_data(path: Path) -> bool:
    """Whether the file is there with anything in it."""
    return path.is_file() and path.stat().st_size > 0


def set_aside(path: Path, now: datetime, *, keep_all: bool) -> Path:
    """Rename the file and its companions to `….set-aside-<time>`; returns the new path."""
    stamp = now.strftime("%Y%m%dT%H%M%S.%f")
    aside = path.with_name(f"{path.name}.set-aside-{stamp}")
    for companion in _COMPANIONS:
        source = path.with_name(path.name + companion)
        if source.exists():
            source.replace(aside.with_name(aside.name + companion))
    note = key_note(path)
    if note.exists():
        note.replace(key_note(aside))
    if not keep_all:
        _drop_oldest(path)
    return aside


def delete(path: Path) -> None:
    """Delete the file and its companions."""
    for companion in _COMPANIONS:
        path.with_name(path.name + companion).unlink(missing_ok=True)


def key_note(path: Path) -> Path:
    """The file beside `path` that names its key by its id."""
    return path.with_name(path.name + ".key-id")


def noted_key_id(path: Path) -> str | None:
    """The id of the key the file was made with; None where nobody noted it."""
    note = key_note(path)
    return note.read_text().strip() or None if note.is_file() else None


def note_key_id(path: Path, key: str) -> None:
    """Write the id of the file's key beside it: whole or not at all."""
    note = key_note(path)
    fresh = note.with_name(note.name + ".new")
    with fresh.open("w") as file:
        file.write(key_id(key))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(note)


def restrict(path: Path) -> None:
    """Only the user of the machine may read the file and its companions."""
    for companion in _COMPANIONS:
        part = path.with_name(path.name + companion)
        if part.exists():
            part.chmod(0o600)


def _drop_oldest(path: Path) -> None:
    found = sorted(path.parent.glob(f"{path.name}.set-aside-*"))
    names = sorted({name.name.removesuffix("-wal").removesuffix("-shm") for name in found})
    names = [name for name in names if not name.endswith(".key-id")]
    for name in names[:-_SET_ASIDE_KEPT]:
        delete(path.with_name(name))
        key_note(path.with_name(name)).unlink(missing_ok=True)
