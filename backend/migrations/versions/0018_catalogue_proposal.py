"""Catalogues are proposed by one person and approved by another; versions say by whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_EMPTY_LIST = sa.text("'[]'::jsonb")


def upgrade() -> None:
    for column in (
        sa.Column("approved_by", sa.Text),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
        sa.Column("golden", JSONB, nullable=False, server_default=_EMPTY_LIST),
    ):
        op.add_column("catalogue_version", column)
    op.create_table(
        "catalogue_proposal",
        sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "based_on", sa.Integer, sa.ForeignKey("catalogue_version.number"), nullable=False
        ),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("specifications", JSONB, nullable=False),
        sa.Column("prices", JSONB, nullable=False),
        sa.Column("golden", JSONB, nullable=False),
        sa.Column("proof", JSONB, nullable=False),
        sa.Column("entity", sa.Text),
        sa.Column("decided_by", sa.Text),
        sa.Column("decider_name", sa.Text),
        sa.Column("decided", sa.DateTime(timezone=True)),
        sa.Column("reason", sa.Text),
        sa.Column("version", sa.Integer, sa.ForeignKey("catalogue_version.number")),
    )
    op.create_index("ix_catalogue_proposal_state", "catalogue_proposal", ["state", "number"])
    op.create_index("ix_catalogue_proposal_based_on", "catalogue_proposal", ["based_on"])
    op.create_index("ix_catalogue_proposal_version", "catalogue_proposal", ["version"])
