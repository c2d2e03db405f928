"""TMF701 Process Flow: the steps that carry out an order."""

from __future__ import annotations

from collections.abc import Iterator

from backend_client.calls import Sender, segment
from backend_client.cancel import Cancel
from backend_client.collection import Collection
from backend_client.records import (
    Characteristic,
    Entity,
    Record,
    Ref,
    RelatedEntity,
    RelatedParty,
    Time,
)


class TaskFlowRelationship(Record, frozen=True):
    relationship_type: str | None = None
    task_flow: Ref | None = None


class TaskFlow(Entity, frozen=True):
    """One step; `state` is new, active, hold, cancelled or completed."""

    name: str | None = None
    state: str | None = None
    priority: int | None = None
    is_mandatory: bool | None = None
    completion_method: str | None = None
    start_date: Time | None = None
    completion_date: Time | None = None
    requested_start_date: Time | None = None
    requested_completion_date: Time | None = None
    task_flow_specification: str | None = None
    task_flow_specification_ref: Ref | None = None
    characteristic: tuple[Characteristic, ...] = ()
    related_entity: tuple[RelatedEntity, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()
    task_flow_relationship: tuple[TaskFlowRelationship, ...] = ()


class ProcessFlow(Entity, frozen=True):
    """`state` is active, hold, cancelled or completed."""

    state: str | None = None
    process_flow_date: Time | None = None
    process_flow_specification: str | None = None
    process_flow_specification_ref: Ref | None = None
    characteristic: tuple[Characteristic, ...] = ()
    related_entity: tuple[RelatedEntity, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()
    task_flow: tuple[Ref, ...] = ()


class ProcessFlows(Collection[ProcessFlow]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, "/tmf-api/processFlowManagement/v4/processFlow", ProcessFlow)

    def tasks(self, process_flow_id: str) -> Collection[TaskFlow]:
        """The steps of one flow, to be listed, read and changed."""
        path = f"{self._path}/{segment(process_flow_id)}/taskFlow"
        return Collection(self._sender, path, TaskFlow, f"{self._route}/{{id}}/taskFlow")

    def steps(self, process_flow_id: str, *, cancel: Cancel | None = None) -> Iterator[TaskFlow]:
        """All steps of one flow, in the server's order."""
        return self.tasks(process_flow_id).all(cancel=cancel)
