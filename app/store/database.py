"""One encrypted SQLite file, or memory where nothing may be kept: connections and transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app.store.faults import FaultKind, StoreFault, fault_of

_BUSY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Tuning:
    """How a file trades speed for safety; `page_cache` is in MB for each connection."""

    synchronous: str
    page_cache: int
    connections: int


CACHE = Tuning(synchronous="NORMAL", page_cache=64, connections=3)
DESK = Tuning(synchronous="FULL", page_cache=8, connections=3)


class Database:
    """Hands out connections to one file; usable from any thread.

    `key` is the raw key, 64 hexadecimal digits; `path` None keeps everything in memory, on one
    connection that the threads take in turn. Errors of SQLite come out as StoreFault.
    """

    def __init__(self, path: Path | None, key: str, tuning: Tuning) -> None:
        self.path = path
        self._key = key
        self._tuning = tuning
        self._closed = False
        self._renewing = threading.Lock()
        self._on_damage: Callable[[], None] | None = None
        self._engine = self._make_engine()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection on which everything read belongs to one moment."""
        with self._connection("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction that holds the file's write lock: kept at the end, undone by an error."""
        with self._connection("BEGIN IMMEDIATE") as connection:
            yield connection
            with _as_faults():
                connection.commit()

    @contextmanager
    def outside(self) -> Iterator[sa.Connection]:
        """A connection without a transaction, for PRAGMA and the like."""
        with self._connection(None) as connection:
            yield connection

    def heal_by(self, renew: Callable[[], None]) -> None:
        """Call `renew` when the file is found damaged; the caller gets CACHE_DAMAGED."""
        self._on_damage = renew

    def replace_file(self, put_in_place: Callable[[], None]) -> None:
        """Let go of the file, let `put_in_place` change it, and open what is there then."""
        self._engine.dispose()
        put_in_place()
        self._engine = self._make_engine()

    def close(self) -> None:
        """Let go of the file and forget the key; safe to call twice."""
        self._closed = True
        self._key = ""
        self._engine.dispose()

    @contextmanager
    def _connection(self, begin: str | None) -> Iterator[sa.Connection]:
        if self._closed:
            raise StoreFault(FaultKind.BROKEN, "the store is closed")
        engine = self._engine
        try:
            with _as_faults(), engine.connect() as connection:
                if begin:
                    connection.exec_driver_sql(begin)
                yield connection
        except StoreFault as fault:
            if fault.kind is FaultKind.DAMAGED and self._on_damage is not None:
                self._heal(engine, self._on_damage)
                raise StoreFault(FaultKind.CACHE_DAMAGED, str(fault)) from fault
            raise

    def _heal(self, damaged: sa.Engine, renew: Callable[[], None]) -> None:
        with self._renewing:
            if self._engine is damaged:  # the first thread to see the damage puts it right
                renew()

    def _make_engine(self) -> sa.Engine:
        # The key stays out of the URL, and so out of every log line and repr. One connection
        # only in memory: a second would be another, empty database.
        return sa.create_engine(
            "sqlite://",
            module=dbapi2,
            creator=self._connect,
            poolclass=sa.pool.QueuePool,
            pool_size=1 if self.path is None else self._tuning.connections,
            max_overflow=0,
            pool_use_lifo=True,  # the connection last used has the warmest pages
            pool_timeout=60,
        )

    def _connect(self) -> Any:
        return connect(self.path, self._key, self._tuning)


def connect(path: Path | None, key: str, tuning: Tuning) -> Any:
    """A raw connection in autocommit, as the engine and the benchmarks use it."""
    target = ":memory:" if path is None else str(path)
    connection = dbapi2.connect(
        target, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None
    )
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        if path is not None:
            connection.execute(f"PRAGMA key=\"x'{key}'\"")
        # cipher_memory_security stays off: it wipes and locks every allocation of the process
        # and makes a search ten times slower; SQLCipher wipes its keys without it.
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={tuning.synchronous}",
            "checkpoint_fullfsync=ON",
            "temp_store=MEMORY",
            "secure_delete=ON",
            "foreign_keys=ON",
            f"cache_size=-{tuning.page_cache * 1024}",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _as_faults() -> Iterator[None]:
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        fault = fault_of(error)
        if fault.kind is FaultKind.BROKEN:
            raise  # a mistake of ours: it keeps its own words
        raise fault from error
    except sa.exc.TimeoutError as error:
        raise StoreFault(FaultKind.BUSY, "every connection is taken") from error
