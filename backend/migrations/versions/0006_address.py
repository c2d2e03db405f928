"""The register of addresses and what the network can do at each."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)


STATEMENTS = (
    """
    CREATE TABLE address (
        id text CONSTRAINT pk_address PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        label text NOT NULL,
        flat text,
        house text NOT NULL,
        house_number integer NOT NULL,
        street text NOT NULL,
        city text NOT NULL,
        postcode text NOT NULL,
        networks text[] NOT NULL,
        landlord_consent boolean NOT NULL,
        words tsvector NOT NULL,
        CONSTRAINT uq_address_label UNIQUE (label)
    )
    """,
    "CREATE INDEX ix_address_words ON address USING gin (words)",
    "CREATE INDEX ix_address_document ON address USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_address_postcode ON address (postcode)",
)
