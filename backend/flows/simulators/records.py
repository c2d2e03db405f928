"""What the simulated systems keep: calls by their key, and their dials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from backend.database import METADATA

_TIME = sa.DateTime(timezone=True)

CALL = sa.Table(
    "simulated_call",
    METADATA,
    sa.Column("system", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("operation", sa.Text, nullable=False),
    sa.Column("body", JSONB, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False, server_default="1"),
    # empty as long as the system has not heard: the work is done once, when it hears
    sa.Column("ready", _TIME),
    sa.Column("refused", sa.Boolean, nullable=False, server_default=sa.false()),
    # what it brought, where the system keeps something itself
    sa.Column("result", JSONB),
)

DIAL = sa.Table(
    "simulated_dial",
    METADATA,
    sa.Column("system", sa.Text, primary_key=True),
    sa.Column("operation", sa.Text, primary_key=True),
    sa.Column("delay", sa.Interval, nullable=False),
    sa.Column("unheard", sa.Float, nullable=False, server_default="0"),
    sa.Column("unanswered", sa.Float, nullable=False, server_default="0"),
    sa.Column("refused", sa.Float, nullable=False, server_default="0"),
)


def ask(
    connection: sa.Connection, system: str, key: str, operation: str, body: Mapping[str, Any]
) -> sa.Row[Any]:
    """The call with this key, its try counted, kept from others until the transaction ends."""
    values = {"system": system, "key": key, "operation": operation, "body": dict(body)}
    added = insert(CALL).values(**values)
    counted = added.on_conflict_do_update(
        index_elements=[CALL.c.system, CALL.c.key], set_={"asked": CALL.c.asked + 1}
    )
    return connection.execute(counted.returning(*CALL.c)).one()


def hear(
    connection: sa.Connection,
    system: str,
    key: str,
    ready: datetime,
    *,
    refused: bool,
    result: Mapping[str, Any] | None = None,
) -> sa.Row[Any]:
    """The work of a call is done, or refused; the call as it now stands."""
    one = sa.and_(CALL.c.system == system, CALL.c.key == key)
    values = {"ready": ready, "refused": refused, "result": result}
    heard = sa.update(CALL).where(one).values(**values).returning(*CALL.c)
    return connection.execute(heard).one()


def dial(connection: sa.Connection, system: str, operation: str) -> sa.Row[Any] | None:
    query = sa.select(DIAL).where(DIAL.c.system == system, DIAL.c.operation == operation)
    return connection.execute(query).one_or_none()


def dials(connection: sa.Connection) -> dict[tuple[str, str], sa.Row[Any]]:
    """The dials that were ever turned, by system and operation."""
    return {(row.system, row.operation): row for row in connection.execute(sa.select(DIAL))}


def set_dial(
    connection: sa.Connection, system: str, operation: str, delay: timedelta, **rates: float
) -> None:
    """Turn a dial; rates that are not given are 0."""
    values = {"delay": delay, "unheard": 0.0, "unanswered": 0.0, "refused": 0.0, **rates}
    added = insert(DIAL).values(system=system, operation=operation, **values)
    connection.execute(
        added.on_conflict_do_update(index_elements=[DIAL.c.system, DIAL.c.operation], set_=values)
    )


def heard(connection: sa.Connection, system: str) -> list[sa.Row[Any]]:
    """The calls that a system has done or refused."""
    query = sa.select(CALL).where(CALL.c.system == system, CALL.c.ready.is_not(None))
    return list(connection.execute(query.order_by(CALL.c.ready, CALL.c.key)))
