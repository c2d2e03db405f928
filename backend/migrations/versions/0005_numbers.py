"""Telephone numbers, their ranges and reservations; SIMs; all of it as one inventory."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in (*NUMBERS, *INVENTORY, VIEW):
        op.get_bind().exec_driver_sql(statement)


NUMBERS = (
    """
    CREATE TABLE number_range (
        first text COLLATE "C" CONSTRAINT pk_number_range PRIMARY KEY,
        last text COLLATE "C" NOT NULL,
        type text NOT NULL,
        area text NOT NULL,
        town text,
        pool text NOT NULL
    )
    """,
    """
    CREATE TABLE number_reservation (
        id text CONSTRAINT pk_number_reservation PRIMARY KEY,
        draft_id text NOT NULL,
        user_id text NOT NULL,
        holder text NOT NULL,
        reseller text,
        numbers text[] NOT NULL,
        settled text[] NOT NULL DEFAULT '{}',
        state text NOT NULL CONSTRAINT ck_number_reservation_state
            CHECK (state IN ('reserved', 'completed', 'cancelled')),
        created timestamptz NOT NULL,
        until timestamptz NOT NULL
    )
    """,
    "CREATE INDEX ix_number_reservation_draft_id ON number_reservation (draft_id)",
    "CREATE INDEX ix_number_reservation_user_id ON number_reservation (user_id, created)",
    # a number is in one state, and every state carries exactly the facts that belong to it
    """
    CREATE TABLE telephone_number (
        value text COLLATE "C" CONSTRAINT pk_telephone_number PRIMARY KEY,
        display text NOT NULL,
        type text NOT NULL,
        area text NOT NULL,
        town text,
        pool text NOT NULL,
        customer_id text,
        grade text NOT NULL,
        why text NOT NULL,
        memorable text NOT NULL,
        state text NOT NULL CONSTRAINT ck_telephone_number_state CHECK (state IN (
            'free', 'held', 'reserved', 'assigned', 'portingIn', 'portingOut', 'quarantine',
            'frozen')),
        until timestamptz,
        reservation_id text CONSTRAINT fk_telephone_number_reservation_id_number_reservation
            REFERENCES number_reservation,
        product_id text,
        used_by text,
        frozen_reason text,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        CONSTRAINT ck_telephone_number_pool CHECK ((pool = 'customer') = (customer_id IS NOT NULL)),
        CONSTRAINT ck_telephone_number_until CHECK (
            CASE WHEN state IN ('held', 'reserved', 'quarantine') THEN until IS NOT NULL
                 WHEN state = 'frozen' THEN true ELSE until IS NULL END),
        CONSTRAINT ck_telephone_number_reservation CHECK (
            (state IN ('held', 'reserved')) = (reservation_id IS NOT NULL)),
        CONSTRAINT ck_telephone_number_product CHECK (
            CASE WHEN state IN ('assigned', 'portingOut') THEN product_id IS NOT NULL
                 WHEN state = 'frozen' THEN true ELSE product_id IS NULL END),
        CONSTRAINT ck_telephone_number_used_by CHECK (used_by IS NULL OR product_id IS NOT NULL),
        CONSTRAINT ck_telephone_number_frozen CHECK (
            (state = 'frozen') = (frozen_reason IS NOT NULL))
    )
    """,
    "CREATE INDEX ix_telephone_number_pool ON telephone_number (pool, type, grade, value)",
    """
    CREATE INDEX ix_telephone_number_reservation_id ON telephone_number (reservation_id)
    WHERE reservation_id IS NOT NULL
    """,
    """
    CREATE INDEX ix_telephone_number_product_id ON telephone_number (product_id)
    WHERE product_id IS NOT NULL
    """,
    """
    CREATE INDEX ix_telephone_number_used_by ON telephone_number (used_by)
    WHERE used_by IS NOT NULL
    """,
    """
    CREATE INDEX ix_telephone_number_customer_id ON telephone_number (customer_id)
    WHERE customer_id IS NOT NULL
    """,
    """
    CREATE INDEX ix_telephone_number_until ON telephone_number (until) WHERE until IS NOT NULL
    """,
)

INVENTORY = (
    """
    CREATE TABLE sim (
        iccid text COLLATE "C" CONSTRAINT pk_sim PRIMARY KEY,
        imsi text NOT NULL CONSTRAINT uq_sim_imsi UNIQUE,
        kind text NOT NULL CONSTRAINT ck_sim_kind CHECK (kind IN ('plastic', 'esim')),
        pin1 text NOT NULL,
        puk1 text NOT NULL,
        state text NOT NULL CONSTRAINT ck_sim_state CHECK (state IN (
            'inStock', 'reserved', 'assigned', 'retired')),
        order_id text,
        product_id text,
        used_by text,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        CONSTRAINT ck_sim_order CHECK (state <> 'inStock' OR order_id IS NULL),
        CONSTRAINT ck_sim_product CHECK ((state = 'assigned') = (product_id IS NOT NULL)),
        CONSTRAINT ck_sim_used_by CHECK (used_by IS NULL OR product_id IS NOT NULL)
    )
    """,
    "CREATE INDEX ix_sim_stock ON sim (kind, iccid) WHERE state = 'inStock'",
    "CREATE INDEX ix_sim_product_id ON sim (product_id) WHERE product_id IS NOT NULL",
    "CREATE INDEX ix_sim_used_by ON sim (used_by) WHERE used_by IS NOT NULL",
    "CREATE INDEX ix_sim_order_id ON sim (order_id) WHERE order_id IS NOT NULL",
)

# TMF639 over the tables: written once here, so that no second copy can go out of step.
# PIN1 and PUK1 are not in it. The document stands outside the union, so that PostgreSQL makes
# it only for the rows of a page.
VIEW = """
CREATE VIEW inventory_resource AS
SELECT
    id,
    jsonb_strip_nulls(jsonb_build_object(
        'id', id,
        'href', '/tmf-api/resourceInventoryManagement/v4/resource/' || id,
        '@type', type,
        '@baseType', 'Resource',
        'category', category,
        'name', name,
        'value', value,
        'serialNumber', serial_number,
        'resourceStatus', status,
        'usageState', usage,
        'administrativeState', administration,
        'operationalState', CASE administration WHEN 'shutdown' THEN 'disable' ELSE 'enable' END,
        'resourceSpecification', jsonb_build_object(
            'id', category, 'name', category,
            'href', '/tmf-api/resourceCatalogManagement/v4/resourceSpecification/' || category),
        'relatedParty', nullif(
            CASE WHEN owned_by IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object(
                'id', owned_by, 'role', 'owner', '@referredType', 'Customer')) END ||
            CASE WHEN used_by IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object(
                'id', used_by, 'role', 'user', '@referredType', 'Customer')) END, '[]'),
        'resourceCharacteristic', CASE category
            WHEN 'SIM' THEN jsonb_build_array(
                jsonb_build_object('name', 'ICCID', 'valueType', 'string', 'value', id),
                jsonb_build_object('name', 'IMSI', 'valueType', 'string', 'value', imsi),
                jsonb_build_object('name', 'simType', 'valueType', 'string', 'value', kind),
                jsonb_build_object('name', 'state', 'valueType', 'string', 'value', state))
            ELSE jsonb_build_array(
                jsonb_build_object('name', 'numberType', 'valueType', 'string', 'value', kind),
                jsonb_build_object('name', 'grade', 'valueType', 'string', 'value', grade),
                jsonb_build_object('name', 'pool', 'valueType', 'string', 'value', pool),
                jsonb_build_object('name', 'area', 'valueType', 'string', 'value', area),
                jsonb_build_object('name', 'town', 'valueType', 'string', 'value', town),
                jsonb_build_object('name', 'state', 'valueType', 'string', 'value', state)) END
    )) AS document,
    revision, last_update, type, category, name, value, serial_number, status, usage,
    product_id, pool, owned_by, used_by
FROM (
    SELECT
        value AS id, revision, last_update, 'LogicalResource' AS type,
        'TelephoneNumber' AS category, display AS name, value, NULL::text AS serial_number,
        CASE WHEN state = 'free' THEN 'available'
             WHEN state IN ('held', 'reserved', 'assigned', 'portingOut') THEN 'reserved'
             WHEN state = 'frozen' THEN 'suspended'
             ELSE 'standby' END AS status,
        CASE WHEN state IN ('assigned', 'portingOut') THEN 'active'
             WHEN state = 'portingIn' THEN 'busy' ELSE 'idle' END AS usage,
        CASE state WHEN 'frozen' THEN 'locked' ELSE 'unlocked' END AS administration,
        product_id, customer_id AS owned_by, used_by, type AS kind, grade, pool, area,
        coalesce(town, '') AS town, state, NULL::text AS imsi
    FROM (
        SELECT value, revision, last_update, display, product_id, customer_id, used_by, type,
            grade, pool, area, town,
            CASE WHEN until <= now() AND state <> 'frozen' THEN 'free' ELSE state END AS state
        FROM telephone_number
    ) live
    UNION ALL
    SELECT
        iccid, revision, last_update,
        CASE kind WHEN 'esim' THEN 'LogicalResource' ELSE 'PhysicalResource' END, 'SIM',
        CASE kind WHEN 'esim' THEN 'eSIM profile' ELSE 'Plastic SIM' END,
        CASE kind WHEN 'esim' THEN iccid END, CASE kind WHEN 'plastic' THEN iccid END,
        CASE state WHEN 'inStock' THEN 'available' WHEN 'retired' THEN 'suspended'
             ELSE 'reserved' END,
        CASE state WHEN 'assigned' THEN 'active' ELSE 'idle' END,
        CASE state WHEN 'retired' THEN 'shutdown' ELSE 'unlocked' END,
        product_id, NULL, used_by, kind, NULL, NULL, NULL, NULL, state, imsi
    FROM sim
) resource
"""
