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


def reseller(connection: sa.Connection, customer: str) -> str | None:
    """Whose customer it is; None when there is no such customer."""
    found: str | None = connection.scalar(
        sa.select(CUSTOMER.c.reseller).where(CUSTOMER.c.id == customer)
    )
    return found


def of_reseller(reseller: str) -> sa.Select[str]:
    """The ids of a reseller's customers, for use inside other queries."""
    return sa.select(CUSTOMER.c.id).where(CUSTOMER.c.reseller == reseller)
