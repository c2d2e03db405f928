"""What a client may ask by TMF760 v5; answers are the server's."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from backend.rest.parts import Characteristic, EntityRef, Identity, Name, Part, Text

MOST_ITEMS = 200


class Configured(Part):
    """A value that was set for a characteristic of an offering."""

    tmf_type: ClassVar[str] = "ConfigurationCharacteristicValue"

    is_selectable: bool | None = None
    is_selected: bool | None = None
    characteristic_value: Characteristic | None = None


class ConfigurationCharacteristic(Part):
    id: Identity
    name: Name
    value_type: Name
    configuration_characteristic_value: list[Configured] | None = None


class ConfigurationAction(Part):
    action: Literal["add", "modify", "delete", "noChange"]
    description: Text | None = None
    is_selected: bool | None = None


class ProductConfiguration(Part):
    """One offering or product, with how many and what is set for each."""

    id: Identity | None = None
    quantity: Annotated[int, Field(ge=0, le=10_000)] | None = None
    is_selectable: bool | None = None
    is_selected: bool | None = None
    is_visible: bool | None = None
    product_offering: EntityRef | None = None
    product: EntityRef | None = None
    configuration_action: list[ConfigurationAction] | None = None
    configuration_characteristic: list[ConfigurationCharacteristic] | None = None


class ItemRelationship(Part):
    tmf_type: ClassVar[str] = "ProductConfigurationItemRelationship"

    id: Identity
    relationship_type: Name


class ConfigurationItem(Part):
    """One item of a question; its answer has the same id."""

    id: Identity
    context_item: Any = None
    product_configuration_item_relationship: list[ItemRelationship] | None = None
    product_configuration: ProductConfiguration | None = None


class QueryItem(ConfigurationItem):
    tmf_type: ClassVar[str] = "QueryProductConfigurationItem"


class CheckItem(ConfigurationItem):
    tmf_type: ClassVar[str] = "CheckProductConfigurationItem"


class Related(Part):
    """For whom or through whom: roles `customer` and `reseller` are read."""

    tmf_type: ClassVar[str] = "RelatedPartyRefOrPartyRoleRef"

    role: Name
    party_or_party_role: EntityRef | None = None


class Question(Part):
    """What both tasks share.

    `contextEntity` is the address (`GeographicAddress`); `contextCharacteristic` tells of
    somebody who is not a customer yet: `partyType`, `birthDate`, `givenName`, `familyName`,
    `identityChecked`; and `priceList`.
    """

    channel: EntityRef | None = None
    related_party: list[Related] | None = None
    context_entity: EntityRef | None = None
    context_characteristic: list[Characteristic] | None = None
    instant_sync: bool | None = None


class QueryProductConfiguration(Question):
    """An item without an offering asks for everything that may be chosen."""

    request_product_configuration_item: Annotated[
        list[QueryItem], Field(min_length=1, max_length=MOST_ITEMS)
    ]


class CheckProductConfiguration(Question):
    provide_alternatives: bool | None = None
    check_product_configuration_item: Annotated[
        list[CheckItem], Field(min_length=1, max_length=MOST_ITEMS)
    ]
