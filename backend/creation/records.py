"""The tables of creation commands, customers' PINs, agreements and messages that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from backend.database import METADATA

_TIME = sa.DateTime(timezone=True)

COMMAND = sa.Table(
    "creation_command",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("user_id", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("answer", sa.LargeBinary),
    sa.Column("created", _TIME, nullable=False),
)
PIN = sa.Table(
    "customer_pin",
    METADATA,
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("changed", _TIME, nullable=False),
)
AGREEMENT = sa.Table(
    "agreement_given",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("at", _TIME, nullable=False),
    sa.Column("terms_version", sa.Text, nullable=False),
    sa.Column("terms_hash", sa.Text, nullable=False),
    sa.Column("of_terms_in_force", sa.Boolean, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
    sa.Column("recorded", _TIME, nullable=False),
)
WAITING = sa.Table(
    "creation_message",
    METADATA,
    sa.Column("command_id", sa.Text, sa.ForeignKey("creation_command.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("customer_id", sa.Text, sa.ForeignKey("customer.id"), nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("product_order.id"), nullable=False),
    sa.Column("message", JSONB, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was carried out: what it said, and what was answered."""

    fingerprint: bytes
    answer: bytes


def claim(connection: sa.Connection, **values: Any) -> bool:
    """Make the command ours; False when it was done before. A twin in flight is waited for."""
    statement = insert(COMMAND).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(COMMAND.c.id)).first() is not None


def done(connection: sa.Connection, command_id: str) -> Done:
    """The fingerprint and answer of a command that was done."""
    query = sa.select(COMMAND.c.fingerprint, COMMAND.c.answer)
    row = connection.execute(query.where(COMMAND.c.id == command_id)).one()
    return Done(row.fingerprint, row.answer)


def keep_answer(connection: sa.Connection, command_id: str, answer: bytes) -> None:
    query = sa.update(COMMAND).where(COMMAND.c.id == command_id)
    connection.execute(query.values(answer=answer))


def keep_pin(connection: sa.Connection, **values: Any) -> None:
    connection.execute(sa.insert(PIN).values(**values))


def pin_hash(connection: sa.Connection, customer_id: str) -> str | None:
    """The hash of a customer's PIN; None where he has none."""
    found: str | None = connection.scalar(
        sa.select(PIN.c.hash).where(PIN.c.customer_id == customer_id)
    )
    return found


def keep_agreement(connection: sa.Connection, **values: Any) -> None:
    connection.execute(sa.insert(AGREEMENT).values(**values))


def keep_message(connection: sa.Connection, **values: Any) -> None:
    connection.execute(sa.insert(WAITING).values(**values))


def take_message(connection: sa.Connection, command_id: str, position: int) -> sa.Row[Any] | None:
    """A waiting message, locked; None when it was sent."""
    query = sa.select(WAITING).where(
        WAITING.c.command_id == command_id, WAITING.c.position == position
    )
    return connection.execute(query.with_for_update()).one_or_none()


def drop_message(connection: sa.Connection, command_id: str, position: int) -> None:
    connection.execute(
        sa.delete(WAITING).where(WAITING.c.command_id == command_id, WAITING.c.position == position)
    )
