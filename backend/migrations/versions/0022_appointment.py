"""Visits of engineers, questions for free times, and the simulated engineers' calendar."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_DOCUMENT = """
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
"""

STATEMENTS = (
    f"""
    CREATE TABLE appointment (
        id text CONSTRAINT pk_appointment PRIMARY KEY,
        {_DOCUMENT}
        customer_id text CONSTRAINT fk_appointment_customer_id_customer REFERENCES customer,
        order_id text CONSTRAINT fk_appointment_order_id_product_order REFERENCES product_order,
        status text NOT NULL,
        starts timestamptz NOT NULL,
        booking text NOT NULL
    )
    """,
    f"""
    CREATE TABLE search_time_slot (
        id text CONSTRAINT pk_search_time_slot PRIMARY KEY,
        {_DOCUMENT}
        customer_id text CONSTRAINT fk_search_time_slot_customer_id_customer REFERENCES customer,
        status text NOT NULL
    )
    """,
    *(
        f"CREATE INDEX ix_{table}_document ON {table} USING gin (document jsonb_path_ops)"
        for table in ("appointment", "search_time_slot")
    ),
    *(
        f"CREATE INDEX ix_{table}_last_update ON {table} (last_update, id)"
        for table in ("appointment", "search_time_slot")
    ),
    "CREATE INDEX ix_appointment_customer_id ON appointment (customer_id)",
    "CREATE INDEX ix_appointment_order_id ON appointment (order_id)",
    "CREATE INDEX ix_appointment_held ON appointment (last_update) WHERE status = 'initialized'",
    "CREATE INDEX ix_search_time_slot_customer_id ON search_time_slot (customer_id)",
    """
    CREATE TABLE simulated_visit (
        booking text CONSTRAINT pk_simulated_visit PRIMARY KEY,
        area text NOT NULL,
        day date NOT NULL,
        half text NOT NULL,
        engineer integer NOT NULL,
        CONSTRAINT uq_simulated_visit_area_day_half_engineer UNIQUE (area, day, half, engineer)
    )
    """,
    # what a call brought, for systems that keep something themselves
    "ALTER TABLE simulated_call ADD COLUMN result jsonb",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
