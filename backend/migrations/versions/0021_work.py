"""Steps that need somebody: since when, and who; flows that begin anew; how long steps took."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE task_flow ADD COLUMN held timestamptz, ADD COLUMN assignee text",
    "ALTER TABLE process_flow ADD COLUMN amended boolean NOT NULL DEFAULT false",
    """
    CREATE TABLE step_duration (
        code text NOT NULL,
        step text NOT NULL,
        usual interval NOT NULL,
        most interval NOT NULL,
        samples integer NOT NULL,
        CONSTRAINT pk_step_duration PRIMARY KEY (code, step)
    )
    """,
    "CREATE INDEX ix_task_flow_ended ON task_flow (ended) WHERE state = 'completed'",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
