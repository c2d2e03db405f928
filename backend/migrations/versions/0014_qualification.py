"""TMF679: qualifications that were asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TABLE = "product_offering_qualification"


def upgrade() -> None:
    op.create_table(
        _TABLE,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
        sa.Column("last_update", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    )
    op.create_index(f"ix_{_TABLE}_customer_id", _TABLE, ["customer_id"])
    op.create_index(f"ix_{_TABLE}_last_update_id", _TABLE, ["last_update", "id"])
    op.create_index(
        f"ix_{_TABLE}_document",
        _TABLE,
        ["document"],
        postgresql_using="gin",
        postgresql_ops={"document": "jsonb_path_ops"},
    )
