"""Number leases: which telephone numbers the server holds for which draft, and until when."""

from __future__ import annotations

from datetime import datetime

import msgspec
import sqlalchemy as sa

from app.store.database import Database
from app.store.desk_tables import LEASE
from app.store.moments import from_text, to_text


class Lease(msgspec.Struct, frozen=True):
    """The server keeps `number` for the draft until `until`, by the server's clock."""

    number: str
    draft: str
    until: datetime


class Leases:
    """Remembers holds across a restart, so that none is left to block a number for nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, lease: Lease) -> None:
        """Note a hold, or that it was prolonged."""
        values = {"draft": lease.draft, "until": to_text(lease.until)}
        with self._database.write() as connection:
            changed = connection.execute(
                LEASE.update().where(LEASE.c.number == lease.number).values(values)
            )
            if not changed.rowcount:
                connection.execute(LEASE.insert().values(number=lease.number, **values))

    def drop(self, number: str) -> None:
        with self._database.write() as connection:
            connection.execute(LEASE.delete().where(LEASE.c.number == number))

    def of(self, draft_id: str) -> tuple[Lease, ...]:
        """The draft's holds, also those that have run out, by number."""
        query = sa.select(LEASE).where(LEASE.c.draft == draft_id).order_by(LEASE.c.number)
        with self._database.read() as connection:
            return tuple(
                Lease(row.number, row.draft, from_text(row.until))
                for row in connection.execute(query)
            )
