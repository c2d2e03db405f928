"""What a product manager may write of the catalogue (TMF620)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from backend.rest.parts import (
    EntityRef,
    Money,
    Name,
    Part,
    Quantity,
    RelatedParty,
    Text,
    TimePeriod,
)

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Versioned(Part):
    """What all entities of the catalogue share."""

    name: Name
    description: Text | None = None
    version: Name | None = None
    lifecycle_status: Name | None = None
    valid_for: TimePeriod | None = None


class Catalog(Versioned):
    catalog_type: Name | None = None
    category: list[EntityRef] | None = None
    related_party: list[RelatedParty] | None = None


class Category(Versioned):
    is_root: bool | None = None
    parent_id: Name | None = None
    product_offering: list[EntityRef] | None = None
    sub_category: list[EntityRef] | None = None


class CharacteristicValue(Part):
    tmf_type: ClassVar[str] = "CharacteristicValueSpecification"

    value_from: int | None = None
    value_to: int | None = None
    range_interval: Name | None = None
    is_default: bool | None = None
    value_type: Name | None = None
    value: str | int | bool | Decimal | None = None
    unit_of_measure: Name | None = None
    regex: Text | None = None
    valid_for: TimePeriod | None = None


class SpecCharacteristicRelationship(Part):
    """Another characteristic that says whether, or with which values, this one is asked."""

    tmf_type: ClassVar[str] = "ProductSpecificationCharacteristicRelationship"

    id: Name | None = None
    name: Name
    relationship_type: Name | None = None
    char_spec_seq: int | None = None
    valid_for: TimePeriod | None = None


class SpecCharacteristic(Part):
    tmf_type: ClassVar[str] = "ProductSpecificationCharacteristic"

    name: Name
    description: Text | None = None
    value_type: Name | None = None
    configurable: bool | None = None
    extensible: bool | None = None
    is_unique: bool | None = None
    min_cardinality: int | None = None
    max_cardinality: int | None = None
    regex: Text | None = None
    product_spec_char_relationship: list[SpecCharacteristicRelationship] | None = None
    product_spec_characteristic_value: list[CharacteristicValue] | None = None


class ProductSpecification(Versioned):
    brand: Name | None = None
    is_bundle: bool | None = None
    product_number: Name | None = None
    product_spec_characteristic: list[SpecCharacteristic] | None = None
    related_party: list[RelatedParty] | None = None


class OfferingTerm(Part):
    name: Name | None = None
    description: Text | None = None
    duration: Quantity | None = None
    valid_for: TimePeriod | None = None


class OfferingRelationship(EntityRef):
    relationship_type: Name | None = None
    role: Name | None = None


class BundleOption(Part):
    """How many of an offering stand inside a bundle."""

    tmf_type: ClassVar[str] = "BundledProductOfferingOption"

    number_rel_offer_default: Count | None = None
    number_rel_offer_lower_limit: Count | None = None
    number_rel_offer_upper_limit: Count | None = None


class BundledOffering(EntityRef):
    tmf_type: ClassVar[str] = "BundledProductOffering"

    lifecycle_status: Name | None = None
    bundled_product_offering_option: BundleOption | None = None


class CharacteristicUse(Part):
    """How an offering uses a characteristic, such as how many a customer may hold."""

    tmf_type: ClassVar[str] = "ProductSpecificationCharacteristicValueUse"

    id: Name | None = None
    name: Name
    description: Text | None = None
    value_type: Name | None = None
    min_cardinality: Count | None = None
    max_cardinality: Count | None = None
    product_spec_characteristic_value: list[CharacteristicValue] | None = None
    product_specification: EntityRef | None = None
    valid_for: TimePeriod | None = None


class ProductOffering(Versioned):
    is_bundle: bool | None = None
    bundled_product_offering: list[BundledOffering] | None = None
    prod_spec_char_value_use: list[CharacteristicUse] | None = None
    is_sellable: bool | None = None
    status_reason: Text | None = None
    category: list[EntityRef] | None = None
    channel: list[EntityRef] | None = None
    market_segment: list[EntityRef] | None = None
    product_offering_price: list[EntityRef] | None = None
    product_offering_relationship: list[OfferingRelationship] | None = None
    product_offering_term: list[OfferingTerm] | None = None
    product_specification: EntityRef | None = None


class Tax(Part):
    tmf_type: ClassVar[str] = "TaxItem"

    id: Name | None = None
    tax_category: Name | None = None
    tax_rate: float | None = None
    tax_amount: Money | None = None


class ProductOfferingPrice(Versioned):
    tax: list[Tax] | None = None
    product_offering_term: list[OfferingTerm] | None = None
    prod_spec_char_value_use: list[CharacteristicUse] | None = None
    is_bundle: bool | None = None
    percentage: float | None = None
    price: Money | None = None
    price_type: Name | None = None
    recurring_charge_period_length: int | None = None
    recurring_charge_period_type: Name | None = None
    unit_of_measure: Quantity | None = None
