"""The directory: one row for each customer with everything that people are found by.

The database itself keeps it, at the end of every transaction that changed something in it; see
the migration.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

from backend.database import METADATA

ENTRY = sa.Table(
    "directory_entry",
    METADATA,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), primary_key=True),
    sa.Column("reseller", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("given_name", sa.Text),
    sa.Column("family_name", sa.Text),
    sa.Column("sort_name", sa.Text, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("postcode", sa.Text),
    sa.Column("telephones", ARRAY(sa.Text), nullable=False),
    sa.Column("emails", ARRAY(sa.Text), nullable=False),
    sa.Column("order_numbers", ARRAY(sa.Text), nullable=False),
    sa.Column("iccids", ARRAY(sa.Text), nullable=False),
    sa.Column("overdue", sa.Boolean, nullable=False),
    sa.Column("words", TSVECTOR, nullable=False),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("transaction", sa.BigInteger, nullable=False),
)
MOST_COUNTED = 10_000
"""Nobody looks through more; counting on would only cost time."""

Rows = Sequence[sa.Row[Any]]


def find(
    connection: sa.Connection, text: str, limit: int, *bounds: sa.ColumnElement[bool]
) -> tuple[Rows, int]:
    """The best `limit` customers that have a word beginning with each word of `text`.

    Family names that begin with it come first. The count stops at MOST_COUNTED.
    """
    entry = ENTRY.c
    # asked first: the planner knows what a constant finds, not what a function will
    words, folded = connection.execute(
        sa.select(
            sa.cast(sa.func.directory_query(text), sa.Text),
            sa.func.directory_fold(text, *(sa.false(),) * 3),
        )
    ).one()
    if not words:
        return [], 0
    fits = entry.words.op("@@", return_type=sa.Boolean())(sa.cast(words, TSQUERY))
    by_name = entry.sort_name.startswith(folded, autoescape=True)
    rows = connection.execute(
        sa.select(ENTRY)
        .where(fits, *bounds)
        .order_by(by_name.desc(), entry.sort_name, entry.name, entry.customer_id)
        .limit(limit)
    ).all()
    if len(rows) < limit:
        return rows, len(rows)
    counted = sa.select(entry.customer_id).where(fits, *bounds).limit(MOST_COUNTED).subquery()
    return rows, int(connection.scalar(sa.select(sa.func.count()).select_from(counted)) or 0)


def page(
    connection: sa.Connection, after: str, limit: int, *bounds: sa.ColumnElement[bool]
) -> Rows:
    """Up to `limit` rows after the customer number `after`, by number."""
    query = sa.select(ENTRY).where(ENTRY.c.customer_id > after, *bounds)
    return connection.execute(query.order_by(ENTRY.c.customer_id).limit(limit)).all()


def count(connection: sa.Connection, *bounds: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(ENTRY).where(*bounds)
    return int(connection.scalar(query) or 0)


def named(connection: sa.Connection, customer_ids: Sequence[str], *bounds: Any) -> Rows:
    query = sa.select(ENTRY).where(ENTRY.c.customer_id.in_(customer_ids), *bounds)
    return connection.execute(query.order_by(ENTRY.c.sort_name)).all()
