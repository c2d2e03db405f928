"""Actions that any product needs: its entitlement, its place in the network, bill, account."""

from __future__ import annotations

from backend.flows import orders
from backend.flows.work import Actions, Inside, Outside, Work
from backend.rest.resource import Document


def ordered(work: Work) -> Document:
    """What was ordered, as systems that carry it out want to know it."""
    return {
        "customerId": work.customer_id,
        "products": [
            {
                "id": item["product"]["id"],
                "action": item["action"],
                "offering": (item.get("productOffering") or {}).get("id"),
            }
            for item in work.items()
        ],
    }


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


def _update_account(work: Work) -> Document:
    """All that was ordered becomes what the customer has."""
    orders.complete(work.context, work.flow)
    return {}


ACTIONS: Actions = {
    "service.provision": Outside("network", "provision", ordered, _nothing),
    "service.remove": Outside("network", "remove", ordered, _nothing),
    "content.entitle": Outside("tv", "entitle", ordered, _nothing),
    "content.withdraw": Outside("tv", "withdraw", ordered, _nothing),
    "bill.add-line": Outside("billing", "add-line", ordered, _nothing),
    "account.update": Inside(_update_account),
}
