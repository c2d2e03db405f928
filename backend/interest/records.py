"""The table of interests, and its two statements."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA

INTEREST = sa.Table(
    "interest",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("address_id", sa.Text, nullable=False),
    sa.Column("offer", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text),
    sa.Column("telephone", sa.Text),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text),
    sa.UniqueConstraint("address_id", "offer", "who"),
    sa.Index("ix_interest_customer_id", "customer_id"),
)
"""`who` tells one person from another: the customer, else how he can be reached."""


def note(connection: sa.Connection, **values: str | datetime | None) -> bool:
    """Whether it is new; the same interest of the same person is noted once."""
    statement = insert(INTEREST).values(values).on_conflict_do_nothing().returning(INTEREST.c.id)
    return connection.scalar(statement) is not None


def find(connection: sa.Connection, address_id: str, offer: str, who: str) -> sa.Row[tuple[str]]:
    """The interest of this person."""
    table = INTEREST.c
    query = sa.select(INTEREST).where(
        table.address_id == address_id, table.offer == offer, table.who == who
    )
    return connection.execute(query).one()


def keep_message(connection: sa.Connection, identity: str, message_id: str) -> None:
    statement = sa.update(INTEREST).where(INTEREST.c.id == identity)
    connection.execute(statement.values(message_id=message_id))
