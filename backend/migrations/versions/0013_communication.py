"""Messages to customers, and which notices were given."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE communication_message (
        id text CONSTRAINT pk_communication_message PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        customer_id text
            CONSTRAINT fk_communication_message_customer_id_customer REFERENCES customer,
        message_type text NOT NULL,
        state text NOT NULL,
        scheduled timestamptz NOT NULL
    )
    """,
    """
    CREATE INDEX ix_communication_message_document
    ON communication_message USING gin (document jsonb_path_ops)
    """,
    "CREATE INDEX ix_communication_message_last_update ON communication_message (last_update, id)",
    """
    CREATE INDEX ix_communication_message_customer_id
    ON communication_message (customer_id, scheduled DESC)
    """,
    "CREATE INDEX ix_communication_message_state ON communication_message (state, scheduled)",
    """
    CREATE TABLE notice (
        key text CONSTRAINT pk_notice PRIMARY KEY,
        result text,
        created timestamptz NOT NULL
    )
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
