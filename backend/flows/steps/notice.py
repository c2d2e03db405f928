"""A step that tells the customer something, each letter once."""

from __future__ import annotations

from datetime import date, datetime

from backend.flows import records
from backend.flows.adapters.network import Call
from backend.flows.definition import Step
from backend.flows.facts import NEW_OWNER
from backend.flows.letter_data import fields_of, rows_of
from backend.flows.outcomes import Done, Outcome
from backend.flows.steps.kinds import Beginning, Pace
from backend.flows.work import Notifier, Work
from backend.rest.errors import Refused
from backend.rest.resource import Document

_UNREACHABLE = "noAddress"
_LINE = "line"
"""To whoever has the line's SIM now, at its own number."""


class Notice:
    """Given in the transaction that ends the step: no letter without its step."""

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier

    def begin(
        self,
        step: Step,  # noqa: ARG002 - as every kind
        now: datetime,
        pace: Pace,  # noqa: ARG002 - as every kind
        until: date | None,  # noqa: ARG002 - as every kind
    ) -> Beginning:
        return Beginning(now)

    def call(self, work: Work) -> Call | None:  # noqa: ARG002 - as every kind
        return None

    def finish(self, work: Work, answer: Document | None) -> Outcome:  # noqa: ARG002 - as every kind
        told: list[Document] = []
        for letter in work.step.told:
            try:
                told.append({"letter": letter, "documentId": self._give(work, letter)})
            except Refused as refusal:
                if work.step.must_reach or refusal.code != _UNREACHABLE:
                    raise
                told.append({"letter": letter, "reason": refusal.reason})
        return Done(told=tuple(told))

    def _give(self, work: Work, letter: str) -> str:
        whose = {
            "step": work.task.id,
            "flow": work.flow.id,
            "order": _order_key(work),
            "customer": work.customer_id,
        }
        reader, key = work.customer_id, f"{whose[work.step.once_per] or work.flow.id}:{letter}"
        if work.step.to == NEW_OWNER:
            reader, key = str(work.facts[NEW_OWNER]), f"{key}:{NEW_OWNER}"
        fields = fields_of(work, letter)
        return self._notifier.letter(
            work.context,
            letter,
            reader,
            key=key,
            order=work.order() if work.flow.order_id else None,
            fields=fields,
            rows=rows_of(work),
            mobile=str(fields["line.number"]) if work.step.to == _LINE else None,
        )


def _order_key(work: Work) -> str | None:
    """Once for each order; what was told before it was amended is told again as it is now."""
    flow = work.flow
    if flow.order_id is None or work.step.once_per != "order":
        return flow.order_id
    again = records.told_before_amended(work.context.connection, flow.order_id, flow.started)
    return f"{flow.order_id}~{again}" if again else flow.order_id
