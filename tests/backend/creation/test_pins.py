"""A customer's PIN is compared at the server, a few times, and never shown."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from backend.creation.pins import MOST_TRIES
from tests.backend.creation.conftest import Desk, command


@pytest.fixture
def customer(desk: Desk) -> str:
    """A customer whose PIN is 4711."""
    return str(desk.made(command())["customerId"])


def tried(desk: Desk, customer: str, pin: Any, user: str = "agent") -> tuple[int, Any]:
    path = f"/desk-api/v1/customer/{customer}/pin"
    answer = desk.backend.call("POST", path, user, json={"pin": pin})
    return answer.status_code, answer.json()


def test_the_right_pin_is_right_and_a_wrong_one_costs_a_try(desk: Desk, customer: str) -> None:
    assert tried(desk, customer, "4711") == (200, {"right": True, "left": MOST_TRIES})
    assert tried(desk, customer, "4712") == (200, {"right": False, "left": MOST_TRIES - 1})
    assert tried(desk, customer, "4711") == (200, {"right": True, "left": MOST_TRIES - 1})


def test_after_too_many_wrong_ones_even_the_right_one_is_not_compared(
    desk: Desk, customer: str
) -> None:
    for wrong in range(MOST_TRIES):
        tried(desk, customer, f"000{wrong}")
    assert tried(desk, customer, "4711") == (200, {"right": False, "left": 0})


def test_each_try_is_noted_without_the_pin(desk: Desk, customer: str) -> None:
    tried(desk, customer, "4711")
    tried(desk, customer, "9999")
    query = "SELECT action, details::text FROM audit WHERE customer_id = :id AND action LIKE 'pin%'"
    with desk.backend.database.read() as connection:
        rows = connection.execute(sa.text(query), {"id": customer}).all()
    assert [row.action for row in rows] == ["pin.verified", "pin.refused"]
    assert not any("4711" in row.details or "9999" in row.details for row in rows)


def test_who_may_not_compare_and_what_is_no_pin_are_refused(desk: Desk, customer: str) -> None:
    assert tried(desk, customer, "4711", "auditor")[0] == 403
    assert tried(desk, customer, None)[0] == 400
    assert tried(desk, "KF-0000000-0", "4711")[0] == 404
