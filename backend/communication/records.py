"""The table of messages, and the lock that lets one process at a time send a message."""

from __future__ import annotations

import sqlalchemy as sa

from backend.rest.tables import document_table

MESSAGE = document_table(
    "communication_message",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("message_type", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("scheduled", sa.DateTime(timezone=True), nullable=False),
)
_SENDING = 7_204_681  # our own class of advisory locks


def newest(
    connection: sa.Connection, *where: sa.ColumnElement[bool], limit: int
) -> list[dict[str, object]]:
    """The newest messages that meet every condition."""
    query = sa.select(MESSAGE.c.document).where(*where)
    query = query.order_by(MESSAGE.c.scheduled.desc(), MESSAGE.c.id).limit(limit)
    return list(connection.scalars(query))


def wait_for_turn(connection: sa.Connection, message_id: str) -> None:
    """Until this transaction ends nobody else sends this message; a dead process lets go."""
    number = sa.func.hashtext(message_id)
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_SENDING, number)))
