"""Visits: asked for where the engineer would come, and moved to a time that is free."""

from __future__ import annotations

from backend_client import Client
from backend_client.records import RelatedEntity
from tests.backend_client.server import Server

ORDER = RelatedEntity(id="o1", role="order", referred_type="ProductOrder")
LATE = {"startDateTime": "2026-11-25T12:00:00+00:00", "endDateTime": "2026-11-25T16:00:00+00:00"}
SOON = {"startDateTime": "2026-11-24T08:00:00+00:00", "endDateTime": "2026-11-24T12:00:00+00:00"}


def test_free_times_come_soonest_first(server: Server, client: Client) -> None:
    server.says({"availableTimeSlot": [{"id": "2", "validFor": LATE}, {"validFor": SOON}, {}]}, 201)
    found = client.appointments.free(place_id="A-1", about=(ORDER,))
    assert [slot.id for slot in found] == [None, "2"]
    request = server.requests[-1]
    assert request.path == "/tmf-api/appointment/v4/searchTimeSlot"
    assert request.document["relatedPlace"] == {"id": "A-1"}
    assert request.document["relatedEntity"][0]["id"] == "o1"


def test_a_visit_is_moved_to_another_time(server: Server, client: Client) -> None:
    server.says({"id": "v1", "validFor": SOON})
    assert client.appointments.change("v1", {"validFor": SOON}).record.valid_for is not None
    assert server.requests[-1].path == "/tmf-api/appointment/v4/appointment/v1"
