"""Copies what can still be read of a damaged desk.db into a new file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from app.store.database import Database
from app.store.desk_tables import METADATA

_MOST_PROBES = 100_000
_Row = Sequence[Any]


def salvage(damaged: Any, fresh: Database) -> int:
    """Copy every readable row; returns how many. `damaged` is a raw connection to the old file.

    A row is only taken when its page carries its seal, so nothing false is brought along.
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


def _columns(damaged: Any, table: sa.Table) -> list[str]:
    """The columns both files have; none where the old file's list cannot be read."""
    try:
        found = [row[1] for row in damaged.execute(f"PRAGMA table_info({table.name})")]
    except dbapi2.Error:
        return []
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


def _rows(damaged: Any, table: str, columns: Sequence[str]) -> Iterator[_Row]:
    """Rows from the front up to the damage, from the back up to it, and singly in between."""
    select = f"SELECT rowid, {', '.join(columns)} FROM {table} "  # noqa: S608  # names of our own tables
    first_bad = last_bad = None
    for row in _until_error(damaged, select + "ORDER BY rowid"):
        first_bad = row[0] + 1
        yield row[1:]
    for row in _until_error(damaged, select + "ORDER BY rowid DESC"):
        last_bad = row[0] - 1
        if first_bad is not None and row[0] < first_bad:
            return
        yield row[1:]
    if last_bad is None:
        return
    begin = max(first_bad or 1, last_bad - _MOST_PROBES)
    for rowid in range(begin, last_bad + 1):
        for row in _until_error(damaged, f"{select}WHERE rowid = {rowid:d}"):
            yield row[1:]


def _until_error(damaged: Any, query: str) -> Iterator[_Row]:
    try:
        cursor = damaged.execute(query)
        while (row := cursor.fetchone()) is not None:
            yield row
    except dbapi2.Error:
        return
