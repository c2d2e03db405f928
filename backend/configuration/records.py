"""The tables of configurations that were asked about and checked."""

from __future__ import annotations

import sqlalchemy as sa

from backend.rest.tables import document_table


def _table(name: str) -> sa.Table:
    return document_table(
        name,
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    )


QUERY = _table("query_product_configuration")
CHECK = _table("check_product_configuration")
