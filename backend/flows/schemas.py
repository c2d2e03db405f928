"""What a client may write of flows (TMF701 v4.1)."""

from __future__ import annotations

from backend.rest.parts import (
    Characteristic,
    EntityRef,
    Identity,
    Moment,
    Name,
    Part,
    RelatedEntity,
    RelatedParty,
    Text,
    TimePeriod,
)


class TaskFlowRelationship(Part):
    relationship_type: Name
    task_flow: EntityRef


class ProcessFlow(Part):
    """`processFlowSpecification` is the code of a flow, such as PF01."""

    process_flow_specification: Name
    state: Name | None = None
    channel: list[EntityRef] | None = None
    characteristic: list[Characteristic] | None = None
    process_flow_specification_ref: EntityRef | None = None
    related_entity: list[RelatedEntity] | None = None
    related_party: list[RelatedParty] | None = None
    task_flow: list[EntityRef] | None = None


class TaskFlow(Part):
    state: Name | None = None
    completion_date: Moment | None = None
    completion_method: Name | None = None
    is_mandatory: bool | None = None
    priority: int | None = None
    requested_completion_date: Moment | None = None
    requested_start_date: Moment | None = None
    start_date: Moment | None = None
    task_flow_specification: Name | None = None
    channel: list[EntityRef] | None = None
    characteristic: list[Characteristic] | None = None
    related_entity: list[RelatedEntity] | None = None
    related_party: list[RelatedParty] | None = None
    task_flow_relationship: list[TaskFlowRelationship] | None = None
    task_flow_specification_ref: EntityRef | None = None


class CharacteristicSpecification(Part):
    id: Identity | None = None
    name: Name
    description: Text | None = None
    value_type: Name | None = None
    configurable: bool | None = None


class TaskFlowSpecificationRelationship(Part):
    id: Identity | None = None
    name: Name | None = None
    relationship_type: Name | None = None


class ProcessFlowSpecification(Part):
    name: Name
    description: Text | None = None
    version: Name | None = None
    lifecycle_status: Name | None = None
    task_flow_specification: list[EntityRef] | None = None
    valid_for: TimePeriod | None = None


class TaskFlowSpecification(Part):
    name: Name
    description: Text | None = None
    version: Name | None = None
    lifecycle_status: Name | None = None
    task_flow_specification_type: Name | None = None
    task_flow_specification_relationship: list[TaskFlowSpecificationRelationship] | None = None
    task_flow_specification_characteristic: list[CharacteristicSpecification] | None = None
    valid_for: TimePeriod | None = None
