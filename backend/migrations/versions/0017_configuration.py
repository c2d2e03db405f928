"""TMF760: configurations that were asked about and checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TABLES = ("query_product_configuration", "check_product_configuration")


def upgrade() -> None:
    for table in _TABLES:
        op.create_table(
            table,
            sa.Column("id", sa.Text, primary_key=True),
            sa.Column("document", JSONB, nullable=False),
            sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
            sa.Column("last_update", sa.DateTime(timezone=True), nullable=False),
            sa.Column("state", sa.Text, nullable=False),
            sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
        )
        op.create_index(f"ix_{table}_customer_id", table, ["customer_id"])
        op.create_index(f"ix_{table}_last_update_id", table, ["last_update", "id"])
        op.create_index(
            f"ix_{table}_document",
            table,
            ["document"],
            postgresql_using="gin",
            postgresql_ops={"document": "jsonb_path_ops"},
        )
