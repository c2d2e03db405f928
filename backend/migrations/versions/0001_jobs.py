"""The job queue's own tables."""

from __future__ import annotations

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    # straight to the driver: the queue's schema holds % and : of its own
    connection = op.get_bind().connection.driver_connection
    connection.execute(SchemaManager.get_schema())
