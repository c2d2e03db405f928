"""Cancelling an order: TMF622's task resource, at once or when the flow has undone its steps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import Enum

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.numbers import rules as numbers
from backend.ordering import records, rules, schemas
from backend.ordering.holding import UNDONE
from backend.ordering.items import NUMBER, characteristic, customer_of
from backend.ordering.records import CANCELLATION as TABLE
from backend.ordering.states import FINAL
from backend.rest import documents, events
from backend.rest.errors import Conflict, Field, NotFound, Refused
from backend.rest.resource import (
    Audience,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    Rules,
    StateMachine,
)


class Stop(Enum):
    """What carries an order out says when the order shall be cancelled."""

    AT_ONCE = "done"
    """Nothing was begun."""
    LATER = "inProgress"
    """It undoes what it did, then calls `finish`; or `refuse`."""
    TOO_LATE = "terminatedWithError"
    """The point of no return is passed."""


OnCancel = Callable[[Context, Document], Stop]

_NEXT = {
    "acknowledged": "pending",
    "pending": "cancelled",
    "held": "cancelled",
    "inProgress": "assessingCancellation",
    "assessingCancellation": "pendingCancellation",
    "pendingCancellation": "cancelled",
}
_UNTOUCHED = frozenset({"acknowledged"})
_ASSESSED = frozenset({"inProgress", "pending", "held"})


def nothing_begun(_context: Context, _order: Document) -> Stop:
    """The answer where no flow carries orders out."""
    return Stop.AT_ONCE


def assess(context: Context, order_id: str, item_ids: Collection[str] | None = None) -> None:
    """These items (None: all that are open) do not go on: what was done for them is taken back."""
    for before, after in ((_UNTOUCHED, "pending"), (_ASSESSED, "assessingCancellation")):
        items = rules.find(context, order_id)["productOrderItem"]
        ids = [item["id"] for item in _of(items, item_ids) if item["state"] in before]
        rules.set_item_state(context, order_id, ids, after)


def give_up(context: Context, order_id: str, item_ids: Collection[str]) -> None:
    """Nothing is left of what was done for these items: those that are open are cancelled."""
    _cancel_items(context, order_id, item_ids)


def is_asked(context: Context, order_id: str) -> bool:
    """Whether a request to cancel the order waits for what carries it out."""
    return records.open_cancellation(context.connection, order_id) is not None


def finish(context: Context, order_id: str) -> Document:
    """Everything is undone: the order's open items are cancelled. Returns the order."""
    order = _cancel_items(context, order_id)
    task = records.open_cancellation(context.connection, order_id)
    if task is not None:
        effective = {"state": "done", "effectiveCancellationDate": events.timestamp(context.now)}
        documents.rewrite(context, CANCELLATION, task, lambda before: {**before, **effective})
    return order


def refuse(context: Context, order_id: str) -> Document:
    """It turned out to be too late: the order goes on. Returns the order."""
    order = rules.find(context, order_id)
    ids = [
        item["id"] for item in order["productOrderItem"] if item["state"] == "assessingCancellation"
    ]
    order = rules.set_item_state(context, order_id, ids, "inProgress")
    task = records.open_cancellation(context.connection, order_id)
    if task is not None:
        failed = {"state": "terminatedWithError"}
        documents.rewrite(context, CANCELLATION, task, lambda before: {**before, **failed})
    return order


def resource(on_cancel: OnCancel) -> Resource:
    """Requests to cancel; `on_cancel` asks what carries the order out."""

    def assessed(context: Context, document: Document) -> Document:
        order = _cancellable(context, document["productOrder"]["id"])
        answer = on_cancel(context, order)
        document["productOrder"] = {
            "id": order["id"],
            "href": order["href"],
            "name": order["orderNumber"],
            "@referredType": "ProductOrder",
        }
        if answer is Stop.AT_ONCE:
            document["effectiveCancellationDate"] = events.timestamp(context.now)
        return {**document, "state": answer.value}

    return Resource(
        api=rules.API,
        name="cancelProductOrder",
        tmf_type="CancelProductOrder",
        table=TABLE,
        model=schemas.CancelProductOrder,
        promote=_columns,
        rights=Rights("customer.read", "order.cancel", "order.cancel", "order.cancel"),
        visible=_visible,
        columns={"state": TABLE.c.state, "productOrder.id": TABLE.c.order_id},
        operations=frozenset({Operation.LIST, Operation.RETRIEVE, Operation.CREATE}),
        server_set=frozenset({"state", "effectiveCancellationDate"}),
        states=_STATES,
        rules=Rules(before_create=assessed, after_create=_stop),
        audience=_audience,
        examples={
            "create": {
                "productOrder": {"id": "4a5f9f0f4d6c4c7c9d1b5c1f0c7c5b11"},
                "cancellationReason": "The customer changed her mind",
            }
        },
    )


def _cancellable(context: Context, order_id: str) -> Document:
    try:
        order = rules.find(context, order_id)
    except NotFound:
        field = Field("productOrder", "There is no such order.")
        raise Refused(field.message, code="danglingReference", fields=(field,)) from None
    if order["state"] in FINAL:
        raise Refused(
            f"{order['orderNumber']} is {order['state']}, so it can not be cancelled.",
            "Order the change that is wanted instead.",
            code="illegalTransition",
        )
    if records.open_cancellation(context.connection, order_id) is not None:
        raise Conflict(f"{order['orderNumber']} is being cancelled already.", code="exists")
    return order


def _stop(context: Context, task: Document) -> None:
    order_id = task["productOrder"]["id"]
    if task["state"] == Stop.TOO_LATE.value:
        return
    if reason := task.get("cancellationReason"):
        rules.write_down(context, order_id, {"cancellationReason": reason})
    if task["state"] == Stop.AT_ONCE.value:
        order = _cancel_items(context, order_id)
        if reason == UNDONE:
            _hold_numbers_again(context, order)
        return
    assess(context, order_id)


def _of(items: Iterable[Document], item_ids: Collection[str] | None) -> list[Document]:
    return [item for item in items if item_ids is None or item["id"] in item_ids]


def _cancel_items(
    context: Context, order_id: str, item_ids: Collection[str] | None = None
) -> Document:
    """Every open item, or each of these, goes the drawing's way to cancelled."""
    order = rules.find(context, order_id)
    while left := [
        item for item in _of(order["productOrderItem"], item_ids) if item["state"] not in FINAL
    ]:
        state = left[0]["state"]
        ids = [item["id"] for item in left if item["state"] == state]
        order = rules.set_item_state(context, order_id, ids, _NEXT[state])
    return order


def _hold_numbers_again(context: Context, order: Document) -> None:
    """What was held for the draft is held for it again: the caller goes on where he was."""
    chosen = (characteristic(item, NUMBER) for item in order["productOrderItem"])
    numbers.hold_again(context, [str(value) for value in chosen if value])


def _columns(document: Document) -> Document:
    return {"order_id": document["productOrder"]["id"], "state": document["state"]}


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    orders = sa.select(records.PRODUCT_ORDER.c.id).where(
        records.PRODUCT_ORDER.c.customer_id.in_(customer.of_reseller(caller.reseller))
    )
    return TABLE.c.order_id.in_(orders)


def _audience(context: Context, document: Document) -> Audience:
    order = rules.find(context, document["productOrder"]["id"])
    return customer.audience(context, customer_of(order))


_STATES = StateMachine(
    "state",
    ("inProgress", "done", "terminatedWithError", "accepted"),
    {
        "accepted": frozenset({"inProgress"}),
        "inProgress": frozenset({"done", "terminatedWithError"}),
    },
)
CANCELLATION = resource(nothing_begun)
