"""What a client may write of visits and of questions for free times (TMF646 v4)."""

from __future__ import annotations

from backend.rest.parts import (
    Attachment,
    ContactMedium,
    EntityRef,
    Identity,
    Moment,
    Name,
    Note,
    Part,
    RelatedEntity,
    RelatedParty,
    RelatedPlace,
    Text,
    TimePeriod,
)


class Appointment(Part):
    valid_for: TimePeriod
    status: Name | None = None
    category: Name | None = None
    description: Text | None = None
    external_id: Identity | None = None
    creation_date: Moment | None = None
    attachment: list[Attachment] | None = None
    calendar_event: EntityRef | None = None
    contact_medium: list[ContactMedium] | None = None
    note: list[Note] | None = None
    related_entity: list[RelatedEntity] | None = None
    related_party: list[RelatedParty] | None = None
    related_place: RelatedPlace | None = None


class TimeSlot(Part):
    id: Identity | None = None
    href: Text | None = None
    related_party: RelatedParty | None = None
    valid_for: TimePeriod


class SearchTimeSlot(Part):
    search_date: Moment | None = None
    search_result: Text | None = None
    status: Name | None = None
    available_time_slot: list[TimeSlot] | None = None
    related_entity: list[RelatedEntity] | None = None
    related_party: RelatedParty | None = None
    related_place: RelatedPlace | None = None
    requested_time_slot: list[TimeSlot] | None = None
