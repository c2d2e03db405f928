"""The tables of the REST layer, and the shape every document table has."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.database import METADATA


def document_table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """A table of resources: the document, its revision, and the promoted `columns`."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
        sa.Column("last_update", sa.DateTime(timezone=True), nullable=False),
        *columns,
    )


EVENT = sa.Table(
    "event",
    METADATA,
    sa.Column("sequence", sa.BigInteger, sa.Identity(), primary_key=True),
    # written by the database itself; readers stay below the oldest running transaction
    sa.Column("transaction", sa.BigInteger, sa.FetchedValue(), nullable=False),
    sa.Column("event_id", sa.Text, nullable=False, unique=True),
    sa.Column("event_time", sa.DateTime(timezone=True), nullable=False),
    sa.Column("event_type", sa.Text, nullable=False),
    sa.Column("domain", sa.Text, nullable=False),
    sa.Column("correlation_id", sa.Text, nullable=False),
    sa.Column("resource", sa.Text, nullable=False),
    sa.Column("resource_id", sa.Text, nullable=False),
    sa.Column("read_right", sa.Text, nullable=False),
    sa.Column("customer_id", sa.Text),
    sa.Column("reseller", sa.Text),
    sa.Column("document", JSONB, nullable=False),
)

IDEMPOTENCY_KEY = sa.Table(
    "idempotency_key",
    METADATA,
    sa.Column("user_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("headers", JSONB),
    sa.Column("body", sa.LargeBinary),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
)

HUB_SUBSCRIPTION = sa.Table(
    "hub_subscription",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("api", sa.Text, nullable=False),
    sa.Column("domain", sa.Text, nullable=False),
    sa.Column("callback", sa.Text, nullable=False),
    sa.Column("query", sa.Text),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("rights", JSONB, nullable=False),
    sa.Column("reseller", sa.Text),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    # how its deliveries fare: failures in a row, and no further try before then
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("paused_until", sa.DateTime(timezone=True)),
    sa.Column("failing_since", sa.DateTime(timezone=True)),
    sa.Column("failure", sa.Text),
)
