"""The database: migrated, transactional, shared."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend.database import Database, raw
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
