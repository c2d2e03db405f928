"""One PostgreSQL database: its engine and its transactions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

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
    """

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine = sa.create_engine(
            sa.make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=pool_size,
        )
        _look_after_the_idle(self.engine)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end, rolled back by any error."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection for reading; nothing done on it is kept."""
        with self.engine.connect() as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


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
