"""Flows know whether the operator wrote them, or they came with the program."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE process_flow_specification ADD COLUMN own boolean NOT NULL DEFAULT false"
    )
