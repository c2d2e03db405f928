"""Actions of an end: what leaving costs, and what has to come back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Inside, Outside, Work
from backend.rest.resource import Document

_TIME_TO_SEND = timedelta(days=14)  # DEMO 4.5: a reminder follows then


def _check_fee(work: Work) -> Document:
    """What leaving before its time costs, as the order was accepted; nothing where it is free."""
    prices = [price for item in work.items() for price in item.get("itemPrice", ())]
    shown = "dutyFreeAmount" if work.facts["business"] else "taxIncludedAmount"
    fee = sum((Decimal(str(price["price"][shown]["value"])) for price in prices), Decimal(0))
    last = work.facts["endsOn"] or work.context.now.date().isoformat()
    return {"end.day": last, **({"end.fee": f"{fee:.2f}"} if fee else {})}


def _label(work: Work) -> Document:
    names = [item["product"]["name"] for item in work.items() if item["action"] == "delete"]
    return {**ordered(work), "names": names}


def _until(work: Work, answer: Document) -> Document:
    """The label, and by when what it is for is expected."""
    until = (work.context.now + _TIME_TO_SEND).date()
    return {**answer, "return.until": until.isoformat()}


def _kept(_work: Work, answer: Document) -> Document:
    return answer


ACTIONS: Actions = {
    "cease.check-fee": Inside(_check_fee),
    "warehouse.make-label": Outside("warehouse", "make-label", _label, _until),
    "warehouse.expect-return": Outside("warehouse", "expect-return", ordered, _kept),
}
