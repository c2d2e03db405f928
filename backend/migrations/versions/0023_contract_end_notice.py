"""Notices of ends of contracts: which product, which letter, about which day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_end_notice",
        sa.Column("product_id", sa.Text, sa.ForeignKey("product.id"), primary_key=True),
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("about", sa.Date, primary_key=True),
        sa.Column("noticed", sa.DateTime(timezone=True), nullable=False),
    )
