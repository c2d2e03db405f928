"""Devices by serial number, shown as resources beside numbers and SIMs."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

DEVICE = (
    """
    CREATE TABLE device (
        serial text COLLATE "C" CONSTRAINT pk_device PRIMARY KEY,
        offer text NOT NULL,
        kind text NOT NULL,
        model text NOT NULL,
        mac text CONSTRAINT uq_device_mac UNIQUE,
        state text NOT NULL CONSTRAINT ck_device_state CHECK (state IN (
            'inStock', 'reserved', 'shipped', 'assigned', 'returned', 'defective')),
        order_id text,
        product_id text,
        used_by text,
        revision bigint NOT NULL DEFAULT 1,
        last_update timestamptz NOT NULL,
        CONSTRAINT ck_device_product CHECK (
            (state IN ('reserved', 'shipped', 'assigned')) = (product_id IS NOT NULL)),
        CONSTRAINT ck_device_used_by CHECK (used_by IS NULL OR product_id IS NOT NULL)
    )
    """,
    "CREATE INDEX ix_device_stock ON device (offer, serial) WHERE state = 'inStock'",
    "CREATE INDEX ix_device_offer ON device (offer)",
    "CREATE INDEX ix_device_product_id ON device (product_id) WHERE product_id IS NOT NULL",
    "CREATE INDEX ix_device_used_by ON device (used_by) WHERE used_by IS NOT NULL",
)

# TMF639 over the tables, as in 0005, with devices.
# PIN1 and PUK1 are not in it. The document stands outside the union, so that PostgreSQL makes
# it only for the rows of a page.
VIEW = """
CREATE OR REPLACE VIEW inventory_resource AS
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
            WHEN 'Device' THEN jsonb_build_array(
                jsonb_build_object('name', 'deviceType', 'valueType', 'string', 'value', kind),
                jsonb_build_object('name', 'offering', 'valueType', 'string', 'value', offer),
                jsonb_build_object('name', 'MAC', 'valueType', 'string', 'value', mac),
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
        coalesce(town, '') AS town, state, NULL::text AS imsi,
        NULL::text AS offer, NULL::text AS mac
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
        product_id, NULL, used_by, kind, NULL, NULL, NULL, NULL, state, imsi,
        NULL, NULL
    FROM sim
    UNION ALL
    SELECT
        serial, revision, last_update, 'PhysicalResource', 'Device', model, NULL, serial,
        CASE state WHEN 'inStock' THEN 'available' WHEN 'returned' THEN 'standby'
             WHEN 'defective' THEN 'suspended' ELSE 'reserved' END,
        CASE state WHEN 'assigned' THEN 'active' WHEN 'shipped' THEN 'busy' ELSE 'idle' END,
        CASE state WHEN 'defective' THEN 'shutdown' ELSE 'unlocked' END,
        product_id, NULL, used_by, kind, NULL, NULL, NULL, NULL, state, NULL, offer, mac
    FROM device
) resource
"""


def upgrade() -> None:
    for statement in (*DEVICE, VIEW):
        op.get_bind().exec_driver_sql(statement)
