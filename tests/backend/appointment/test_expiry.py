"""A time that no order took is free again after an hour."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from backend.appointment import rules
from backend.appointment.expiry import KEPT, Expiry
from backend.flows.simulators.dials import Dial
from backend.jobs import Jobs
from tests.backend.flows.conftest import Operation, now
from tests.backend.flows.test_families import address
from tests.backend.flows.test_visits import VISITOR, Desk


def expire(desk: Desk, after: timedelta) -> None:
    """What the job does so long after now."""
    expiry = Expiry(desk.operation.database, Jobs(), desk.calendar, lambda: now() + after)
    expiry.expire(0)


def status(desk: Desk, visit: str) -> str:
    with desk.operation.at(VISITOR) as context:
        return str(rules.find(context, visit)["status"])


def test_it_is_kept_for_an_hour(operation: Operation) -> None:
    desk = Desk(operation, address(operation, "gpon"))
    free = desk.free()
    visit = desk.book(free[0], "kept")["id"]
    expire(desk, KEPT - timedelta(minutes=1))
    assert status(desk, visit) == "initialized"
    expire(desk, KEPT + timedelta(minutes=1))
    assert status(desk, visit) == "cancelled"
    assert desk.free() == free


def test_what_an_order_has_taken_stays(operation: Operation) -> None:
    desk = Desk(operation, address(operation, "gpon"))
    visit = desk.book(desk.free()[0], "taken")["id"]
    with operation.database.begin() as connection:
        changed = "jsonb_set(document, '{status}', '\"confirmed\"')"
        connection.execute(sa.text(f"UPDATE appointment SET document = {changed}"))  # noqa: S608 - ours
    expire(desk, 2 * KEPT)
    assert status(desk, visit) == "confirmed"


def test_a_silent_calendar_is_asked_another_time(operation: Operation) -> None:
    desk = Desk(operation, address(operation, "gpon"))
    visit = desk.book(desk.free()[0], "silent")["id"]
    operation.flows.simulators.turn("calendar", "cancel-visit", Dial(timedelta(0), unanswered=1.0))
    expire(desk, 2 * KEPT)
    assert status(desk, visit) == "initialized"
    operation.flows.simulators.turn("calendar", "cancel-visit", Dial(timedelta(0)))
    expire(desk, 2 * KEPT)
    assert status(desk, visit) == "cancelled"
