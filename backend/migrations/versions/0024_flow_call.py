"""The log of calls to network systems."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE flow_call (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_flow_call PRIMARY KEY,
        task_flow_id text NOT NULL
            CONSTRAINT fk_flow_call_task_flow_id_task_flow REFERENCES task_flow (id),
        at timestamptz NOT NULL,
        system text NOT NULL,
        operation text NOT NULL,
        outcome text NOT NULL,
        words text NOT NULL
    )
    """,
    "CREATE INDEX ix_flow_call_task_flow_id ON flow_call (task_flow_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
