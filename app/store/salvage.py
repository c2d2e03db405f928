"""Copies what can still be read of a damaged desk.db into a new file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app.store.database import Database
from app.store.desk_tables import METADATA

_MOST_FAILURES = 2_000
_Row = Sequence[Any]
Open = Callable[[], Any]


def salvage(damaged: Open, fresh: Database) -> int:
    """Copy every readable row; returns how many. `damaged` opens a raw connection to the old file.

    A row is only taken when its pages carry their seals, so nothing false is brought along.
    After the first broken seal SQLCipher refuses everything on that connection: each attempt
    has its own.
    """
    copied = 0
    with fresh.write() as connection:
        for table in METADATA.sorted_tables:
            columns = _columns(damaged, table)
            if not columns:
                continue
            marks = ", ".join("?" for _ in columns)
            insert = f"INSERT OR IGNORE INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  # names of our own tables
            for row in _rows(damaged, table.name, columns):
                if _is_wanted(connection, table, columns, row):
                    copied += connection.exec_driver_sql(insert, tuple(row)).rowcount
    return copied


def _columns(damaged: Open, table: sa.Table) -> list[str]:
    """The columns both files have; none where the old file's list cannot be read."""
    found = [row[1] for row in _until_error(damaged, f"PRAGMA table_info({table.name})")]
    return [name for name in found if name in table.columns]


def _is_wanted(
    connection: sa.Connection, table: sa.Table, columns: Sequence[str], row: _Row
) -> bool:
    """A row that points to another which could not be read is left behind."""
    for key in table.foreign_keys:
        value = row[columns.index(key.parent.name)]
        target = sa.select(key.column).where(key.column == value)
        if connection.execute(target).first() is None:
            return False
    return True


def _rows(damaged: Open, table: str, columns: Sequence[str]) -> Iterator[_Row]:
    """Rows from the front up to the damage, from the back up to it, and singly in between."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table} "  # noqa: S608  # names of our own tables
    front = 0
    for row in _until_error(damaged, select + "ORDER BY rowid"):
        front = row[0]
        yield row[1:]
    back = None
    for row in _until_error(damaged, select + "ORDER BY rowid DESC"):
        if row[0] <= front:
            return  # both ends met: nothing is missing in between
        back = row[0]
        yield row[1:]
    failures = 0
    for rowid in range(front + 1, back or front):
        found = list(_until_error(damaged, f"{select}WHERE rowid = {rowid:d}"))
        yield from (row[1:] for row in found)
        failures += not found
        if failures > _MOST_FAILURES:
            return


def _until_error(damaged: Open, query: str) -> Iterator[_Row]:
    try:
        with closing(damaged()) as connection:
            cursor = connection.execute(query)
            while (row := cursor.fetchone()) is not None:
                yield row
    except dbapi2.Error:
        return
