"""What waits for its day does not slow the search for jobs that are due."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX jackfield_jobs_scheduled ON procrastinate_jobs (scheduled_at) "
        "WHERE status = 'todo'"
    )
