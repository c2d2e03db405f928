"""Actions of a prepaid line: its profile in the intelligent network, its credit, its rest."""

from __future__ import annotations

from backend.flows.work import Actions, Outside, Work
from backend.numbers import rules as numbers
from backend.resource_inventory import rules as resources
from backend.rest.resource import Document


def _line(work: Work) -> Document:
    """The line as the intelligent network knows it: number, SIM and what was bought for it."""
    product = work.product_id()
    known = numbers.of_product(work.context, product)
    sims = resources.sims_of(work.context, product)
    return {
        "customerId": work.customer_id,
        "msisdn": known[0].value if known else None,
        "iccid": sims[0].iccid if sims else None,
        "plan": work.facts["offer"],
    }


def _kept(_work: Work, answer: Document) -> Document:
    return answer


ACTIONS: Actions = {
    f"prepaid.{operation}": Outside("prepaid", operation, _line, _kept)
    for operation in (
        "create-profile", "delete-profile", "top-up", "balance", "block", "unblock",
    )
}  # fmt: skip
