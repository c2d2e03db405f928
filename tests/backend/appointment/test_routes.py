"""TMF646 over HTTP: free times, visits booked and moved, as the official file has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from backend.flows.simulators.dials import Dial
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.tmf import assert_conforms, official

BASE = "/tmf-api/appointment/v4"


@pytest.fixture(scope="module")
def served(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    with running_backend(database_server.clone(operator_template), worker=False) as backend:
        yield backend


@pytest.fixture
def place(served: RunningBackend) -> str:
    """An address where all engineers are free."""
    with served.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM simulated_visit"))
        return str(connection.scalar(sa.text("SELECT min(id) FROM address")))


def post(served: RunningBackend, path: str, body: object, **headers: str) -> requests.Response:
    return served.call("POST", BASE + path, "agent", json=body, headers=headers)


def patch(served: RunningBackend, visit: str, body: object) -> requests.Response:
    return served.call("PATCH", f"{BASE}/appointment/{visit}", "agent", json=body)


def free(served: RunningBackend, place: str) -> list[dict[str, Any]]:
    answer = post(served, "/searchTimeSlot", {"relatedPlace": {"id": place, "role": "visit"}})
    assert answer.status_code == 201, answer.text
    assert_conforms(646, "SearchTimeSlot", answer.json())
    found = answer.json()
    assert found["status"] == "done"
    assert served.call("GET", found["href"], "agent").json() == found
    return [slot["validFor"] for slot in found["availableTimeSlot"]]


def wish(place: str, period: object) -> dict[str, object]:
    return {"relatedPlace": {"id": place, "role": "visit"}, "validFor": period}


def test_paths_are_the_official_ones() -> None:
    file = official(646)
    assert file["basePath"].rstrip("/") == BASE
    assert {"/appointment", "/appointment/{id}", "/searchTimeSlot"} <= set(file["paths"])


def test_a_time_is_found_taken_and_moved(served: RunningBackend, place: str) -> None:
    first, second = free(served, place)[:2]
    booked = post(served, "/appointment", wish(place, first))
    assert booked.status_code == 201, booked.text
    assert_conforms(646, "Appointment", booked.json())
    visit = booked.json()
    assert visit["status"] == "initialized"
    assert visit["validFor"] == first
    moved = patch(served, visit["id"], {"validFor": second})
    assert moved.status_code == 200, moved.text
    assert_conforms(646, "Appointment", moved.json())
    assert moved.json()["validFor"] == second
    listed = served.call("GET", f"{BASE}/appointment?status=initialized", "agent").json()
    assert visit["id"] in [one["id"] for one in listed]


def test_a_time_runs_out_with_its_engineers(served: RunningBackend, place: str) -> None:
    first = free(served, place)[0]
    for _engineer in range(2):
        assert post(served, "/appointment", wish(place, first)).status_code == 201
    assert first not in free(served, place)
    refused = post(served, "/appointment", wish(place, first))
    assert (refused.status_code, refused.json()["code"]) == (409, "slotTaken")


def test_a_move_to_a_full_time_keeps_the_old_one(served: RunningBackend, place: str) -> None:
    first, second = free(served, place)[:2]
    visit = post(served, "/appointment", wish(place, second)).json()
    for _engineer in range(2):
        post(served, "/appointment", wish(place, first))
    assert patch(served, visit["id"], {"validFor": first}).status_code == 409
    kept = served.call("GET", visit["href"], "agent").json()
    assert kept["validFor"] == second


def test_the_same_request_books_once(served: RunningBackend, place: str) -> None:
    first = free(served, place)[0]
    answers = [
        post(served, "/appointment", wish(place, first), **{"Idempotency-Key": "once"})
        for _time in range(3)
    ]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert first in free(served, place), "one engineer is left"


def test_a_visit_given_up_is_free_again(served: RunningBackend, place: str) -> None:
    first = free(served, place)[0]
    visits = [post(served, "/appointment", wish(place, first)).json() for _engineer in range(2)]
    assert patch(served, visits[0]["id"], {"status": "cancelled"}).json()["status"] == "cancelled"
    assert first in free(served, place)
    again = patch(served, visits[0]["id"], {"validFor": free(served, place)[1]})
    assert (again.status_code, again.json()["code"]) == (422, "visitOver")


def test_what_can_not_be_is_refused_by_name(served: RunningBackend, place: str) -> None:
    soon = {
        "startDateTime": "2020-01-06T08:00:00+00:00",
        "endDateTime": "2020-01-06T12:00:00+00:00",
    }
    first = free(served, place)[0]
    nowhere = post(served, "/searchTimeSlot", {"relatedPlace": {"id": "A-0", "role": "visit"}})
    assert nowhere.json()["code"] == "danglingReference"
    assert post(served, "/appointment", wish(place, soon)).json()["code"] == "tooSoon"
    visit = post(served, "/appointment", wish(place, first)).json()
    assert patch(served, visit["id"], {"status": "completed"}).json()["code"] == "illegalTransition"
    assert (
        patch(served, visit["id"], {"relatedPlace": {"id": "A-0", "role": "visit"}}).json()["code"]
        == "notAmendable"
    )
    stranger = served.call("POST", f"{BASE}/appointment", "it", json=wish(place, first))
    assert stranger.status_code == 403
    assert served.call("DELETE", visit["href"], "agent").status_code == 405


def test_a_calendar_that_is_silent_is_no_fault_of_ours(served: RunningBackend, place: str) -> None:
    simulators = served.application.parts.flows.simulators
    simulators.turn("calendar", "find-slots", Dial(timedelta(0), unanswered=1.0))
    try:
        answer = post(served, "/searchTimeSlot", {"relatedPlace": {"id": place, "role": "visit"}})
        assert (answer.status_code, answer.json()["code"]) == (503, "calendarSilent")
    finally:
        simulators.turn("calendar", "find-slots", Dial(timedelta(0)))
