"""Holding telephone numbers for a while: an extension in the words of TMF685 and TMF716."""

from __future__ import annotations

from backend_client.calls import Sender
from backend_client.collection import Collection
from backend_client.records import (
    Characteristic,
    Entity,
    Record,
    Ref,
    RelatedEntity,
    RelatedParty,
    Time,
    TimePeriod,
)


class ResourceCapacity(Record, frozen=True):
    """How many of what kind: a pool, and what the numbers must be like."""

    capacity_demand_amount: str | None = None
    resource_pool: Ref | None = None
    characteristic: tuple[Characteristic, ...] = ()


class ReservationItem(Record, frozen=True):
    """`resource` is the number held."""

    id: str | None = None
    quantity: int | None = None
    resource_capacity: ResourceCapacity | None = None
    resource: Ref | None = None
    sub_reservation_state: str | None = None


class Reservation(Entity, frozen=True):
    """Numbers that nobody else gets until `valid_for` ends; prolong it with an empty change.

    A number that somebody else holds ends in Conflict; `told["alternative"]` is then a free one,
    where the server names one.
    """

    external_id: str | None = None
    description: str | None = None
    reservation_state: str | None = None
    reservation_date: Time | None = None
    valid_for: TimePeriod | None = None
    related_entity: tuple[RelatedEntity, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()
    reservation_item: tuple[ReservationItem, ...] = ()


class Reservations(Collection[Reservation]):
    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, "/tmf-api/resourcePoolManagement/v4/reservation", Reservation)
