"""TMF637 Product Inventory: what a customer has."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Reading
from backend_client.records import (
    Characteristic,
    Entity,
    Place,
    Price,
    PriceAlteration,
    Quantity,
    Record,
    Ref,
    RelatedParty,
    Time,
    TimePeriod,
)


class ResourceRef(Ref, frozen=True):
    value: str | None = None


class ProductTerm(Record, frozen=True):
    """A contract's length and when it runs."""

    name: str | None = None
    description: str | None = None
    duration: Quantity | None = None
    valid_for: TimePeriod | None = None


class ProductPrice(Record, frozen=True):
    name: str | None = None
    description: str | None = None
    price_type: str | None = None
    recurring_charge_period: str | None = None
    unit_of_measure: str | None = None
    price: Price | None = None
    billing_account: Ref | None = None
    product_offering_price: Ref | None = None
    product_price_alteration: tuple[PriceAlteration, ...] = ()


class ProductOrderItemRef(Record, frozen=True):
    """The order item that made or changed a product."""

    product_order_id: str = ""
    order_item_id: str = ""
    order_item_action: str | None = None
    role: str | None = None


class ProductRelationship(Record, frozen=True):
    relationship_type: str | None = None
    product: Ref | None = None


class Product(Entity, frozen=True):
    """Used as TMF637's product, and by value inside orders and qualifications.

    Ask for `state` where `status` decides something: the official files write "aborted " with a
    blank at its end, and some servers follow them.
    """

    name: str | None = None
    description: str | None = None
    status: str | None = None
    is_bundle: bool | None = None
    is_customer_visible: bool | None = None
    product_serial_number: str | None = None
    order_date: Time | None = None
    start_date: Time | None = None
    termination_date: Time | None = None
    billing_account: Ref | None = None
    product_offering: Ref | None = None
    product_specification: Ref | None = None
    place: tuple[Place, ...] = ()
    product: tuple[Product, ...] = ()
    product_characteristic: tuple[Characteristic, ...] = ()
    product_order_item: tuple[ProductOrderItemRef, ...] = ()
    product_price: tuple[ProductPrice, ...] = ()
    product_relationship: tuple[ProductRelationship, ...] = ()
    product_term: tuple[ProductTerm, ...] = ()
    realizing_resource: tuple[ResourceRef, ...] = ()
    realizing_service: tuple[Ref, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()

    @property
    def state(self) -> str:
        return (self.status or "").strip()


class Products(Reading[Product]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, "/tmf-api/productInventory/v4/product", Product)
