"""Number search and reservations on the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from backend.numbers.records import Reservation
from backend.numbers.search import Found
from backend.rest.events import timestamp
from backend.rest.parts import Characteristic, EntityRef, Identity, Name, Part, Text
from backend.rest.resource import Document

BASE = "/tmf-api/resourcePoolManagement/v4"
_RESOURCE = "/tmf-api/resourceInventoryManagement/v4/resource"


class ResourceRef(EntityRef):
    value: Name | None = None


class ResourceCapacity(Part):
    """What the next free numbers must be, when none is named.

    `resourcePool.id` is the pool; characteristics are numberType, prefix and grade.
    """

    capacity_demand_amount: Annotated[str, Field(pattern="^[0-9]{1,3}$")] = "1"
    resource_pool: EntityRef | None = None
    characteristic: list[Characteristic] = Field(default_factory=list)


class ReservationItem(Part):
    """A number by its id, or so many of a kind."""

    id: Identity | None = None
    quantity: int = 1
    resource: ResourceRef | None = None
    resource_capacity: ResourceCapacity | None = None


class ReservationCreate(Part):
    """`externalId` is the draft that the numbers are for: the hold dies with it."""

    tmf_type = "Reservation"

    external_id: Identity
    description: Text | None = None
    reservation_item: list[ReservationItem]


def found(result: Found) -> Document:
    return {
        "total": result.total,
        "grades": {grade.value: count for grade, count in result.grades.items()},
        "numbers": [
            {
                "id": one.value,
                "display": one.display,
                "memorable": one.memorable,
                "grade": one.grade.value,
                "why": one.why,
                "once": str(one.once),
                "state": one.state,
                "holder": one.holder,
                "heldUntil": timestamp(one.held_until) if one.held_until else None,
            }
            for one in result.numbers
        ],
    }


def reservation(made: Reservation, state: str) -> dict[str, Any]:
    """A reservation in the vocabulary of TMF685."""
    return {
        "id": made.id,
        "href": f"{BASE}/reservation/{made.id}",
        "externalId": made.draft_id,
        "reservationState": state,
        "reservationDate": timestamp(made.created),
        "validFor": {
            "startDateTime": timestamp(made.created),
            "endDateTime": timestamp(made.until),
        },
        "relatedParty": [
            {
                "id": made.user_id,
                "name": made.holder,
                "role": "requester",
                "@referredType": "Individual",
            }
        ],
        "reservationItem": [
            {
                "id": str(place),
                "quantity": 1,
                "subReservationState": "completed" if value in made.settled else state,
                "resource": {
                    "id": value,
                    "href": f"{_RESOURCE}/{value}",
                    "value": value,
                    "@referredType": "LogicalResource",
                },
                "@type": "ReservationItem",
            }
            for place, value in enumerate(made.numbers, 1)
        ],
        "@type": "Reservation",
    }
