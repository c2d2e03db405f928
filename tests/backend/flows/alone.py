"""Flows about a customer that carry no order out, as people begin and end them."""

from __future__ import annotations

from typing import Any

from backend.access.caller import Caller
from backend.rest.resource import Document
from tests.backend.flows.conftest import RIGHTS, Operation
from tests.backend.flows.test_families import filled_in

MANY_YEARS_A_SECOND = 1_000_000_000.0
"""A time scale at which no wait of a flow is noticed."""

BEGINNERS = RIGHTS | {
    "arrears.begin", "arrears.agree-plan", "payment.take", "bereavement.begin", "privacy.begin",
    "copper.begin",
}  # fmt: skip
SORREL = Caller("sorrel", "Sorrel Loomis", frozenset({"supervisor"}), BEGINNERS, None)


def begin(operation: Operation, code: str, customer: str, **told: Any) -> str:
    """Begin a flow as by POST processFlow; its id."""
    wanted: Document = {
        "processFlowSpecification": code,
        "relatedParty": [{"id": customer, "role": "customer", "@referredType": "Customer"}],
        "characteristic": [{"name": name, "value": value} for name, value in told.items()],
    }
    with operation.at(SORREL) as context:
        return str(operation.flows.starter.trigger(context, wanted).document["id"])


def answer(operation: Operation, flow: str, step: str, **answers: Any) -> None:
    """Complete a task with its form, once it is there."""
    operation.until_step(flow, step, "active")
    with operation.at(SORREL) as context:
        task = operation.tasks(flow)[step].id
        operation.flows.people.change(context, flow, task, filled_in(**answers))


def report(operation: Operation, flow: str, event: str, **told: Any) -> None:
    with operation.at(SORREL) as context:
        operation.flows.engine.note_event(context, flow, event, told)
