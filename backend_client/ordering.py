"""TMF622 Product Ordering."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
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


class ProductOrders(Collection[ProductOrder]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/productOrder", ProductOrder)


class CancelProductOrders(Collection[CancelProductOrder]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/cancelProductOrder", CancelProductOrder)
