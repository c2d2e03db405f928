"""What a client may write of an order (TMF622), and of a request to cancel one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from backend.inventory.parts import Price, PriceAlteration, ProductRefOrValue
from backend.rest.parts import (
    EntityRef,
    Identity,
    Moment,
    Name,
    Note,
    Part,
    Quantity,
    RelatedParty,
    Text,
)

MOST_ITEMS = 500


class OrderPrice(Part):
    name: Text | None = None
    description: Text | None = None
    price_type: Name | None = None
    recurring_charge_period: Text | None = None
    unit_of_measure: Text | None = None
    price: Price | None = None
    billing_account: EntityRef | None = None
    product_offering_price: EntityRef | None = None
    price_alteration: list[PriceAlteration] | None = None


class OrderTerm(Part):
    name: Text | None = None
    description: Text | None = None
    duration: Quantity | None = None


class OrderItemRelationship(Part):
    id: Identity
    relationship_type: Name


class Suspension(Part):
    """Why a product rests, and the day it works again by itself; without one it rests on."""

    reason: Literal["lost", "stolen", "request", "seasonal", "arrears", "fraud"] | None = None
    until: date | None = None


class SimChange(Part):
    """Another SIM for a line; `checked` says how the caller proved who he is.

    `handedOver` is the server's: a SIM that was named need not be posted.
    """

    kind: Literal["plastic", "esim"]
    iccid: Identity | None = None
    reason: Literal["lost", "stolen", "damaged", "device"] | None = None
    checked: list[Literal["birthDate", "postcode", "pin", "bank", "lastPayment"]] | None = None
    handed_over: bool | None = None


class ProductOrderItem(Part):
    """`suspension` and `sim` are ours; only the server decides `purpose` and `takenOut`."""

    id: Identity
    action: Literal["add", "modify", "delete", "noChange"]
    quantity: Annotated[int, Field(ge=1, le=MOST_ITEMS)] | None = None
    state: Name | None = None
    appointment: EntityRef | None = None
    billing_account: EntityRef | None = None
    item_price: list[OrderPrice] | None = None
    item_term: list[OrderTerm] | None = None
    item_total_price: list[OrderPrice] | None = None
    payment: list[EntityRef] | None = None
    product: ProductRefOrValue | None = None
    product_offering: EntityRef | None = None
    product_offering_qualification_item: EntityRef | None = None
    product_order_item_relationship: list[OrderItemRelationship] | None = None
    qualification: list[EntityRef] | None = None
    quote_item: EntityRef | None = None
    purpose: Text | None = None
    taken_out: bool | None = None
    suspension: Suspension | None = None
    sim: SimChange | None = None


class RelatedChannel(EntityRef):
    role: Name | None = None


class OrderNote(Note):
    tmf_type: ClassVar[str] = "Note"

    text: Text


class ProductOrder(Part):
    """`priceList` is ours: the price list the order is under, by id."""

    product_order_item: Annotated[
        list[ProductOrderItem], Field(min_length=1, max_length=MOST_ITEMS)
    ]
    related_party: list[RelatedParty] | None = None
    state: Name | None = None
    cancellation_date: Moment | None = None
    cancellation_reason: Text | None = None
    category: Name | None = None
    description: Text | None = None
    external_id: Identity | None = None
    notification_contact: Text | None = None
    priority: Name | None = None
    requested_completion_date: Moment | None = None
    requested_start_date: Moment | None = None
    agreement: list[EntityRef] | None = None
    billing_account: EntityRef | None = None
    channel: list[RelatedChannel] | None = None
    note: list[OrderNote] | None = None
    order_total_price: list[OrderPrice] | None = None
    payment: list[EntityRef] | None = None
    price_list: EntityRef | None = None
    product_offering_qualification: list[EntityRef] | None = None
    quote: list[EntityRef] | None = None


class CancelProductOrder(Part):
    product_order: EntityRef
    cancellation_reason: Text | None = None
    requested_cancellation_date: Moment | None = None
