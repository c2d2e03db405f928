"""Actions of a change of owner: who gets it, may he have it, it is his."""

from __future__ import annotations

from backend.account import rules as account
from backend.customer import rules as customer
from backend.flows.actions.services import ordered
from backend.flows.facts import NEW_OWNER
from backend.flows.work import Actions, Inside, Outside, Work
from backend.ordering import consequences, purposes
from backend.rest.errors import Refused
from backend.rest.resource import Document

_OPEN = frozenset({"active", "initialized"})


def _check_receiver(work: Work) -> Document:
    """The new owner is one of ours and may be served; letters name both."""
    giver = customer.find(work.context, work.customer_id)
    receiver = customer.find(work.context, work.facts[NEW_OWNER])
    if receiver["status"] not in _OPEN:
        raise Refused(
            f"{receiver['name']} is {receiver['status']}.",
            "Open the customer again, or cancel the order.",
            code="customerClosed",
        )
    return {"owner.before": giver["name"], "owner.after": receiver["name"]}


def _ask_credit(work: Work) -> Document:
    receiver = customer.find(work.context, work.facts[NEW_OWNER])
    noted = {one["name"]: one["value"] for one in receiver.get("characteristic", ())}
    return {"customerId": receiver["id"], "creditClass": noted.get("creditClass")}


def _note_credit(_work: Work, answer: Document) -> Document:
    return {"creditClass": answer["creditClass"]}


def _check_account(work: Work) -> Document:
    """The account that the order names is the new owner's, and still there."""
    wanted = (work.order().get("billingAccount") or {}).get("id")
    own = account.of_customer(work.context, work.facts[NEW_OWNER])
    if wanted not in {one["id"] for one in own}:
        raise Refused(
            "The new owner has no such billing account.",
            "Make one for him, then try again.",
            code="noAccount",
        )
    return {"billingAccountId": wanted}


def _move(work: Work) -> Document:
    """Contracts, numbers and SIMs are the new owner's from this moment on."""
    order = work.order()
    moved = [item for item in work.items() if item.get("purpose") == purposes.OWNERSHIP]
    for item in moved:
        consequences.move_owner(work.context, order, item)
    return {
        "products": [item["product"]["id"] for item in moved],
        "change.from": work.context.now.date().isoformat(),
    }


def _final(work: Work) -> Document:
    return {**ordered(work), "until": work.context.now.date().isoformat()}


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


ACTIONS: Actions = {
    "owner.check-receiver": Inside(_check_receiver),
    "owner.assess-credit": Outside("credit", "assess", _ask_credit, _note_credit),
    "owner.check-account": Inside(_check_account),
    "owner.move": Inside(_move),
    "bill.final-bill": Outside("billing", "final-bill", _final, _nothing),
}
