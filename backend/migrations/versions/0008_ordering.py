"""Orders, and requests to cancel them."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE product_order (
        id text CONSTRAINT pk_product_order PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        customer_id text NOT NULL
            CONSTRAINT fk_product_order_customer_id_customer REFERENCES customer,
        billing_account_id text
            CONSTRAINT fk_product_order_billing_account_id_billing_account
            REFERENCES billing_account,
        order_number text NOT NULL CONSTRAINT uq_product_order_order_number UNIQUE,
        external_id text,
        state text NOT NULL,
        ordered timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_product_order_document ON product_order USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_product_order_last_update ON product_order (last_update, id)",
    "CREATE INDEX ix_product_order_customer_id ON product_order (customer_id, ordered DESC)",
    "CREATE INDEX ix_product_order_billing_account_id ON product_order (billing_account_id)",
    "CREATE INDEX ix_product_order_external_id ON product_order (external_id)",
    "CREATE INDEX ix_product_order_state ON product_order (state, ordered)",
    """
    CREATE TABLE cancel_product_order (
        id text CONSTRAINT pk_cancel_product_order PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        order_id text NOT NULL
            CONSTRAINT fk_cancel_product_order_order_id_product_order REFERENCES product_order,
        state text NOT NULL
    )
    """,
    """
    CREATE INDEX ix_cancel_product_order_document
    ON cancel_product_order USING gin (document jsonb_path_ops)
    """,
    "CREATE INDEX ix_cancel_product_order_last_update ON cancel_product_order (last_update, id)",
    "CREATE INDEX ix_cancel_product_order_order_id ON cancel_product_order (order_id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
