"""The table of qualifications that were asked for."""

from __future__ import annotations

import sqlalchemy as sa

from backend.rest.tables import document_table

QUALIFICATION = document_table(
    "product_offering_qualification",
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
)
