"""What TMF639 resources look like on the wire."""

from __future__ import annotations

from typing import Literal

from backend.rest.parts import (
    Attachment,
    Characteristic,
    EntityRef,
    Moment,
    Name,
    Note,
    Part,
    RelatedParty,
    RelatedPlace,
    Text,
)

Status = Literal["standby", "alarm", "available", "reserved", "unknown", "suspended"]


class ResourceSpecificationRef(EntityRef):
    version: Name | None = None


class ResourceRef(EntityRef):
    value: Text | None = None


class ResourceRelationship(Part):
    relationship_type: Name
    resource: ResourceRef | None = None
    resource_relationship_characteristic: list[Characteristic] | None = None


class Resource(Part):
    """The standard's Resource, with what its Logical and Physical kinds add."""

    category: Name | None = None
    description: Text | None = None
    name: Name | None = None
    value: Text | None = None
    serial_number: Name | None = None
    start_operating_date: Moment | None = None
    end_operating_date: Moment | None = None
    resource_version: Name | None = None
    administrative_state: Literal["locked", "unlocked", "shutdown"] | None = None
    operational_state: Literal["enable", "disable"] | None = None
    resource_status: Status | None = None
    usage_state: Literal["idle", "active", "busy"] | None = None
    attachment: list[Attachment] | None = None
    note: list[Note] | None = None
    place: RelatedPlace | None = None
    related_party: list[RelatedParty] | None = None
    resource_characteristic: list[Characteristic] | None = None
    resource_relationship: list[ResourceRelationship] | None = None
    resource_specification: ResourceSpecificationRef | None = None
