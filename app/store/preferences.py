"""Preferences of one user that must survive: each a name and a JSON value."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from app.store.database import Database
from app.store.desk_tables import PREFERENCE


class Preferences:
    """What the user chose, kept beside the drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: Any = None) -> Any:
        """The value as `put` was given it; `default` where nothing was."""
        query = sa.select(PREFERENCE.c.value).where(PREFERENCE.c.name == name)
        with self._database.read() as connection:
            stored = connection.execute(query).scalar_one_or_none()
        return default if stored is None else msgspec.json.decode(stored)

    def put(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        encoded = msgspec.json.encode(value)
        with self._database.write() as connection:
            changed = connection.execute(
                PREFERENCE.update().where(PREFERENCE.c.name == name).values(value=encoded)
            )
            if not changed.rowcount:
                connection.execute(PREFERENCE.insert().values(name=name, value=encoded))
