"""What is decided about orders: how they are accepted, moved on, amended and cancelled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customer
from backend.ordering import fulfilment, holding, records, schemas
from backend.ordering import items as arranging
from backend.ordering.amending import Amending, InFlight, NothingInFlight
from backend.ordering.items import customer_of
from backend.ordering.placing import Placing
from backend.ordering.records import PRODUCT_ORDER as TABLE
from backend.ordering.revising import TAKEN_OUT, Revising, give_up
from backend.ordering.states import (
    FINAL,
    ITEM_STATES,
    MOVES,
    LatestOrder,
    derive,
    require_item_move,
    way,
)
from backend.qualification.rules import Qualification
from backend.rest import documents, events
from backend.rest.errors import Invalid, Refused
from backend.rest.resource import (
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
    Rules,
    StateMachine,
)

UNDONE = holding.UNDONE
"""The reason of a cancellation by which somebody takes back what he has just ordered."""

API = Api("productOrdering", "/tmf-api/productOrderingManagement/v4", "ProductOrdering")
FINAL_STATES = FINAL
"""States an order never leaves."""

relied_on = arranging.relied_on
"""The ids of the items that an item relies on."""

OnAccepted = Callable[[Context, Document], None]
"""Told of every order that was accepted, in the transaction that accepted it."""


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such order for this caller."""
    return documents.find(context, PRODUCT_ORDER, identity)


def bodies_of_customer(context: Context, customer_id: str) -> list[bytes]:
    """A customer's orders as stored JSON, newest first; the caller must have seen the customer."""
    return records.bodies_of_customer(context.connection, customer_id)


def under_way(context: Context, customer_id: str) -> dict[str, str]:
    """Products that orders of the customer change or end now, each with the order's number."""
    return records.under_way(context.connection, customer_id)


def latest(connection: sa.Connection, customer_ids: Sequence[str]) -> dict[str, LatestOrder]:
    """The newest order of each of these customers, one that is under way before others."""
    return records.latest(connection, customer_ids)


def set_item_state(
    context: Context, order_id: str, item_ids: Collection[str] | None, state: str
) -> Document:
    """Move items (None: all that are not over) of an order; its state and its products follow.

    An item that is in `state` already stays. Refused when TMF622's drawing has no such move, or
    there is no such item; nothing is changed then. Returns the order.
    """
    if state not in ITEM_STATES:
        raise Invalid(f"There is no item state {state}.", code="unknownState")

    def step(order: Document) -> Document:
        moved = _moving(order["productOrderItem"], item_ids, state)
        # their events come first: who hears that an order is completed finds its products active
        fulfilment.follow(context, order, moved, state)
        ids = {item["id"] for item in moved}
        items = [
            {**item, "state": state} if item["id"] in ids else item
            for item in order["productOrderItem"]
        ]
        return _entered(context, {**order, "productOrderItem": items})

    order = documents.rewrite(context, PRODUCT_ORDER, order_id, step).document
    while order["state"] != _target(order):
        order = documents.rewrite(
            context, PRODUCT_ORDER, order_id, lambda before: _entered(context, before)
        ).document
    return order


def promise(context: Context, order_id: str, moment: datetime) -> Document:
    """Say when the order is expected to be done."""
    expected = {"expectedCompletionDate": events.timestamp(moment)}
    return documents.rewrite(
        context, PRODUCT_ORDER, order_id, lambda order: {**order, **expected}
    ).document


def write_down(context: Context, order_id: str, facts: Document) -> Document:
    """Set attributes of the order that only the server knows; its state is not among them."""
    return documents.rewrite(
        context,
        PRODUCT_ORDER,
        order_id,
        lambda order: {**order, **facts, "state": order["state"]},
    ).document


def end_hold(context: Context, order_id: str) -> None:
    """From now on it is carried out."""

    def ended(order: Document) -> Document:
        return {name: value for name, value in order.items() if name != "holdUntil"}

    documents.rewrite(context, PRODUCT_ORDER, order_id, ended)


def take_out(context: Context, order_id: str) -> Document:
    """Items that were to go leave the order, now that nothing is left of them. Returns it."""
    going = [item for item in find(context, order_id)["productOrderItem"] if item.get(TAKEN_OUT)]
    if not going:
        return find(context, order_id)
    give_up(context, find(context, order_id), going)

    def without(order: Document) -> Document:
        left = [item for item in order["productOrderItem"] if not item.get(TAKEN_OUT)]
        return _entered(context, {**order, "productOrderItem": left})

    return documents.rewrite(context, PRODUCT_ORDER, order_id, without).document


class Ordering:
    """Accepts orders by the catalogue in force.

    `on_accepted` starts what carries an order out, `in_flight` hears of changes; `hold` is the
    real time in which somebody may undo an order before it begins.
    """

    def __init__(
        self,
        qualification: Qualification,
        on_accepted: OnAccepted,
        *,
        in_flight: InFlight | None = None,
        hold: timedelta = timedelta(0),
    ) -> None:
        self._placing = Placing(qualification)
        self._on_accepted = on_accepted
        self._amending = Amending(Revising(qualification), in_flight or NothingInFlight())
        self._hold = hold
        self.resource = self._resource(())

    def place(
        self, context: Context, document: Document, reservations: Sequence[str] = ()
    ) -> Document:
        """Accept an order as a client writes it; `reservations` keep numbers for it.

        Refused and Invalid name the wrong attributes; Conflict when a number is gone.
        """
        return documents.create(context, self._resource(reservations), document).document

    def _resource(self, reservations: Sequence[str]) -> Resource:
        def complete(context: Context, document: Document) -> Document:
            order = self._placing.completed(context, document, reservations)
            return {**order, **holding.hold(context, order, self._hold)}

        return replace(
            PRODUCT_ORDER,
            rules=Rules(
                before_create=complete,
                lock=self._amending.lock,
                before_patch=self._amending.amended,
                after_create=self._accepted,
                after_patch=self._amending.follow,
            ),
        )

    def _accepted(self, context: Context, order: Document) -> None:
        fulfilment.begin(context, order)
        self._on_accepted(context, order)


def _moving(
    items: Sequence[Document], item_ids: Collection[str] | None, state: str
) -> list[Document]:
    """The items that change; each must be there and be allowed to."""
    if item_ids is None:
        chosen = [item for item in items if item["state"] not in FINAL]
    else:
        chosen = [item for item in items if item["id"] in item_ids]
        if unknown := set(item_ids) - {item["id"] for item in chosen}:
            raise Refused(f"The order has no item {min(unknown)}.", code="danglingReference")
    moving = [item for item in chosen if item["state"] != state]
    for item in moving:
        require_item_move(item["state"], state)
    return moving


def _target(order: Document) -> str:
    return derive(item["state"] for item in order["productOrderItem"])


def _entered(context: Context, order: Document) -> Document:
    """The order one lawful step nearer to the state that its items give it."""
    states = way(order["state"], _target(order))
    if not states:
        return order
    after = {**order, "state": states[0]}
    after.pop("holdUntil", None)
    if after["state"] in FINAL:
        name = "cancellationDate" if after["state"] == "cancelled" else "completionDate"
        after[name] = events.timestamp(context.now)
    return after


def _columns(document: Document) -> Mapping[str, object]:
    return {
        "customer_id": customer_of(document),
        "billing_account_id": (document.get("billingAccount") or {}).get("id"),
        "order_number": document["orderNumber"],
        "external_id": document.get("externalId"),
        "state": document["state"],
        "ordered": datetime.fromisoformat(document["orderDate"]),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return TABLE.c.customer_id.in_(customer.of_reseller(caller.reseller))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, customer_of(document))


RIGHTS = Rights("customer.read", "order.create", "order.amend", "order.cancel")
_EXAMPLES: Mapping[str, Document] = {
    "create": {
        "relatedParty": [{"id": "KF-0000001-3", "role": "customer", "@referredType": "Customer"}],
        "productOrderItem": [
            {
                "id": "1",
                "action": "add",
                "quantity": 1,
                "productOffering": {"id": "M02"},
                "product": {
                    "productCharacteristic": [{"name": "userName", "value": "Edda Marrowby"}]
                },
            },
            {
                "id": "2",
                "action": "add",
                "productOffering": {"id": "M11"},
                "productOrderItemRelationship": [{"id": "1", "relationshipType": "reliesOn"}],
            },
        ],
    },
    "patch": {"note": [{"text": "The customer will be away until Friday."}]},
}

PRODUCT_ORDER = Resource(
    api=API,
    name="productOrder",
    tmf_type="ProductOrder",
    table=TABLE,
    model=schemas.ProductOrder,
    promote=_columns,
    rights=RIGHTS,
    visible=_visible,
    columns={
        "state": TABLE.c.state,
        "externalId": TABLE.c.external_id,
        "orderNumber": TABLE.c.order_number,
        "orderDate": TABLE.c.ordered,
        "billingAccount.id": TABLE.c.billing_account_id,
    },
    server_set=frozenset(
        {
            "orderDate",
            "orderNumber",
            "completionDate",
            "expectedCompletionDate",
            "catalogueVersion",
            "holdUntil",
        }
    ),
    states=StateMachine("state", ("acknowledged",), MOVES),
    audience=_audience,
    searches={"customerId": lambda value: TABLE.c.customer_id == value},
    examples=_EXAMPLES,
)
