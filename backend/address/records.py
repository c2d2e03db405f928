"""The register of addresses: its table and queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

from backend.database import first_row
from backend.rest.tables import document_table

ADDRESS = document_table(
    "address",
    sa.Column("label", sa.Text, nullable=False, unique=True),
    sa.Column("flat", sa.Text),
    sa.Column("house", sa.Text, nullable=False),
    sa.Column("house_number", sa.Integer, nullable=False),
    sa.Column("street", sa.Text, nullable=False),
    sa.Column("city", sa.Text, nullable=False),
    sa.Column("postcode", sa.Text, nullable=False),
    sa.Column("networks", ARRAY(sa.Text), nullable=False),
    sa.Column("landlord_consent", sa.Boolean, nullable=False),
    sa.Column("words", TSVECTOR, nullable=False),
)


def find(connection: sa.Connection, words: Sequence[str], limit: int) -> list[sa.Row[Any]]:
    """Addresses that have a word beginning with each of `words` (plain letters and digits only).

    A house or flat that is one of the words comes first; then by street and number.
    """
    address = ADDRESS.c
    query = sa.cast(sa.literal(" & ".join(f"'{word}':*" for word in words)), TSQUERY)
    exact = sa.or_(
        sa.func.lower(address.house).in_(words),
        sa.func.coalesce(address.flat.in_(words), sa.false()),
    )
    return list(
        connection.execute(
            sa.select(ADDRESS)
            .where(address.words.op("@@", return_type=sa.Boolean())(query))
            .order_by(
                exact.desc(),
                address.city,
                address.street,
                address.house_number,
                address.house,
                sa.func.length(address.flat).nulls_first(),
                address.flat,
            )
            .limit(limit)
        )
    )


def facts(connection: sa.Connection, address_id: str) -> tuple[list[str], bool, bool] | None:
    """The networks of an address, whether it is a flat, and whether the landlord consents."""
    row = first_row(
        connection,
        "SELECT networks, flat IS NOT NULL, landlord_consent FROM address WHERE id = %s",
        address_id,
    )
    return None if row is None else (row[0], row[1], row[2])


def by_id(connection: sa.Connection, address_id: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(ADDRESS).where(ADDRESS.c.id == address_id)).one_or_none()
