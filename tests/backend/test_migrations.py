"""Migrations: how a database compares with this program."""

from __future__ import annotations

import sqlalchemy as sa

from backend.database import Database
from backend.migrations.upgrade import Schema, schema, upgrade


def set_heads(database: Database, *heads: str) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("DELETE FROM alembic_version"))
        for head in heads:
            statement = sa.text("INSERT INTO alembic_version VALUES (:head)")
            connection.execute(statement, {"head": head})


def test_a_migrated_database_is_current(database: Database) -> None:
    assert schema(database) is Schema.CURRENT
    upgrade(database)
    assert schema(database) is Schema.CURRENT


def test_a_database_without_any_migration_is_behind(database: Database) -> None:
    set_heads(database)
    assert schema(database) is Schema.BEHIND


def test_a_database_with_some_of_them_is_behind(database: Database) -> None:
    set_heads(database, "0004")
    assert schema(database) is Schema.BEHIND


def test_a_database_with_one_we_do_not_know_is_newer(database: Database) -> None:
    set_heads(database, "0004", "9999")
    assert schema(database) is Schema.NEWER
