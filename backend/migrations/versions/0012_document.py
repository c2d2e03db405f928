"""Letters and scanned papers, and their bytes, which never change."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE document_content (
        sha256 text CONSTRAINT pk_document_content PRIMARY KEY,
        bytes bytea NOT NULL,
        stored timestamptz NOT NULL,
        CONSTRAINT ck_document_content_hash CHECK (sha256 = encode(sha256(bytes), 'hex'))
    )
    """,
    # PDFs are compressed already
    "ALTER TABLE document_content ALTER COLUMN bytes SET STORAGE EXTERNAL",
    """
    CREATE TABLE document (
        id text CONSTRAINT pk_document PRIMARY KEY,
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        customer_id text CONSTRAINT fk_document_customer_id_customer REFERENCES customer,
        order_id text,
        document_type text,
        created timestamptz NOT NULL,
        sha256 text CONSTRAINT fk_document_sha256_document_content REFERENCES document_content
    )
    """,
    "CREATE INDEX ix_document_document ON document USING gin (document jsonb_path_ops)",
    "CREATE INDEX ix_document_last_update ON document (last_update, id)",
    "CREATE INDEX ix_document_customer_id ON document (customer_id, created DESC)",
    "CREATE INDEX ix_document_order_id ON document (order_id)",
    "CREATE INDEX ix_document_document_type ON document (document_type, created DESC)",
    "CREATE INDEX ix_document_sha256 ON document (sha256)",
    """
    CREATE FUNCTION refuse_document_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what was archived never changes' USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE TRIGGER document_content_stays BEFORE UPDATE OR DELETE ON document_content
    FOR EACH ROW EXECUTE FUNCTION refuse_document_change()
    """,
    """
    CREATE TRIGGER document_content_stays_whole BEFORE TRUNCATE ON document_content
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_document_change()
    """,
    """
    CREATE TRIGGER document_keeps_its_content BEFORE UPDATE ON document
    FOR EACH ROW WHEN (OLD.sha256 IS DISTINCT FROM NEW.sha256)
    EXECUTE FUNCTION refuse_document_change()
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
