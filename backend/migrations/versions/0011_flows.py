"""Process flows: definitions, running flows and their steps, events from outside."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_DOCUMENT = """
        document jsonb NOT NULL,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
"""

STATEMENTS = (
    f"""
    CREATE TABLE process_flow_specification (
        id text CONSTRAINT pk_process_flow_specification PRIMARY KEY,
        {_DOCUMENT}
        name text NOT NULL,
        lifecycle_status text NOT NULL,
        code text NOT NULL,
        version integer NOT NULL,
        source text NOT NULL DEFAULT '',
        CONSTRAINT uq_process_flow_specification_code UNIQUE (code, version)
    )
    """,
    f"""
    CREATE TABLE task_flow_specification (
        id text CONSTRAINT pk_task_flow_specification PRIMARY KEY,
        {_DOCUMENT}
        name text NOT NULL,
        lifecycle_status text NOT NULL
    )
    """,
    f"""
    CREATE TABLE process_flow (
        id text CONSTRAINT pk_process_flow PRIMARY KEY,
        {_DOCUMENT}
        customer_id text CONSTRAINT fk_process_flow_customer_id_customer REFERENCES customer,
        order_id text CONSTRAINT fk_process_flow_order_id_product_order REFERENCES product_order,
        specification_id text NOT NULL
            CONSTRAINT fk_process_flow_specification_id_process_flow_specification
            REFERENCES process_flow_specification,
        state text NOT NULL,
        started timestamptz NOT NULL,
        facts jsonb NOT NULL DEFAULT '{{}}',
        results jsonb NOT NULL DEFAULT '{{}}',
        begun boolean NOT NULL DEFAULT false,
        cancelling boolean NOT NULL DEFAULT false,
        no_return boolean NOT NULL DEFAULT false
    )
    """,
    f"""
    CREATE TABLE task_flow (
        id text CONSTRAINT pk_task_flow PRIMARY KEY,
        {_DOCUMENT}
        process_flow_id text NOT NULL
            CONSTRAINT fk_task_flow_process_flow_id_process_flow REFERENCES process_flow,
        step text NOT NULL,
        state text NOT NULL,
        position integer NOT NULL DEFAULT 0,
        after jsonb NOT NULL DEFAULT '[]',
        outcome text NOT NULL DEFAULT '',
        attempts integer NOT NULL DEFAULT 0,
        faults integer NOT NULL DEFAULT 0,
        asked boolean NOT NULL DEFAULT false,
        turn integer NOT NULL DEFAULT 0,
        due timestamptz,
        ended timestamptz,
        CONSTRAINT uq_task_flow_step UNIQUE (process_flow_id, step)
    )
    """,
    """
    CREATE TABLE flow_event (
        process_flow_id text NOT NULL
            CONSTRAINT fk_flow_event_process_flow_id_process_flow REFERENCES process_flow,
        name text NOT NULL,
        arrived timestamptz NOT NULL,
        facts jsonb NOT NULL,
        CONSTRAINT pk_flow_event PRIMARY KEY (process_flow_id, name)
    )
    """,
    """
    CREATE TABLE simulated_call (
        system text NOT NULL,
        key text NOT NULL,
        operation text NOT NULL,
        body jsonb NOT NULL,
        asked integer NOT NULL DEFAULT 1,
        ready timestamptz,
        refused boolean NOT NULL DEFAULT false,
        CONSTRAINT pk_simulated_call PRIMARY KEY (system, key)
    )
    """,
    """
    CREATE TABLE simulated_dial (
        system text NOT NULL,
        operation text NOT NULL,
        delay interval NOT NULL,
        unheard double precision NOT NULL DEFAULT 0,
        unanswered double precision NOT NULL DEFAULT 0,
        refused double precision NOT NULL DEFAULT 0,
        CONSTRAINT pk_simulated_dial PRIMARY KEY (system, operation),
        CONSTRAINT ck_simulated_dial_rates CHECK (
            unheard BETWEEN 0 AND 1 AND unanswered BETWEEN 0 AND 1 AND refused BETWEEN 0 AND 1
        )
    )
    """,
    *(
        f"CREATE INDEX ix_{table}_document ON {table} USING gin (document jsonb_path_ops)"
        for table in (
            "process_flow_specification",
            "task_flow_specification",
            "process_flow",
            "task_flow",
        )
    ),
    *(
        f"CREATE INDEX ix_{table}_last_update ON {table} (last_update, id)"
        for table in (
            "process_flow_specification",
            "task_flow_specification",
            "process_flow",
            "task_flow",
        )
    ),
    "CREATE INDEX ix_process_flow_customer_id ON process_flow (customer_id, started DESC)",
    "CREATE INDEX ix_process_flow_order_id ON process_flow (order_id)",
    "CREATE INDEX ix_process_flow_specification_id ON process_flow (specification_id)",
    "CREATE INDEX ix_process_flow_state ON process_flow (state, started)",
    "CREATE INDEX ix_task_flow_process_flow_id ON task_flow (process_flow_id, position)",
    "CREATE INDEX ix_task_flow_state ON task_flow (state, last_update)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
