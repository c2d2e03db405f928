"""Which notices were given already: the same one asked for twice is given once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA

NOTICE = sa.Table(
    "notice",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("result", sa.Text),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)


def claim(connection: sa.Connection, key: str, now: datetime) -> str | None:
    """None when `key` is new and now this transaction's; else what was made for it.

    Whoever claims the same key meanwhile waits until this transaction ends.
    """
    claimed = insert(NOTICE).values(key=key, created=now).on_conflict_do_nothing()
    if connection.execute(claimed.returning(NOTICE.c.key)).one_or_none() is not None:
        return None
    query = sa.select(NOTICE.c.result).where(NOTICE.c.key == key)
    return str(connection.execute(query).scalar_one())


def keep(connection: sa.Connection, key: str, result: str) -> None:
    """What was made for a claimed key."""
    connection.execute(sa.update(NOTICE).where(NOTICE.c.key == key).values(result=result))
