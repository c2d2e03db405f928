"""The store as the rest of the desk sees it: five parts over two files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.store import files
from app.store.cache import Cache
from app.store.customers import Customers
from app.store.database import Database
from app.store.desk_tables import METADATA
from app.store.drafts import Drafts
from app.store.faults import FaultKind, StoreFault, sentence_of
from app.store.keychain import Keychain
from app.store.leases import Leases
from app.store.moments import Clock, utc_now
from app.store.opening import Notice, in_memory, open_cache, open_desk, secret_for
from app.store.outbox import Outbox
from app.store.preferences import Preferences
from app.store.records import Conventions
from app.store.search import Search

_DESK_FILE = "desk.db"
_CACHE_FILE = "cache.db"


@dataclass(frozen=True, slots=True)
class Store:
    """Everything the desk keeps. Every part may be used from any thread.

    `why_memory` says why nothing is kept on disk, None where it is; `notices` are to be shown
    once.
    """

    search: Search
    customers: Customers
    cache: Cache
    drafts: Drafts
    outbox: Outbox
    leases: Leases
    preferences: Preferences
    desk_database: Database
    cache_database: Database
    notices: tuple[Notice, ...] = ()
    why_memory: FaultKind | None = None

    @property
    def durable(self) -> bool:
        """Whether what is saved survives the end of the program."""
        return self.why_memory is None

    @property
    def why(self) -> str | None:
        """One sentence for the agent on why nothing is kept; None where it is."""
        return None if self.why_memory is None else sentence_of(self.why_memory)

    def carry_over(self, into: Store) -> int:
        """Write the work of this store into another, once the keychain is unlocked.

        What the other already has stays as it is. Returns how many rows were written.
        """
        rows = {}
        with self.desk_database.read() as connection:
            for table in METADATA.sorted_tables:
                rows[table] = [dict(row) for row in connection.execute(table.select()).mappings()]
        written = 0
        with into.desk_database.write() as connection:
            for table, found in rows.items():
                for row in found:
                    row.pop("place", None)  # the order of commands is the other store's to give
                    insert = table.insert().prefix_with("OR IGNORE")
                    written += connection.execute(insert.values(row)).rowcount
        return written

    def close(self) -> None:
        """Let go of both files and forget the keys; safe to call twice."""
        self.cache_database.close()
        self.desk_database.close()


def open_store(
    folder: Path,
    user: str,
    keychain: Keychain,
    *,
    conventions: Conventions | None = None,
    clock: Clock = utc_now,
) -> Store:
    """The store of one user in one profile's folder; never fails.

    Where nothing can be kept on disk (no keychain, a locked one, no access, a full disk, a file
    of a newer Jackfield) it lives in memory and says why; files on disk are then untouched.
    """
    ways = conventions or Conventions()
    try:
        keychain.check()
        return _on_disk(folder, user, keychain, ways, clock)
    except StoreFault as fault:
        desk, cache = in_memory()
        return _joined(desk, cache, ways, clock, why_memory=fault.kind)


def wipe(folder: Path, user: str, keychain: Keychain) -> None:
    """Forget everything of this user: first the keys, so that no copy of a file can be read.

    The store must be closed. Raises StoreFault where the keychain cannot be reached; the files
    are deleted all the same.
    """
    home = files.user_folder(folder, user)
    try:
        for name in (_DESK_FILE, _CACHE_FILE):
            secret = secret_for(folder.name, home, Path(name).stem, user)
            keychain.delete(secret.service, secret.user)
    finally:
        for path in sorted(home.glob("*")) if home.is_dir() else []:
            path.unlink()
        if home.is_dir():
            home.rmdir()


def _on_disk(folder: Path, user: str, keychain: Keychain, ways: Conventions, clock: Clock) -> Store:
    home, now = files.user_folder(folder, user), clock()
    with files.os_errors_as_faults():
        files.prepare(home)
    with files.os_errors_as_faults(), files.one_at_a_time(home):
        desk_secret = secret_for(folder.name, home, "desk", user)
        desk = open_desk(home / _DESK_FILE, desk_secret, keychain, now)
        try:
            cache_secret = secret_for(folder.name, home, "cache", user)
            cache = open_cache(home / _CACHE_FILE, cache_secret, keychain, now)
        except StoreFault:
            desk.database.close()
            raise
    notices = tuple(notice for notice in (desk.notice, cache.notice) if notice)
    return _joined(desk.database, cache.database, ways, clock, notices=notices)


def _joined(
    desk: Database,
    cache: Database,
    ways: Conventions,
    clock: Clock,
    *,
    notices: tuple[Notice, ...] = (),
    why_memory: FaultKind | None = None,
) -> Store:
    return Store(
        search=Search(cache, ways),
        customers=Customers(cache, ways, clock),
        cache=Cache(cache, clock),
        drafts=Drafts(desk, clock),
        outbox=Outbox(desk, clock),
        leases=Leases(desk),
        preferences=Preferences(desk),
        desk_database=desk,
        cache_database=cache,
        notices=notices,
        why_memory=why_memory,
    )
