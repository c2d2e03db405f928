"""The tables of documents and of their bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA
from backend.rest.tables import document_table

DOCUMENT = document_table(
    "document",
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id")),
    sa.Column("order_id", sa.Text),
    sa.Column("document_type", sa.Text),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("sha256", sa.Text, sa.ForeignKey("document_content.sha256")),
)

# a trigger refuses every change: see the migration
DOCUMENT_CONTENT = sa.Table(
    "document_content",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
    sa.Column("stored", sa.DateTime(timezone=True), nullable=False),
)


def keep(connection: sa.Connection, data: bytes, now: datetime) -> str:
    """Store bytes for good; their SHA-256 in hex. The same bytes are stored once."""
    sha256 = hashlib.sha256(data).hexdigest()
    row = insert(DOCUMENT_CONTENT).values(sha256=sha256, bytes=data, stored=now)
    connection.execute(row.on_conflict_do_nothing())
    return sha256


def bytes_of(connection: sa.Connection, sha256: str) -> bytes:
    """The stored bytes with this SHA-256."""
    query = sa.select(DOCUMENT_CONTENT.c.bytes).where(DOCUMENT_CONTENT.c.sha256 == sha256)
    return bytes(connection.execute(query).scalar_one())


def newest(
    connection: sa.Connection, *where: sa.ColumnElement[bool], limit: int
) -> list[dict[str, object]]:
    """The newest documents that meet every condition."""
    query = sa.select(DOCUMENT.c.document).where(*where)
    query = query.order_by(DOCUMENT.c.created.desc(), DOCUMENT.c.id).limit(limit)
    return list(connection.scalars(query))
