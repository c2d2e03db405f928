"""What a product is made of (TMF637), also where an order item carries one by value."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from backend.rest.parts import (
    Characteristic,
    EntityRef,
    Identity,
    Moment,
    Money,
    Name,
    Part,
    Quantity,
    RelatedParty,
    RelatedPlace,
    Text,
    TimePeriod,
)


class Price(Part):
    """An amount without (`dutyFreeAmount`) and with tax; `taxRate` in per cent."""

    percentage: float | None = None
    tax_rate: float | None = None
    duty_free_amount: Money | None = None
    tax_included_amount: Money | None = None


class PriceAlteration(Part):
    price_type: Name
    price: Price
    application_duration: int | None = None
    description: Text | None = None
    name: Text | None = None
    priority: int | None = None
    recurring_charge_period: Text | None = None
    unit_of_measure: Text | None = None
    product_offering_price: EntityRef | None = None


class ProductPrice(Part):
    price_type: Name
    price: Price
    name: Text | None = None
    description: Text | None = None
    recurring_charge_period: Text | None = None
    unit_of_measure: Text | None = None
    billing_account: EntityRef | None = None
    product_offering_price: EntityRef | None = None
    product_price_alteration: list[PriceAlteration] | None = None


class ProductTerm(Part):
    name: Text | None = None
    description: Text | None = None
    duration: Quantity | None = None
    valid_for: TimePeriod | None = None


class ProductOrderItemRef(Part):
    tmf_type: ClassVar[str] = "RelatedProductOrderItem"

    product_order_id: Identity
    order_item_id: Identity
    order_item_action: Name | None = None
    product_order_href: Text | None = None
    role: Name | None = None
    referred_type: Name | None = Field(None, alias="@referredType")


class ResourceRef(EntityRef):
    value: Text | None = None


class AgreementItemRef(EntityRef):
    agreement_item_id: Identity | None = None


class ProductRefOrValue(Part):
    """A product by value, or a mere reference by `id` alone."""

    tmf_type: ClassVar[str] = "Product"

    id: Identity | None = None
    href: Text | None = None
    name: Text | None = None
    description: Text | None = None
    status: Name | None = None
    is_bundle: bool | None = None
    is_customer_visible: bool | None = None
    product_serial_number: Text | None = None
    order_date: Moment | None = None
    start_date: Moment | None = None
    termination_date: Moment | None = None
    agreement: list[AgreementItemRef] | None = None
    billing_account: EntityRef | None = None
    place: list[RelatedPlace] | None = None
    product: list[ProductRefOrValue] | None = None
    product_characteristic: list[Characteristic] | None = None
    product_offering: EntityRef | None = None
    product_order_item: list[ProductOrderItemRef] | None = None
    product_price: list[ProductPrice] | None = None
    product_relationship: list[ProductRelationship] | None = None
    product_specification: EntityRef | None = None
    product_term: list[ProductTerm] | None = None
    realizing_resource: list[ResourceRef] | None = None
    realizing_service: list[EntityRef] | None = None
    related_party: list[RelatedParty] | None = None
    referred_type: Name | None = Field(None, alias="@referredType")


class ProductRelationship(Part):
    relationship_type: Name
    product: ProductRefOrValue


class Product(ProductRefOrValue):
    """A product of the inventory."""
