"""The log of calls: what network systems were asked by each step, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.database import METADATA
from backend.flows.adapters.network import Answer, Answered, Call, Pending, Refusal
from backend.flows.records import PROCESS_FLOW, TASK_FLOW
from backend.rest import events
from backend.rest.resource import Document

FLOW_CALL = sa.Table(
    "flow_call",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("task_flow_id", sa.Text, sa.ForeignKey("task_flow.id"), nullable=False, index=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("system", sa.Text, nullable=False),
    sa.Column("operation", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)

_LONGEST = 200  # letters of an answer
_SECRET = ("puk", "pin", "secret", "password", "activation")


def note(connection: sa.Connection, now: datetime, call: Call, answer: Answer) -> None:
    """A system answered; part of the transaction that does what follows from it."""
    match answer:
        case Answered(result):
            _insert(connection, now, call, "answered", told(result))
        case Pending():
            _insert(connection, now, call, "pending", "")
        case Refusal(reason):
            _insert(connection, now, call, "refused", reason)


def note_silence(connection: sa.Connection, now: datetime, call: Call, words: str) -> None:
    """It is not known what became of the call."""
    _insert(connection, now, call, "unanswered", words)


def told(result: Document) -> str:
    """What an answer says, as far as everybody may see it: no secrets, nothing long."""
    parts = [
        f"{name} {value}"
        for name, value in result.items()
        if isinstance(value, str | int | float)
        and not any(word in name.lower() for word in _SECRET)
    ]
    return ", ".join(parts)[:_LONGEST]


def of_order(connection: sa.Connection, order_id: str) -> list[dict[str, Any]]:
    """All calls of an order's flows, the latest first, as the desk reads them."""
    query = (
        sa.select(FLOW_CALL, TASK_FLOW.c.step)
        .join(TASK_FLOW, TASK_FLOW.c.id == FLOW_CALL.c.task_flow_id)
        .join(PROCESS_FLOW, PROCESS_FLOW.c.id == TASK_FLOW.c.process_flow_id)
        .where(PROCESS_FLOW.c.order_id == order_id)
        .order_by(FLOW_CALL.c.id.desc())
    )
    return [
        {
            "taskId": row.task_flow_id,
            "at": events.timestamp(row.at),
            "system": row.system,
            "operation": row.operation,
            "outcome": row.outcome,
            "text": row.words,
        }
        for row in connection.execute(query)
    ]


def _insert(connection: sa.Connection, now: datetime, call: Call, outcome: str, words: str) -> None:
    values = {
        "task_flow_id": call.key,
        "at": now,
        "system": call.system,
        "operation": call.operation,
        "outcome": outcome,
        "words": words[:_LONGEST],
    }
    connection.execute(sa.insert(FLOW_CALL).values(**values))
