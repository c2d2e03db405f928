"""The tables of billing accounts and of how bills may be made."""

from __future__ import annotations

import sqlalchemy as sa

from backend.database import all_rows
from backend.rest.tables import document_table

BILLING_ACCOUNT = document_table(
    "billing_account",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("account_type", sa.Text),
)

BILLING_CYCLE_SPECIFICATION = document_table(
    "billing_cycle_specification", sa.Column("name", sa.Text, nullable=False)
)
BILL_FORMAT = document_table("bill_format", sa.Column("name", sa.Text, nullable=False))
BILL_PRESENTATION_MEDIA = document_table(
    "bill_presentation_media", sa.Column("name", sa.Text, nullable=False)
)


def payment_statuses(connection: sa.Connection, customer_id: str) -> set[str | None]:
    rows = all_rows(
        connection,
        "SELECT document->>'paymentStatus' FROM billing_account WHERE customer_id = %s",
        customer_id,
    )
    return {status for (status,) in rows}


def ids_of_customer(connection: sa.Connection, customer_id: str) -> list[str]:
    query = sa.select(BILLING_ACCOUNT.c.id).where(BILLING_ACCOUNT.c.customer_id == customer_id)
    return list(connection.scalars(query.order_by(BILLING_ACCOUNT.c.id)))
