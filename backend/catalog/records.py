"""The tables of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.database import METADATA, first_row
from backend.rest.tables import document_table

CATALOG = document_table("catalog", sa.Column("name", sa.Text, nullable=False))
CATEGORY = document_table("category", sa.Column("name", sa.Text, nullable=False))
PRODUCT_SPECIFICATION = document_table(
    "product_specification",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
)
PRODUCT_OFFERING = document_table(
    "product_offering",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
    sa.Column("category_id", sa.Text, sa.ForeignKey("category.id")),
    sa.Column("specification_id", sa.Text, sa.ForeignKey("product_specification.id")),
)
PRODUCT_OFFERING_PRICE = document_table(
    "product_offering_price",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("lifecycle_status", sa.Text, nullable=False),
    sa.Column("price_type", sa.Text),
)
CATALOGUE_VERSION = sa.Table(
    "catalogue_version",
    METADATA,
    sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("published", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_by", sa.Text, nullable=False),
    sa.Column("approved_by", sa.Text),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("rules", JSONB, nullable=False),
    sa.Column("specifications", JSONB, nullable=False),
    sa.Column("prices", JSONB, nullable=False),
    sa.Column("golden", JSONB, nullable=False, server_default=sa.text("'[]'::jsonb")),
)
CATALOGUE_PROPOSAL = sa.Table(
    "catalogue_proposal",
    METADATA,
    sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("author_name", sa.Text, nullable=False),
    sa.Column("proposed", sa.DateTime(timezone=True), nullable=False),
    sa.Column("based_on", sa.Integer, sa.ForeignKey("catalogue_version.number"), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("rules", JSONB, nullable=False),
    sa.Column("specifications", JSONB, nullable=False),
    sa.Column("prices", JSONB, nullable=False),
    sa.Column("golden", JSONB, nullable=False),
    sa.Column("proof", JSONB, nullable=False),
    # the offering or price that a write through TMF620 was about
    sa.Column("entity", sa.Text),
    sa.Column("decided_by", sa.Text),
    sa.Column("decider_name", sa.Text),
    sa.Column("decided", sa.DateTime(timezone=True)),
    sa.Column("reason", sa.Text),
    sa.Column("version", sa.Integer, sa.ForeignKey("catalogue_version.number")),
)
sa.Index("ix_catalogue_proposal_state", CATALOGUE_PROPOSAL.c.state, CATALOGUE_PROPOSAL.c.number)
sa.Index("ix_catalogue_proposal_based_on", CATALOGUE_PROPOSAL.c.based_on)
sa.Index("ix_catalogue_proposal_version", CATALOGUE_PROPOSAL.c.version)

_DOCUMENTS = ("rules", "specifications", "prices", "golden")
_ONE_PUBLISHES = 62_000_620


def newest(connection: sa.Connection) -> int | None:
    """The number of the version in force; None before the first is published."""
    row = first_row(connection, "SELECT max(number) FROM catalogue_version")
    return None if row is None else row[0]


def version(connection: sa.Connection, number: int) -> sa.Row[Any]:
    query = sa.select(CATALOGUE_VERSION).where(CATALOGUE_VERSION.c.number == number)
    return connection.execute(query).one()


def find_version(connection: sa.Connection, number: int) -> sa.Row[Any] | None:
    query = sa.select(CATALOGUE_VERSION).where(CATALOGUE_VERSION.c.number == number)
    return connection.execute(query).one_or_none()


def versions(connection: sa.Connection) -> Sequence[sa.Row[Any]]:
    """All versions without their documents, newest first."""
    columns = [each for each in CATALOGUE_VERSION.c if each.name not in _DOCUMENTS]
    query = sa.select(*columns).order_by(CATALOGUE_VERSION.c.number.desc())
    return connection.execute(query).all()


def publish(connection: sa.Connection, **values: Any) -> int:
    """Put a new version in force; returns its number."""
    insert = CATALOGUE_VERSION.insert().values(**values)
    number: int = connection.execute(insert.returning(CATALOGUE_VERSION.c.number)).scalar_one()
    return number


def lock_publishing(connection: sa.Connection) -> None:
    """Until this transaction ends nobody else publishes."""
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_PUBLISHES)))


def propose(connection: sa.Connection, **values: Any) -> sa.Row[Any]:
    insert = CATALOGUE_PROPOSAL.insert().values(state="proposed", **values)
    return connection.execute(insert.returning(CATALOGUE_PROPOSAL)).one()


def proposal(connection: sa.Connection, number: int, *, lock: bool = False) -> sa.Row[Any] | None:
    query = sa.select(CATALOGUE_PROPOSAL).where(CATALOGUE_PROPOSAL.c.number == number)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def proposals(connection: sa.Connection, state: str | None, most: int) -> Sequence[sa.Row[Any]]:
    """The newest proposals, without their documents."""
    columns = [each for each in CATALOGUE_PROPOSAL.c if each.name not in _DOCUMENTS]
    query = sa.select(*columns).order_by(CATALOGUE_PROPOSAL.c.number.desc()).limit(most)
    if state:
        query = query.where(CATALOGUE_PROPOSAL.c.state == state)
    return connection.execute(query).all()


def waiting_for(connection: sa.Connection, entity: str) -> int | None:
    """The number of the proposal that waits for this entity of TMF620."""
    query = (
        sa.select(sa.func.max(CATALOGUE_PROPOSAL.c.number))
        .where(CATALOGUE_PROPOSAL.c.entity == entity)
        .where(CATALOGUE_PROPOSAL.c.state == "proposed")
    )
    number: int | None = connection.scalar(query)
    return number


def decide(connection: sa.Connection, number: int, **values: Any) -> sa.Row[Any]:
    query = (
        sa.update(CATALOGUE_PROPOSAL)
        .where(CATALOGUE_PROPOSAL.c.number == number)
        .values(**values)
        .returning(CATALOGUE_PROPOSAL)
    )
    return connection.execute(query).one()
