"""Actions of a suspension that ends by itself."""

from __future__ import annotations

from backend.flows.work import Actions, Inside, Work
from backend.ordering import consequences, purposes
from backend.ordering import rules as ordering
from backend.rest.resource import Document

_RESTS = "suspended"


def _check(work: Work) -> Document:
    """Whether it still rests because of this order, and not of a later one, or has ended."""
    product, order = work.product(), work.order_id
    ours = [
        touched["productOrderId"]
        for touched in product.get("productOrderItem", ())
        if touched["orderItemAction"] == "modify"
    ]
    return {"rests": product["status"] == _RESTS and _last_suspension(work, ours) == order}


def _last_suspension(work: Work, orders: list[str]) -> str | None:
    """The last of these orders that suspended the flow's product."""
    product = work.product_id()
    for identity in reversed(orders):
        for item in ordering.find(work.context, identity)["productOrderItem"]:
            if item["product"].get("id") == product and item.get("purpose") == purposes.SUSPEND:
                return identity
    return None


def _resume(work: Work) -> Document:
    consequences.resume(work.context, work.items()[0])
    return {}


ACTIONS: Actions = {
    "suspension.check": Inside(_check),
    "suspension.end": Inside(_resume),
}
