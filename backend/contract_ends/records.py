"""Which notices were given, and which products come near the end of their term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA

NOTICE = sa.Table(
    "contract_end_notice",
    METADATA,
    sa.Column("product_id", sa.Text, sa.ForeignKey("product.id"), primary_key=True),
    sa.Column("letter", sa.Text, primary_key=True),
    sa.Column("about", sa.Date, primary_key=True),
    sa.Column("noticed", sa.DateTime(timezone=True), nullable=False),
)


def note(
    connection: sa.Connection,
    letter: str,
    about: Sequence[tuple[str, date]],
    now: datetime,
) -> frozenset[str]:
    """Note that a letter is given about products on these days; those that had none yet."""
    if not about:
        return frozenset()
    rows = [
        {"product_id": product, "letter": letter, "about": day, "noticed": now}
        for product, day in about
    ]
    statement = insert(NOTICE).values(rows).on_conflict_do_nothing()
    return frozenset(connection.scalars(statement.returning(NOTICE.c.product_id)))
