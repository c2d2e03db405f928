"""Users, tokens, keys, tries to sign in, and the audit trail."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in (*TABLES, *AUDIT):
        op.execute(statement)


TABLES = (
    """
    CREATE TABLE app_user (
        id text CONSTRAINT pk_app_user PRIMARY KEY,
        user_name text NOT NULL CONSTRAINT uq_app_user_user_name UNIQUE,
        name text NOT NULL,
        team text NOT NULL,
        roles text[] NOT NULL,
        reseller text,
        password_hash text,
        demo boolean NOT NULL,
        disabled boolean NOT NULL DEFAULT false
    )
    """,
    """
    CREATE TABLE refresh_token (
        digest bytea CONSTRAINT pk_refresh_token PRIMARY KEY,
        family uuid NOT NULL,
        user_id text NOT NULL CONSTRAINT fk_refresh_token_user_id_app_user
            REFERENCES app_user ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        used boolean NOT NULL DEFAULT false
    )
    """,
    "CREATE INDEX ix_refresh_token_family ON refresh_token (family)",
    "CREATE INDEX ix_refresh_token_user_id ON refresh_token (user_id)",
    """
    CREATE TABLE signing_key (
        id text CONSTRAINT pk_signing_key PRIMARY KEY,
        secret bytea NOT NULL,
        made_at timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE sign_in_try (
        kind text,
        subject bytea,
        failures integer NOT NULL,
        last_at timestamptz NOT NULL,
        blocked_until timestamptz,
        CONSTRAINT pk_sign_in_try PRIMARY KEY (kind, subject)
    )
    """,
)

# The trail is a chain: each row holds the hash of the one before, made by the database itself,
# so that a row changed, dropped or slipped in later shows. Rows are written one after another.
AUDIT = (
    """
    CREATE TABLE audit (
        seq bigint CONSTRAINT pk_audit PRIMARY KEY,
        at timestamptz NOT NULL,
        actor text,
        action text NOT NULL,
        customer_id text,
        subject text,
        reason text,
        details jsonb NOT NULL,
        request_id text,
        address text,
        previous bytea NOT NULL,
        hash bytea NOT NULL
    )
    """,
    "CREATE INDEX ix_audit_customer_id ON audit (customer_id) WHERE customer_id IS NOT NULL",
    "CREATE INDEX ix_audit_actor ON audit (actor, seq)",
    """
    CREATE FUNCTION audit_hash(entry audit) RETURNS bytea LANGUAGE sql STABLE
    RETURN sha256(convert_to(jsonb_build_array(
        entry.seq, extract(epoch FROM entry.at), entry.actor, entry.action, entry.customer_id,
        entry.subject, entry.reason, entry.details, entry.request_id, entry.address,
        encode(entry.previous, 'hex'))::text, 'UTF8'))
    """,
    """
    CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(7204116);
        SELECT seq + 1, hash INTO NEW.seq, NEW.previous FROM audit ORDER BY seq DESC LIMIT 1;
        NEW.seq := coalesce(NEW.seq, 1);
        NEW.previous := coalesce(NEW.previous, '\\x');
        NEW.hash := audit_hash(NEW);
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_chain BEFORE INSERT ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_chain()
    """,
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit trail is only ever added to';
    END $$
    """,
    """
    CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
)
