"""The table of customers."""

from __future__ import annotations

import sqlalchemy as sa

from backend.rest.tables import document_table

CUSTOMER = document_table(
    "customer",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("individual_id", sa.Text, sa.ForeignKey("individual.id")),
    sa.Column("organization_id", sa.Text, sa.ForeignKey("organization.id")),
    sa.Column("reseller", sa.Text, nullable=False),
)


def of_reseller(reseller: str) -> sa.Select[str]:
    """The ids of a reseller's customers, for use inside other queries."""
    return sa.select(CUSTOMER.c.id).where(CUSTOMER.c.reseller == reseller)
