"""The tables of individuals and organizations."""

from __future__ import annotations

import sqlalchemy as sa

from backend.rest.tables import document_table

INDIVIDUAL = document_table(
    "individual",
    sa.Column("given_name", sa.Text, nullable=False),
    sa.Column("family_name", sa.Text, nullable=False),
    sa.Column("birth_date", sa.Date),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reseller", sa.Text, nullable=False),
)

ORGANIZATION = document_table(
    "organization",
    sa.Column("trading_name", sa.Text, nullable=False),
    sa.Column("name", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("reseller", sa.Text, nullable=False),
)


def kind_of(connection: sa.Connection, identity: str) -> str | None:
    """`Individual` or `Organization`, or None when no party has this id."""
    individual = sa.select(sa.literal("Individual")).where(INDIVIDUAL.c.id == identity)
    organization = sa.select(sa.literal("Organization")).where(ORGANIZATION.c.id == identity)
    kind: str | None = connection.scalar(individual.union_all(organization).limit(1))
    return kind
