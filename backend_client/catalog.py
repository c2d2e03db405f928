"""TMF620 Product Catalog: what is on offer, at what price, with which choices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from backend_client.calls import Sender
from backend_client.collection import Reading
from backend_client.records import Entity, Money, Price, Quantity, Record, Ref, Time, TimePeriod

_API = "/tmf-api/productCatalogManagement/v4"


class BundleOption(Record, frozen=True):
    number_rel_offer_default: int | None = None
    number_rel_offer_lower_limit: int | None = None
    number_rel_offer_upper_limit: int | None = None


class BundledOffering(Ref, frozen=True):
    lifecycle_status: str | None = None
    bundled_product_offering_option: BundleOption | None = None


class OfferingRelationship(Ref, frozen=True):
    relationship_type: str | None = None
    role: str | None = None
    valid_for: TimePeriod | None = None


class OfferingTerm(Record, frozen=True):
    name: str | None = None
    description: str | None = None
    duration: Quantity | None = None
    valid_for: TimePeriod | None = None


class CharacteristicValue(Record, frozen=True):
    """One value that may be chosen, or a range of them."""

    value: Any = None
    value_from: Decimal | None = None
    value_to: Decimal | None = None
    value_type: str | None = None
    is_default: bool | None = None
    regex: str | None = None
    range_interval: str | None = None
    unit_of_measure: str | None = None
    valid_for: TimePeriod | None = None


class SpecificationCharacteristic(Record, frozen=True):
    """A choice that a product has; a form field is made from it."""

    id: str | None = None
    name: str = ""
    description: str | None = None
    value_type: str | None = None
    configurable: bool | None = None
    extensible: bool | None = None
    is_unique: bool | None = None
    min_cardinality: int | None = None
    max_cardinality: int | None = None
    regex: str | None = None
    product_spec_characteristic_value: tuple[CharacteristicValue, ...] = ()
    valid_for: TimePeriod | None = None


class CharacteristicValueUse(Record, frozen=True):
    """How an offering or a price narrows a characteristic of its specification."""

    id: str | None = None
    name: str = ""
    description: str | None = None
    value_type: str | None = None
    min_cardinality: int | None = None
    max_cardinality: int | None = None
    product_spec_characteristic_value: tuple[CharacteristicValue, ...] = ()
    valid_for: TimePeriod | None = None


class Tax(Record, frozen=True):
    tax_amount: Money | None = None
    tax_category: str | None = None
    tax_rate: Decimal | None = None


class PriceValue(Price, frozen=True):
    """A price by value: one amount, or amounts without and with tax, as servers differ."""

    unit: str | None = None
    value: Decimal | None = None

    @property
    def amount(self) -> Money | None:
        """What is paid: with tax where the server says so; None where there is no amount."""
        if self.unit is not None and self.value is not None:
            return Money(unit=self.unit, value=self.value)
        return self.tax_included_amount or self.duty_free_amount


class OfferedPrice(Entity, frozen=True):
    """A price inside an offering: a reference to it, or the price itself."""

    name: str | None = None
    description: str | None = None
    lifecycle_status: str | None = None
    price_type: str | None = None
    price: PriceValue | None = None
    recurring_charge_period: str | None = None
    recurring_charge_period_length: int | None = None
    unit_of_measure: Quantity | None = None
    version: str | None = None
    valid_for: TimePeriod | None = None


class Category(Entity, frozen=True):
    name: str | None = None
    description: str | None = None
    is_root: bool | None = None
    parent_id: str | None = None
    lifecycle_status: str | None = None
    version: str | None = None
    last_update: Time | None = None
    product_offering: tuple[Ref, ...] = ()
    sub_category: tuple[Ref, ...] = ()
    valid_for: TimePeriod | None = None


class ProductSpecification(Entity, frozen=True):
    name: str | None = None
    brand: str | None = None
    description: str | None = None
    is_bundle: bool | None = None
    lifecycle_status: str | None = None
    product_number: str | None = None
    version: str | None = None
    last_update: Time | None = None
    product_spec_characteristic: tuple[SpecificationCharacteristic, ...] = ()
    valid_for: TimePeriod | None = None


class ProductOfferingPrice(Entity, frozen=True):
    """`price_type` tells one-off, recurring and usage apart; the period is a length of a type."""

    name: str | None = None
    description: str | None = None
    is_bundle: bool | None = None
    lifecycle_status: str | None = None
    price_type: str | None = None
    price: Money | None = None
    percentage: Decimal | None = None
    recurring_charge_period_length: int | None = None
    recurring_charge_period_type: str | None = None
    unit_of_measure: Quantity | None = None
    version: str | None = None
    last_update: Time | None = None
    prod_spec_char_value_use: tuple[CharacteristicValueUse, ...] = ()
    tax: tuple[Tax, ...] = ()
    valid_for: TimePeriod | None = None


class ProductOffering(Entity, frozen=True):
    name: str | None = None
    description: str | None = None
    is_bundle: bool | None = None
    is_sellable: bool | None = None
    lifecycle_status: str | None = None
    status_reason: str | None = None
    version: str | None = None
    last_update: Time | None = None
    bundled_product_offering: tuple[BundledOffering, ...] = ()
    category: tuple[Ref, ...] = ()
    channel: tuple[Ref, ...] = ()
    market_segment: tuple[Ref, ...] = ()
    place: tuple[Ref, ...] = ()
    prod_spec_char_value_use: tuple[CharacteristicValueUse, ...] = ()
    product_offering_price: tuple[OfferedPrice, ...] = ()
    product_offering_relationship: tuple[OfferingRelationship, ...] = ()
    product_offering_term: tuple[OfferingTerm, ...] = ()
    product_specification: Ref | None = None
    valid_for: TimePeriod | None = None


class Categories(Reading[Category]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/category", Category)


class ProductSpecifications(Reading[ProductSpecification]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/productSpecification", ProductSpecification)


class ProductOfferingPrices(Reading[ProductOfferingPrice]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/productOfferingPrice", ProductOfferingPrice)


class ProductOfferings(Reading[ProductOffering]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/productOffering", ProductOffering)
