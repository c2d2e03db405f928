"""Individuals, organizations, customers and their accounts."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE individual (
        id text CONSTRAINT pk_individual PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        given_name text NOT NULL,
        family_name text NOT NULL,
        birth_date date,
        status text NOT NULL,
        reseller text NOT NULL
    )
    """,
    "CREATE INDEX ix_individual_document ON individual USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_individual_last_update ON individual (last_update, id)",
    "CREATE INDEX ix_individual_name ON individual (family_name, given_name)",
    "CREATE INDEX ix_individual_birth_date ON individual (birth_date)",
    "CREATE INDEX ix_individual_reseller ON individual (reseller)",
    """
    CREATE TABLE organization (
        id text CONSTRAINT pk_organization PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        trading_name text NOT NULL,
        name text,
        status text NOT NULL,
        reseller text NOT NULL
    )
    """,
    "CREATE INDEX ix_organization_document ON organization USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_organization_last_update ON organization (last_update, id)",
    "CREATE INDEX ix_organization_trading_name ON organization (trading_name)",
    "CREATE INDEX ix_organization_reseller ON organization (reseller)",
    """
    CREATE TABLE customer (
        id text CONSTRAINT pk_customer PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        name text NOT NULL,
        status text NOT NULL,
        individual_id text
            CONSTRAINT fk_customer_individual_id_individual REFERENCES individual,
        organization_id text
            CONSTRAINT fk_customer_organization_id_organization REFERENCES organization,
        reseller text NOT NULL,
        CONSTRAINT ck_customer_one_party CHECK (num_nonnulls(individual_id, organization_id) = 1)
    )
    """,
    "CREATE INDEX ix_customer_document ON customer USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_customer_last_update ON customer (last_update, id)",
    "CREATE INDEX ix_customer_name ON customer (name)",
    "CREATE INDEX ix_customer_individual_id ON customer (individual_id)",
    "CREATE INDEX ix_customer_organization_id ON customer (organization_id)",
    "CREATE INDEX ix_customer_engaged ON customer (coalesce(individual_id, organization_id))",
    "CREATE INDEX ix_customer_reseller ON customer (reseller)",
    """
    CREATE TABLE billing_account (
        id text CONSTRAINT pk_billing_account PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        customer_id text NOT NULL
            CONSTRAINT fk_billing_account_customer_id_customer REFERENCES customer,
        name text NOT NULL,
        state text NOT NULL,
        account_type text
    )
    """,
    """
    CREATE INDEX ix_billing_account_document
    ON billing_account USING gin (document jsonb_path_ops)
    """,
    "CREATE INDEX ix_billing_account_last_update ON billing_account (last_update, id)",
    "CREATE INDEX ix_billing_account_customer_id ON billing_account (customer_id)",
    "CREATE INDEX ix_billing_account_name ON billing_account (name)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
