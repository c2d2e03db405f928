"""One PostgreSQL database: its engine and its transactions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

LONGEST_READ = "5s"
"""A statement that only reads is ended after this time; nobody waits longer for an answer."""

_IDLE_SINCE = "idle since"
_SURELY_ALIVE = 1.0  # seconds a connection may lie idle and be taken for alive

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Database:
    """Hands out connections of one PostgreSQL database.

    `url` is a libpq URL (`postgresql://…`); any number of processes may share one database.
    `reading` is a pool of its own: its statements need no transaction around them, so a read is
    one journey to the database, and what is prepared there is not forgotten by a rollback.
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine = _engine(url, pool_size)
        self.reading = _engine(url, pool_size, isolation_level="AUTOCOMMIT")
        sa.event.listen(self.reading, "connect", _bound_to_read)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end, rolled back by any error."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection for reading, statement by statement; PostgreSQL refuses to write on it."""
        with self.reading.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A connection for reads that belong together: every statement sees the same moment."""
        options: dict[str, Any] = {
            "isolation_level": "REPEATABLE READ",
            "postgresql_readonly": True,
        }
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self.engine.dispose()
        self.reading.dispose()


def _engine(url: str, pool_size: int, **options: Any) -> sa.Engine:
    engine = sa.create_engine(
        sa.make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=pool_size,
        skip_autocommit_rollback=True,
        **options,
    )
    _look_after_the_idle(engine)
    return engine


def _bound_to_read(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("SET default_transaction_read_only = on")
    cursor.execute(f"SET statement_timeout = '{LONGEST_READ}'")
    cursor.close()


def _look_after_the_idle(engine: sa.Engine) -> None:
    """A connection that lay idle is tried before it is handed out, and replaced if it is gone.

    One that was in use a moment ago is not: asking each time is a journey for every request.
    A database that just went away costs one failed request, after which the pool begins anew.
    """

    @sa.event.listens_for(engine, "checkin")
    def put_back(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_IDLE_SINCE] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _given: object) -> None:
        if time.monotonic() - record.info.get(_IDLE_SINCE, time.monotonic()) < _SURELY_ALIVE:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise sa.exc.InvalidatePoolError from error


def raw(connection: sa.Connection) -> psycopg.Connection[tuple[object, ...]]:
    """The psycopg connection inside, for what must join its transaction (jobs, COPY)."""
    inner = connection.connection.driver_connection
    if not isinstance(inner, psycopg.Connection):
        raise TypeError("not a connection to PostgreSQL")
    return inner


def first_row(connection: sa.Connection, statement: str, *values: object) -> tuple[Any, ...] | None:
    """The first row of a statement with `%s` places, by psycopg itself.

    For the hottest reads: what SQLAlchemy adds to them takes longer than the read.
    """
    return next(iter(all_rows(connection, statement, *values)), None)


def all_rows(connection: sa.Connection, statement: str, *values: object) -> list[tuple[Any, ...]]:
    """The same of all rows."""
    try:
        return raw(connection).execute(statement.encode(), values).fetchall()
    except psycopg.OperationalError as error:
        if raw(connection).closed:
            connection.invalidate(error)
        raise sa.exc.OperationalError(statement, values, error) from error
