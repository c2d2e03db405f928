"""Creation commands, PINs, agreements, and the directory that the desk searches."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0001"
branch_labels = None
depends_on = ("0003", "0005", "0008", "0009")

CREATION = (
    """
    CREATE TABLE creation_command (
        id text CONSTRAINT pk_creation_command PRIMARY KEY,
        user_id text NOT NULL,
        fingerprint bytea NOT NULL,
        answer bytea,
        created timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_creation_command_created ON creation_command (created)",
    """
    CREATE TABLE customer_pin (
        customer_id text CONSTRAINT pk_customer_pin PRIMARY KEY
            CONSTRAINT fk_customer_pin_customer_id_customer REFERENCES customer,
        hash text NOT NULL,
        changed timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE agreement_given (
        id text CONSTRAINT pk_agreement_given PRIMARY KEY,
        customer_id text NOT NULL
            CONSTRAINT fk_agreement_given_customer_id_customer REFERENCES customer,
        way text NOT NULL,
        at timestamptz NOT NULL,
        terms_version text NOT NULL,
        terms_hash text NOT NULL,
        of_terms_in_force boolean NOT NULL,
        recorded_by text NOT NULL,
        recorded timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_agreement_given_customer_id ON agreement_given (customer_id, at)",
    """
    CREATE TABLE creation_message (
        command_id text CONSTRAINT fk_creation_message_command_id_creation_command
            REFERENCES creation_command,
        position integer,
        customer_id text NOT NULL
            CONSTRAINT fk_creation_message_customer_id_customer REFERENCES customer,
        order_id text NOT NULL
            CONSTRAINT fk_creation_message_order_id_product_order REFERENCES product_order,
        message jsonb NOT NULL,
        CONSTRAINT pk_creation_message PRIMARY KEY (command_id, position)
    )
    """,
)


def upgrade() -> None:
    for statement in CREATION:
        op.get_bind().exec_driver_sql(statement)
