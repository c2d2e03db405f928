"""Migrations: how a database compares with this program."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import backend.start  # noqa: F401 - knows every noun's tables
from backend.database import METADATA, Database
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


ASKED_BY_NOBODY = {
    "fk_creation_message_customer_id_customer",
    "fk_creation_message_order_id_product_order",
}
"""A creation's messages are read by its command, and who was created is not deleted."""


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Neither the queue's own tables nor the list of migrations."""
    return kind != "table" or not str(name).startswith(("procrastinate_", "alembic_"))


def bound(change: tuple[Any, ...]) -> tuple[str, ...]:
    """What a constraint binds; its name and what a delete does are the migrations' business."""
    constraint = change[1]
    targets = [one.target_fullname for one in getattr(constraint, "elements", ())]
    return (
        change[0].partition("_")[2],
        constraint.table.name,
        *constraint.columns.keys(),
        *targets,
    )


def test_the_migrations_make_exactly_the_tables_that_the_code_reads(database: Database) -> None:
    """Tables, columns, types, nulls, keys and uniqueness; indexes are only in the migrations."""
    with database.read() as connection:
        options = {"include_name": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        found = [one for one in compare_metadata(context, METADATA) if one[0] != "remove_index"]
    kinds = ("constraint", "fk")
    added = {bound(one) for one in found if one[0] in {f"add_{kind}" for kind in kinds}}
    removed = {bound(one) for one in found if one[0] in {f"remove_{kind}" for kind in kinds}}
    assert added == removed
    assert [one for one in found if not str(one[0]).endswith(kinds)] == []


def test_every_foreign_key_can_be_looked_up_by_an_index(
    database: Database,
) -> None:
    """Else deleting what is referred to reads whole tables."""
    inspector = sa.inspect(database.engine)
    missing: list[str] = []
    for name in inspector.get_table_names():
        if not ours(name, "table", None):
            continue
        keys: list[list[str | None]] = [[*inspector.get_pk_constraint(name)["constrained_columns"]]]
        keys += [[*one["column_names"]] for one in inspector.get_unique_constraints(name)]
        keys += [[*one["column_names"]] for one in inspector.get_indexes(name)]
        firsts = {key[0] for key in keys if key}
        missing += [
            str(foreign["name"])
            for foreign in inspector.get_foreign_keys(name)
            if foreign["constrained_columns"][0] not in firsts
            and foreign["name"] not in ASKED_BY_NOBODY
        ]
    assert missing == []
