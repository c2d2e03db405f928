"""Opens the files with their keys; what cannot be opened is set aside, never overwritten."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.store import cache_tables, files
from app.store.database import CACHE, DESK, Database, connect
from app.store.faults import FaultKind, StoreFault, fault_of, sentence_of
from app.store.keychain import Keychain
from app.store.migrations import migrate
from app.store.salvage import salvage

_KEY_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the agent should know: a file that was set aside, and what was saved from it."""

    kind: FaultKind
    file: str
    set_aside: Path | None = None
    salvaged: int = 0

    @property
    def sentence(self) -> str:
        return sentence_of(self.kind)


@dataclass(frozen=True, slots=True)
class Opened:
    database: Database
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """Where the keychain keeps the key of a file: each secret under a service of its own.

    (Windows moves secrets that share a service about, and not in one piece.)
    """

    service: str
    user: str


def secret_for(profile: str, home: Path, file: str, user: str) -> Secret:
    return Secret(f"jackfield/{profile}/{file}/{home.name}", user)


def open_desk(path: Path, secret: Secret, keychain: Keychain, now: datetime) -> Opened:
    """Open desk.db; whatever is wrong with the old file, it stays on disk.

    Raises StoreFault where nothing can be opened now (KEY_UNREADABLE, READ_ONLY, DISK_FULL,
    BUSY, NEWER); the file is then untouched.
    """
    key, lost = _key_for(path, secret, keychain)
    if lost:
        return _fresh_desk(path, key, now, lost)
    files.note_key_id(path, key)
    try:
        raw = connect(path, key, DESK)
    except dbapi2.Error as error:
        fault = fault_of(error)
        if fault.kind is not FaultKind.DAMAGED:
            raise fault from error
        return _fresh_desk(path, key, now, FaultKind.SALVAGED)
    with closing(raw):
        is_whole = _is_whole(raw)
    if not is_whole:
        return _salvaged_desk(path, key, now)
    return Opened(_desk(path, key))


def open_cache(path: Path, secret: Secret, keychain: Keychain, now: datetime) -> Opened:
    """Open cache.db, or a new one in its place; it heals itself when damage shows later."""
    key, lost = _key_for(path, secret, keychain)
    if lost:
        files.set_aside(path, now, keep_all=False)
    database, notice = _cache(path, key), None
    try:
        fits = _is_cache_current(database)
    except StoreFault as fault:
        if fault.kind is not FaultKind.DAMAGED:
            raise
        aside = files.set_aside(path, now, keep_all=False)
        notice, fits = Notice(FaultKind.CACHE_DAMAGED, path.name, aside), False
    if not fits:
        database.replace_file(lambda: files.delete(path))
        _fill_cache(database)
    files.note_key_id(path, key)
    files.restrict(path)
    database.heal_by(lambda: renew_cache(database))
    return Opened(database, notice)


def renew_cache(database: Database) -> None:
    """Throw the cache's file away and begin an empty one."""
    path = database.path
    if path is not None:
        with files.one_at_a_time(path.parent):
            database.replace_file(lambda: files.delete(path))
            _fill_cache(database)
        files.restrict(path)


def in_memory() -> tuple[Database, Database]:
    """A desk and a cache that leave nothing behind."""
    desk, cache = Database(None, "", DESK), Database(None, "", CACHE)
    migrate(desk)
    _fill_cache(cache)
    return desk, cache


def _key_for(path: Path, secret: Secret, keychain: Keychain) -> tuple[str, FaultKind | None]:
    """The key to open or make the file with, and why the file that is there does not fit it."""
    key = keychain.read(secret.service, secret.user)
    old = files.holds_data(path)
    if key is not None and not _is_key(key):
        raise StoreFault(FaultKind.KEY_UNREADABLE, "what the keychain holds is no key")
    if key is None:
        key = secrets.token_hex(_KEY_LENGTH // 2)
        keychain.write(secret.service, secret.user, key)
        if keychain.read(secret.service, secret.user) != key:
            raise StoreFault(FaultKind.KEY_UNREADABLE, "the key came back changed")
        return key, FaultKind.KEY_LOST if old else None
    noted = files.noted_key_id(path)
    if old and noted is not None and noted != files.key_id(key):
        return key, FaultKind.WRONG_KEY
    return key, None


def _is_key(text: str) -> bool:
    return len(text) == _KEY_LENGTH and all(letter in "0123456789abcdef" for letter in text)


def _desk(path: Path, key: str) -> Database:
    database = Database(path, key, DESK)
    migrate(database)
    files.restrict(path)
    with database.write():
        """A file that may only be read is found out now, not at the first draft."""
    return database


def _fresh_desk(path: Path, key: str, now: datetime, why: FaultKind) -> Opened:
    aside = files.set_aside(path, now, keep_all=True)
    files.note_key_id(path, key)
    return Opened(_desk(path, key), Notice(why, path.name, aside))


def _salvaged_desk(path: Path, key: str, now: datetime) -> Opened:
    """Into a new file first; only when that is whole on disk does it take the old one's place."""
    rescue = path.with_name(path.name + ".rescue")
    files.delete(rescue)
    fresh = _desk(rescue, key)
    saved = salvage(lambda: connect(path, key, DESK), fresh)
    with fresh.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    fresh.close()
    aside = files.set_aside(path, now, keep_all=True)
    rescue.replace(path)
    files.delete(rescue)
    files.note_key_id(path, key)
    return Opened(_desk(path, key), Notice(FaultKind.SALVAGED, path.name, aside, saved))


def _is_whole(raw: Any) -> bool:
    try:
        if raw.execute("PRAGMA cipher_integrity_check").fetchall():
            return False
        return [row[0] for row in raw.execute("PRAGMA quick_check")] == ["ok"]
    except dbapi2.Error as error:
        if fault_of(error).kind is FaultKind.DAMAGED:
            return False
        raise fault_of(error) from error


def _cache(path: Path, key: str) -> Database:
    return Database(path, key, CACHE)


def _is_cache_current(database: Database) -> bool:
    with database.outside() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        return bool(version == cache_tables.SCHEMA)


def _fill_cache(database: Database) -> None:
    with database.write() as connection:
        cache_tables.create(connection)
