"""The products that customers have."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE product (
        id text CONSTRAINT pk_product PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        customer_id text NOT NULL CONSTRAINT fk_product_customer_id_customer REFERENCES customer,
        billing_account_id text
            CONSTRAINT fk_product_billing_account_id_billing_account REFERENCES billing_account,
        offering text NOT NULL,
        name text NOT NULL,
        status text NOT NULL,
        place_id text,
        ordered timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_product_document ON product USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_product_last_update ON product (last_update, id)",
    "CREATE INDEX ix_product_customer_id ON product (customer_id, ordered)",
    "CREATE INDEX ix_product_billing_account_id ON product (billing_account_id)",
    "CREATE INDEX ix_product_offering ON product (offering, status)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
