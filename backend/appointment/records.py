"""The tables of visits and of questions for free times, and their queries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.rest.tables import document_table

_TIME = sa.DateTime(timezone=True)

APPOINTMENT = document_table(
    "appointment",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("order_id", sa.Text, sa.ForeignKey("product_order.id")),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("starts", _TIME, nullable=False),
    # under what the engineers' calendar knows it
    sa.Column("booking", sa.Text, nullable=False),
)

SEARCH_TIME_SLOT = document_table(
    "search_time_slot",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("status", sa.Text, nullable=False),
)


def of_order(connection: sa.Connection, order: str) -> list[dict[str, Any]]:
    query = sa.select(APPOINTMENT.c.document).where(APPOINTMENT.c.order_id == order)
    return list(connection.scalars(query.order_by(APPOINTMENT.c.starts, APPOINTMENT.c.id)))


def booking(connection: sa.Connection, appointment: str) -> str:
    query = sa.select(APPOINTMENT.c.booking).where(APPOINTMENT.c.id == appointment)
    return str(connection.scalar(query))


def held_since(connection: sa.Connection, moment: datetime, most: int) -> list[tuple[str, str]]:
    """Visits (with their bookings) that wait for an order since before `moment`."""
    table = APPOINTMENT.c
    query = sa.select(table.id, table.booking).where(
        table.status == "initialized", table.last_update < moment
    )
    return [(row[0], row[1]) for row in connection.execute(query.limit(most))]


def forget_searches_before(connection: sa.Connection, moment: datetime, most: int) -> int:
    """Delete at most so many answered questions older than `moment`; returns how many."""
    table = SEARCH_TIME_SLOT
    old = sa.select(table.c.id).where(table.c.last_update < moment).limit(most)
    return connection.execute(sa.delete(table).where(table.c.id.in_(old))).rowcount
