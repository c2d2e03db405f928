"""The database: migrated, transactional, shared."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy as sa

from backend.database import Database, first_row, raw
from backend.migrations.upgrade import upgrade


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE leftover (id int)"))
        _ = 1 / 0
    with database.read() as connection:
        assert not sa.inspect(connection).has_table("leftover")


def test_migrating_twice_changes_nothing(database: Database) -> None:
    upgrade(database)
    with database.read() as connection:
        assert sa.inspect(connection).has_table("procrastinate_jobs")


def test_the_driver_connection_joins_the_transaction(database: Database) -> None:
    with database.begin() as connection:
        raw(connection).execute("CREATE TABLE inside (id int)")
        assert sa.inspect(connection).has_table("inside")


def test_nothing_is_written_where_one_only_reads(database: Database) -> None:
    with database.read() as connection, pytest.raises(sa.exc.InternalError, match="read-only"):
        connection.execute(sa.text("CREATE TABLE leftover (id int)"))


def test_every_read_of_a_snapshot_sees_the_same_moment(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE seen (id int)"))
    count = sa.text("SELECT count(*) FROM seen")
    with database.snapshot() as reading:
        assert reading.scalar(count) == 0
        with database.begin() as connection:
            connection.execute(sa.text("INSERT INTO seen VALUES (1)"))
        assert reading.scalar(count) == 0
    with database.snapshot() as reading:
        assert reading.scalar(count) == 1


def test_a_row_read_directly_is_one_in_the_same_transaction(database: Database) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE inside AS SELECT 7 AS id"))
        assert first_row(connection, "SELECT id FROM inside WHERE id = %s", 7) == (7,)
        assert first_row(connection, "SELECT id FROM inside WHERE id = %s", 8) is None


def test_a_lost_connection_is_replaced_after_a_direct_read(database: Database) -> None:
    with database.read() as connection, pytest.raises(sa.exc.OperationalError):
        with psycopg.connect(database.url, autocommit=True) as other:
            pid = raw(connection).info.backend_pid
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        first_row(connection, "SELECT %s::int", 1)
    with database.read() as connection:
        assert first_row(connection, "SELECT %s::int", 1) == (1,)
