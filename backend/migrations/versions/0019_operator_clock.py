"""How fast the operator's time passes, as the server says it to workers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operator_clock",
        sa.Column("single", sa.Boolean, primary_key=True, server_default=sa.true()),
        sa.Column("time_scale", sa.Double, nullable=False),
        sa.CheckConstraint("single", name="one_row"),
        sa.CheckConstraint("time_scale > 0", name="forward"),
    )
