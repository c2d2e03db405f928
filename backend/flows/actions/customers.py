"""Actions about the customer: who it is, what may be sold on credit, how old."""

from __future__ import annotations

from datetime import date

from backend.account import rules as account
from backend.customer import rules as customer
from backend.flows.work import Actions, Inside, Outside, Work
from backend.party import rules as party
from backend.rest.errors import Refused
from backend.rest.resource import Document

_ADULT = 18  # years: the Video Recordings Act's 18 certificate


def _check(work: Work) -> Document:
    """The customer is one of ours and may be served."""
    found = customer.find(work.context, work.customer_id)
    if found["status"] not in {"active", "initialized"}:
        raise Refused(
            f"{found['name']} is {found['status']}.",
            "Open the customer again, or cancel the order.",
            code="customerClosed",
        )
    return {"name": found["name"]}


def _ask_credit(work: Work) -> Document:
    found = customer.find(work.context, work.customer_id)
    noted = {one["name"]: one["value"] for one in found.get("characteristic", ())}
    return {"customerId": work.customer_id, "creditClass": noted.get("creditClass")}


def _note_credit(_work: Work, answer: Document) -> Document:
    return {"creditClass": answer["creditClass"]}


def _check_adult(work: Work) -> Document:
    """Only adults; an organisation has said so in its contract."""
    engaged = customer.find(work.context, work.customer_id)["engagedParty"]
    if engaged["@referredType"] == "Organization":
        return {}
    born = party.individual(work.context, engaged["id"]).get("birthDate")
    if not born or _years(date.fromisoformat(str(born)[:10]), work.context.now.date()) < _ADULT:
        raise Refused("The customer is not known to be 18.", "Check the age.", code="notAdult")
    return {}


def _check_account(work: Work) -> Document:
    """There is an account to bill."""
    chosen = (work.product().get("billingAccount") or {}).get("id")
    accounts = account.of_customer(work.context, work.customer_id)
    found = next((one["id"] for one in accounts if chosen in {None, one["id"]}), None)
    if found is None:
        raise Refused("There is no account to bill.", "Make a billing account.", code="noAccount")
    return {"billingAccountId": found}


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


ACTIONS: Actions = {
    "customer.check": Inside(_check),
    "customer.check-adult": Inside(_check_adult),
    "customer.check-account": Inside(_check_account),
    "credit.assess": Outside("credit", "assess", _ask_credit, _note_credit),
}
