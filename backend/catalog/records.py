"""The tables of the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.database import METADATA
from backend.rest.tables import document_table

CATALOG = document_table("catalog", sa.Column("name", sa.Text, nullable=False))
CATEGORY = document_table("category", sa.Column("name", sa.Text, nullable=False))
PRODUCT_SPECIFICATION = document_table(
    "product_specification",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
)
PRODUCT_OFFERING = document_table(
    "product_offering",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
    sa.Column("category_id", sa.Text, sa.ForeignKey("category.id")),
    sa.Column("specification_id", sa.Text, sa.ForeignKey("product_specification.id")),
)
PRODUCT_OFFERING_PRICE = document_table(
    "product_offering_price",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
    sa.Column("price_type", sa.Text),
)
CATALOGUE_VERSION = sa.Table(
    "catalogue_version",
    METADATA,
    sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("published", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_by", sa.Text, nullable=False),
    sa.Column("rules", JSONB, nullable=False),
    sa.Column("specifications", JSONB, nullable=False),
    sa.Column("prices", JSONB, nullable=False),
)


def newest(connection: sa.Connection) -> int | None:
    """The number of the version in force; None before the first is published."""
    number: int | None = connection.scalar(sa.select(sa.func.max(CATALOGUE_VERSION.c.number)))
    return number


def version(connection: sa.Connection, number: int) -> sa.Row[Any]:
    query = sa.select(CATALOGUE_VERSION).where(CATALOGUE_VERSION.c.number == number)
    return connection.execute(query).one()


def publish(
    connection: sa.Connection,
    *,
    rules: dict[str, Any],
    specifications: dict[str, Any],
    prices: dict[str, Any],
    at: datetime,
    by: str,
) -> int:
    """Put a new version in force; returns its number."""
    insert = CATALOGUE_VERSION.insert().values(
        published=at, published_by=by, rules=rules, specifications=specifications, prices=prices
    )
    number: int = connection.execute(insert.returning(CATALOGUE_VERSION.c.number)).scalar_one()
    return number
