"""The audit trail: who did or saw what; rows are only ever added, and chained by hash."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.database import METADATA
from backend.logs import request_id

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("seq", sa.BigInteger, primary_key=True, server_default=sa.FetchedValue()),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("actor", sa.Text),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text),
    sa.Column("subject", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("details", JSONB, nullable=False),
    sa.Column("request_id", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("previous", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

_FIRST_BROKEN = sa.text("""
    SELECT min(seq) FROM (
        SELECT seq, hash = audit_hash(audit) AS whole,
               previous = lag(hash, 1, ''::bytea) OVER chain AS chained,
               seq = lag(seq, 1, 0::bigint) OVER chain + 1 AS gapless
        FROM audit WINDOW chain AS (ORDER BY seq)
    ) row WHERE NOT (whole AND chained AND gapless)
""")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail.

    `actor` is a user id (None: nobody signed in), `action` a name such as `sign-in.refused`,
    `subject` the id of what it was done to, `details` ids and names of fields, never values.
    """

    action: str
    actor: str | None = None
    customer_id: str | None = None
    subject: str | None = None
    reason: str | None = None
    address: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def record(connection: sa.Connection, entry: Entry) -> None:
    """Add a line inside the caller's transaction, as late in it as can be.

    Writers wait for each other from here to their commit: the chain has one end.
    """
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    connection.execute(
        sa.insert(AUDIT).values(at=sa.func.clock_timestamp(), request_id=request_id(), **values)
    )


def count(connection: sa.Connection, action: str, *, customer_id: str, within: timedelta) -> int:
    """How often that was noted of a customer until now, no longer ago than `within`."""
    query = sa.select(sa.func.count()).where(
        AUDIT.c.customer_id == customer_id,
        AUDIT.c.action == action,
        AUDIT.c.at > sa.func.clock_timestamp() - within,
    )
    return connection.scalar(query) or 0


def count_by(connection: sa.Connection, action: str, *, actor: str, within: timedelta) -> int:
    """How often that was noted of somebody's doings, no longer ago than `within`."""
    query = sa.select(sa.func.count()).where(
        AUDIT.c.actor == actor,
        AUDIT.c.action == action,
        AUDIT.c.at > sa.func.clock_timestamp() - within,
    )
    return connection.scalar(query) or 0


def first_broken(connection: sa.Connection) -> int | None:
    """The first line that was changed, or before which one is missing; None if all is whole."""
    found: int | None = connection.scalar(_FIRST_BROKEN)
    return found
