"""What becomes of an order's items as the flow that carries them out goes on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from backend.flows import records
from backend.flows.records import Flow
from backend.ordering import cancelling
from backend.ordering import rules as ordering
from backend.rest.resource import Context

_WAITS = frozenset({"held", "pending"})


def begin(context: Context, flow: Flow) -> None:
    """The first step is being worked on: the items are in progress, and a day is promised."""
    if flow.order_id is None:
        return
    _move(context, flow, {"acknowledged"}, "inProgress")
    promised, expected = flow.facts.get("promised"), _expected(context, flow.order_id)
    if promised is not None:
        moment = datetime.fromisoformat(promised)
        if expected is None or expected < moment:
            ordering.promise(context, flow.order_id, moment)


def hold(context: Context, flow: Flow) -> None:
    """People must help."""
    if not flow.cancelling:
        _move(context, flow, {"inProgress"}, "held")


def resume(context: Context, flow: Flow) -> None:
    """It goes on."""
    if not flow.cancelling:
        _move(context, flow, _WAITS, "inProgress")


def complete(context: Context, flow: Flow) -> None:
    """Everything ordered works; the products become active."""
    _move(context, flow, {"acknowledged"}, "inProgress")
    _move(context, flow, {"inProgress"}, "completed")


def assess(context: Context, flow: Flow) -> None:
    """What this flow did is taken back; the order's other items go on."""
    if flow.order_id:
        cancelling.assess(context, flow.order_id, flow.facts.get("itemIds", ()))


def cancelled(context: Context, flow: Flow) -> None:
    """All that this flow did is undone; with the last flow a request to cancel is done."""
    if not flow.order_id:
        return
    cancelling.give_up(context, flow.order_id, flow.facts.get("itemIds", ()))
    left = records.open_flows_of_order(context.connection, flow.order_id)
    if not left and cancelling.is_asked(context, flow.order_id):
        cancelling.finish(context, flow.order_id)


def _move(context: Context, flow: Flow, before: Collection[str], state: str) -> None:
    """Move those of the flow's items that are in one of the states `before`."""
    if flow.order_id is None:
        return
    mine = set(flow.facts.get("itemIds", ()))
    items = ordering.find(context, flow.order_id)["productOrderItem"]
    moving = [item["id"] for item in items if item["id"] in mine and item["state"] in before]
    if moving:
        ordering.set_item_state(context, flow.order_id, moving, state)


def _expected(context: Context, order_id: str) -> datetime | None:
    found = ordering.find(context, order_id).get("expectedCompletionDate")
    return None if found is None else datetime.fromisoformat(found)
