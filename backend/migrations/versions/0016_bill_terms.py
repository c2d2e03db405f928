"""How bills may be made: cycles, formats, media."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BASE = "/tmf-api/accountManagement/v4"
TERMS = {
    ("billing_cycle_specification", "billingCycleSpecification", "BillingCycleSpecification"): [
        {
            "id": "monthly-1",
            "name": "Monthly, on the 1st",
            "billingPeriod": "monthly",
            "billingDateShift": 0,
            "frequency": "monthly",
            "mailingDateOffset": 1,
            "paymentDueDateOffset": 14,
        },
        {
            "id": "monthly-15",
            "name": "Monthly, on the 15th",
            "billingPeriod": "monthly",
            "billingDateShift": 14,
            "frequency": "monthly",
            "mailingDateOffset": 1,
            "paymentDueDateOffset": 14,
        },
    ],
    ("bill_format", "billFormat", "BillFormat"): [
        {"id": "summary", "name": "Summary", "description": "One line for each product"},
        {"id": "itemised", "name": "Itemised", "description": "With every call and session"},
    ],
    ("bill_presentation_media", "billPresentationMedia", "BillPresentationMedia"): [
        {"id": "email", "name": "E-mail", "description": "A PDF by e-mail"},
        {"id": "paper", "name": "Paper", "description": "A letter by post"},
    ],
}


def upgrade() -> None:
    for (table, name, tmf_type), terms in TERMS.items():
        op.execute(
            f"""
            CREATE TABLE {table} (
                id text CONSTRAINT pk_{table} PRIMARY KEY,
                document jsonb NOT NULL,
                revision bigint NOT NULL DEFAULT 1,
                last_update timestamptz NOT NULL,
                name text NOT NULL
            )
            """
        )
        for term in terms:
            document = {
                **term,
                "href": f"{BASE}/{name}/{term['id']}",
                "lastUpdate": "2026-01-01T00:00:00.000Z",
                "@type": tmf_type,
            }
            op.execute(
                sa.text(
                    f"INSERT INTO {table} (id, document, last_update, name) "  # noqa: S608 - names of our own
                    "VALUES (:id, CAST(:document AS jsonb), '2026-01-01T00:00:00Z', :name)"
                ).bindparams(id=term["id"], document=json.dumps(document), name=term["name"])
            )
