"""TMF622 Product Ordering."""

from __future__ import annotations

from uuid import uuid4

from backend_client.calls import Call, Sender, segment
from backend_client.cancel import Cancel
from backend_client.collection import Collection, Version
from backend_client.decoding import decoded
from backend_client.inventory import Product
from backend_client.records import (
    Channel,
    Entity,
    Note,
    Price,
    PriceAlteration,
    Record,
    Ref,
    RelatedParty,
    Time,
)

_API = "/tmf-api/productOrderingManagement/v4"

FINAL_STATES = frozenset({"rejected", "cancelled", "completed", "failed", "partial"})
"""States an order never leaves (the state drawing of TMF622)."""

UNDONE = "Undone"
"""The reason of an order that was taken back before anything of it had begun."""


class OrderPrice(Record, frozen=True):
    name: str | None = None
    description: str | None = None
    price_type: str | None = None
    recurring_charge_period: str | None = None
    unit_of_measure: str | None = None
    price: Price | None = None
    billing_account: Ref | None = None
    product_offering_price: Ref | None = None
    price_alteration: tuple[PriceAlteration, ...] = ()


class OrderItemRelationship(Record, frozen=True):
    id: str = ""
    relationship_type: str | None = None


class ProductOrderItem(Record, frozen=True):
    """`action` is add, modify, delete or noChange; `purpose`, an extension, says what it is for."""

    id: str = ""
    action: str = ""
    purpose: str | None = None
    quantity: int | None = None
    state: str | None = None
    appointment: Ref | None = None
    billing_account: Ref | None = None
    product: Product | None = None
    product_offering: Ref | None = None
    item_price: tuple[OrderPrice, ...] = ()
    item_total_price: tuple[OrderPrice, ...] = ()
    product_order_item: tuple[ProductOrderItem, ...] = ()
    product_order_item_relationship: tuple[OrderItemRelationship, ...] = ()


class ProductOrder(Entity, frozen=True):
    """`order_number` is the number for people, an extension; see `number`.

    `hold_until` (an extension) is there while nothing of the order has begun.
    """

    external_id: str | None = None
    order_number: str | None = None
    state: str | None = None
    category: str | None = None
    description: str | None = None
    priority: str | None = None
    notification_contact: str | None = None
    order_date: Time | None = None
    requested_start_date: Time | None = None
    requested_completion_date: Time | None = None
    expected_completion_date: Time | None = None
    hold_until: Time | None = None
    completion_date: Time | None = None
    cancellation_date: Time | None = None
    cancellation_reason: str | None = None
    billing_account: Ref | None = None
    agreement: tuple[Ref, ...] = ()
    channel: tuple[Channel, ...] = ()
    note: tuple[Note, ...] = ()
    order_total_price: tuple[OrderPrice, ...] = ()
    product_order_item: tuple[ProductOrderItem, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.state in FINAL_STATES

    @property
    def number(self) -> str:
        """What people call the order."""
        return self.order_number or self.external_id or self.id


class CancelProductOrder(Entity, frozen=True):
    """The task of cancelling an order; `state` is that of the task, not of the order."""

    state: str | None = None
    cancellation_reason: str | None = None
    requested_cancellation_date: Time | None = None
    effective_cancellation_date: Time | None = None
    product_order: Ref | None = None


class Cancelling(Record, frozen=True):
    """Whether an order can still be cancelled, and what that costs.

    `until_step` names the step after which there is no way back.
    """

    possible: bool = False
    until: Time | None = None
    until_step: str | None = None
    text: str = ""
    fee: str = "0.00"


class ItemOption(Record, frozen=True):
    """An item of the order; `may_go`: it can be taken out."""

    id: str = ""
    name: str = ""
    may_go: bool = False


class Amendment(Record, frozen=True):
    """What can be changed: `what` is visit, items, settings, day or contact."""

    what: str = ""
    label: str = ""
    possible: bool = False
    until: Time | None = None
    until_step: str | None = None
    items: tuple[ItemOption, ...] = ()


class OrderOptions(Record, frozen=True):
    """What can still be done about an order that is under way.

    `undo_seconds` are the real seconds left for an undo when the server answered; None: none.
    """

    undo_until: Time | None = None
    undo_seconds: float | None = None
    cancel: Cancelling = Cancelling()
    amend: tuple[Amendment, ...] = ()


class SystemCall(Record, frozen=True):
    """A call to a network system; `outcome` is answered, pending, refused or unanswered."""

    task_id: str = ""
    at: Time | None = None
    system: str = ""
    operation: str = ""
    outcome: str = ""
    text: str = ""


class SystemCalls(Record, frozen=True):
    """The latest first."""

    calls: tuple[SystemCall, ...] = ()


class ProductOrders(Collection[ProductOrder]):
    """An open order is amended by `change`: Rejected names the step where it is too late."""

    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/productOrder", ProductOrder)

    def options(self, order_id: str, *, cancel: Cancel | None = None) -> OrderOptions:
        """What can still be done; an extension, asked for by the capability `orderOptions`."""
        return decoded(self._sender.send(_about(order_id, "options", cancel)), OrderOptions)

    def calls(self, order_id: str, *, cancel: Cancel | None = None) -> tuple[SystemCall, ...]:
        """What network systems were asked and answered; an extension, capability `calls`."""
        answer = self._sender.send(_about(order_id, "calls", cancel))
        return decoded(answer, SystemCalls).calls

    def begin_now(self, order_id: str, *, cancel: Cancel | None = None) -> Version[ProductOrder]:
        """End the time in which an order could be undone."""
        return self.change(order_id, {"priority": "0"}, key=uuid4().hex, cancel=cancel)


class CancelProductOrders(Collection[CancelProductOrder]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/cancelProductOrder", CancelProductOrder)

    def ask(
        self, order_id: str, reason: str, *, key: str | None = None, cancel: Cancel | None = None
    ) -> CancelProductOrder:
        """Cancel an order: `state` is done, inProgress, or terminatedWithError when too late.

        `key`: one for each intention, so that it may be asked again where no answer came.
        """
        wanted = {"productOrder": {"id": order_id}, "cancellationReason": reason}
        return self.create(wanted, key=key or uuid4().hex, cancel=cancel).record

    def undo(self, order_id: str, *, cancel: Cancel | None = None) -> CancelProductOrder:
        """Take an order back within its hold, before anything of it has begun."""
        return self.ask(order_id, UNDONE, cancel=cancel)


def _about(order_id: str, what: str, cancel: Cancel | None) -> Call:
    return Call(
        method="GET",
        path=f"/desk-api/v1/order/{segment(order_id)}/{what}",
        route=f"/desk-api/v1/order/{{id}}/{what}",
        cancel=cancel,
    )
