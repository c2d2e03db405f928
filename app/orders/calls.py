"""The log of an order: what network systems were asked, and what they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from app.language import tr
from app.orders.records import LogLine, StepState
from app.texts import moment
from backend_client.ordering import SystemCall

_STATES: Mapping[str, StepState] = {
    "answered": "done",
    "pending": "current",
    "refused": "bad",
    "unanswered": "warn",
}


def call_lines(
    calls: Sequence[SystemCall], steps: Mapping[str, str], now: dt.datetime
) -> tuple[LogLine, ...]:
    """Each call with the name of its step; those without a time are left out."""
    outcomes = {
        "answered": tr("Answered"),
        "pending": tr("Accepted, not done yet"),
        "refused": tr("Refused"),
        "unanswered": tr("No answer"),
    }
    return tuple(
        LogLine(
            id=f"call-{at}",
            at=call.at,
            when=_when(call.at, now),
            title=steps.get(call.task_id, tr("Another step")),
            outcome=outcomes.get(call.outcome, call.outcome),
            state=_STATES.get(call.outcome, "open"),
            by=f"{call.system}: {call.operation.replace('-', ' ')}",
            note=call.text,
        )
        for at, call in zip(range(len(calls), 0, -1), calls, strict=True)
        if call.at is not None
    )


def _when(at: dt.datetime, now: dt.datetime) -> str:
    """With its seconds: calls of a step are close together."""
    return f"{moment(at, now=now)}:{at.astimezone(now.tzinfo):%S}"
