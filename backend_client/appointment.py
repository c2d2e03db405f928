"""TMF646 Appointment: visits of an engineer, and when one could come."""

from __future__ import annotations

from backend_client.calls import Call, Sender
from backend_client.cancel import Cancel
from backend_client.collection import Collection
from backend_client.decoding import decoded, encoded
from backend_client.records import (
    Entity,
    Note,
    Place,
    Record,
    RelatedEntity,
    RelatedParty,
    Time,
    TimePeriod,
)

_API = "/tmf-api/appointment/v4"


class TimeSlot(Record, frozen=True):
    """A time in which somebody could come; some servers give it an id."""

    id: str | None = None
    href: str | None = None
    valid_for: TimePeriod | None = None
    related_party: RelatedParty | None = None


class SearchTimeSlot(Entity, frozen=True):
    """A question for free times, with its answer; `search_result` is success or fail."""

    status: str | None = None
    search_date: Time | None = None
    search_result: str | None = None
    available_time_slot: tuple[TimeSlot, ...] = ()
    requested_time_slot: tuple[TimeSlot, ...] = ()
    related_entity: tuple[RelatedEntity, ...] = ()
    related_party: RelatedParty | None = None
    related_place: Place | None = None


class Appointment(Entity, frozen=True):
    """`status` is initialized, confirmed, attempted, completed, failed or cancelled."""

    status: str | None = None
    category: str | None = None
    description: str | None = None
    external_id: str | None = None
    creation_date: Time | None = None
    last_update: Time | None = None
    valid_for: TimePeriod | None = None
    note: tuple[Note, ...] = ()
    related_entity: tuple[RelatedEntity, ...] = ()
    related_party: tuple[RelatedParty, ...] = ()
    related_place: Place | None = None


class Appointments(Collection[Appointment]):
    """A visit is moved by `change` of its `validFor` to a free time."""

    def __init__(self, sender: Sender) -> None:
        super().__init__(sender, f"{_API}/appointment", Appointment)

    def free(
        self,
        *,
        place_id: str = "",
        about: tuple[RelatedEntity, ...] = (),
        cancel: Cancel | None = None,
    ) -> tuple[TimeSlot, ...]:
        """Times that are free at a place, for what is to be done there, soonest first."""
        wanted = SearchTimeSlot(
            related_place=Place(id=place_id) if place_id else None, related_entity=about
        )
        call = Call(
            method="POST",
            path=f"{_API}/searchTimeSlot",
            body=encoded(wanted),
            keyed=True,  # a question asked twice has no second effect
            cancel=cancel,
        )
        found = decoded(self._sender.send(call), SearchTimeSlot).available_time_slot
        begun = [
            (each.valid_for.start_date_time, each)
            for each in found
            if each.valid_for and each.valid_for.start_date_time
        ]
        return tuple(slot for _, slot in sorted(begun, key=lambda each: each[0]))
