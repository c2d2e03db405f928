"""The tables of desk.db: work that must never be lost."""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData()

DRAFT = sa.Table(
    "draft",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),
    sa.Index("ix_draft_owner", "owner", "state", "changed"),
)

SNAPSHOT = sa.Table(
    "draft_snapshot",
    METADATA,
    sa.Column("draft", sa.Text, sa.ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
)

COMMAND = sa.Table(
    "command",
    METADATA,
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("customer", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("answer", sa.LargeBinary),
    sa.Column("not_before", sa.Text, nullable=False),
    sa.Column("claimed_until", sa.Text),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),
    sa.Index("ix_command_owner", "owner", "state", "place"),
    sa.Index("ix_command_customer", "customer", "place"),
    sqlite_autoincrement=True,
)

LEASE = sa.Table(
    "number_lease",
    METADATA,
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("draft", sa.Text, nullable=False),
    sa.Column("until", sa.Text, nullable=False),
    sa.Index("ix_number_lease_draft", "draft"),
)

PREFERENCE = sa.Table(
    "preference",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
