"""The catalogue: TMF620's entities, and the versions of its rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TEXT = {"nullable": False}


def _documents(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
        sa.Column("last_update", sa.DateTime(timezone=True), nullable=False),
        *columns,
    )
    op.create_index(
        f"ix_{name}_document",
        name,
        ["document"],
        postgresql_using="gin",
        postgresql_ops={"document": "jsonb_path_ops"},
    )
    op.create_index(f"ix_{name}_last_update_id", name, ["last_update", "id"])


def upgrade() -> None:
    _documents("catalog", sa.Column("name", sa.Text, **_TEXT))
    _documents("category", sa.Column("name", sa.Text, **_TEXT))
    _documents(
        "product_specification",
        sa.Column("name", sa.Text, **_TEXT),
        sa.Column("lifecycle_status", sa.Text, **_TEXT),
    )
    _documents(
        "product_offering",
        sa.Column("name", sa.Text, **_TEXT),
        sa.Column("lifecycle_status", sa.Text, **_TEXT),
        sa.Column("category_id", sa.Text, sa.ForeignKey("category.id")),
        sa.Column("specification_id", sa.Text, sa.ForeignKey("product_specification.id")),
    )
    op.create_index("ix_product_offering_category_id", "product_offering", ["category_id"])
    op.create_index(
        "ix_product_offering_specification_id", "product_offering", ["specification_id"]
    )
    _documents(
        "product_offering_price",
        sa.Column("name", sa.Text, **_TEXT),
        sa.Column("lifecycle_status", sa.Text, **_TEXT),
        sa.Column("price_type", sa.Text),
    )
    op.create_table(
        "catalogue_version",
        sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("specifications", JSONB, nullable=False),
        sa.Column("prices", JSONB, nullable=False),
    )
