"""The moments after an order was placed in which it may still be undone."""

from __future__ import annotations

from datetime import timedelta

from backend.rest import events
from backend.rest.resource import Context, Document

UNDONE = "Undone"
"""The reason of a cancellation by which somebody takes back what he has just ordered."""

EXPEDITED = "0"
"""The priority of an order that begins at once."""

_URGENT = frozenset({"lost", "stolen", "fraud"})
_NOBODY = frozenset({"system", "customer"})


def hold(context: Context, order: Document, time: timedelta) -> Document:
    """`holdUntil`, before which nothing of a new order begins; empty where it begins at once.

    Only what a person orders is held, unless it is urgent: a SIM was lost or stolen, or fraud
    is under way. `time` is real time, however fast the operator's passes.
    """
    roles = context.caller.roles
    if not time or not roles or roles & _NOBODY or order.get("priority") == EXPEDITED:
        return {}
    if any(_is_urgent(item) for item in order["productOrderItem"]):
        return {}
    return {"holdUntil": events.timestamp(context.now + time)}


def is_expedited(before: Document, after: Document) -> bool:
    """Whether a change of an order that is held lets it begin now."""
    was, becomes = before.get("priority"), after.get("priority")
    return "holdUntil" in before and was != becomes == EXPEDITED


def _is_urgent(item: Document) -> bool:
    said = ((item.get(name) or {}).get("reason") for name in ("suspension", "sim"))
    return any(reason in _URGENT for reason in said)
