"""Orders that are under way when the demo begins: with real flows, which go on when told to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.waiting import eventually

EDDA = "KF-0041873-6"
STUCK = {
    "KO-0093188-2": "Line test failed twice",
    "KO-0093240-1": "Port code refused by old operator",
    "KO-0093251-6": "Lantern Box 4K out of stock",
    "KO-0093262-3": "No answer from old operator",
    "KO-0093279-9": "No engineer is free this week",
    "KO-0093290-4": "Emergency address not confirmed",
}
FLOWS = "/tmf-api/processFlowManagement/v4/processFlow"


@pytest.fixture
def hurried(database_server: DatabaseServer, filled_template: str) -> Iterator[RunningBackend]:
    """The demo on a day when hours pass in seconds."""
    with running_backend(database_server.clone(filled_template), time_scale=36_000.0) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


def account(backend: RunningBackend, customer_id: str) -> dict[str, Any]:
    answer = backend.call("GET", f"/desk-api/v1/account/{customer_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def owner_of(backend: RunningBackend, order_number: str) -> str:
    query = sa.text("SELECT customer_id FROM product_order WHERE order_number = :number")
    with backend.database.read() as connection:
        return str(connection.scalar(query, {"number": order_number}))


def flow_of(whole: dict[str, Any], order_number: str) -> dict[str, Any]:
    order = next(one for one in whole["orders"] if one["orderNumber"] == order_number)
    found: dict[str, Any] = next(one for one in whole["flows"] if one["orderId"] == order["id"])
    return found


def told(step: dict[str, Any], name: str) -> Any:
    return next((one["value"] for one in step["characteristic"] if one["name"] == name), None)


def test_eddas_faster_line_waits_for_the_engineer_and_nobody_asks_before(
    shared_demo: RunningBackend,
) -> None:
    whole = account(shared_demo, EDDA)
    order = whole["orders"][0]
    assert (order["orderNumber"], order["state"]) == ("KO-0093317-4", "inProgress")
    items = [(item["action"], item["productOffering"]["id"]) for item in order["productOrderItem"]]
    assert items == [("modify", "F04"), ("modify", "F13")]
    flow = flow_of(whole, "KO-0093317-4")
    assert flow["processFlow"]["state"] == "active"
    waiting = [step for step in flow["taskFlows"] if step["state"] == "active"]
    assert [step["taskFlowSpecification"] for step in waiting] == ["visited", "day-before"]
    assert told(waiting[0], "waitsFor") == "Engineer"
    window = told(waiting[0], "promised")
    hours = [
        dt.datetime.fromisoformat(window[name]).hour for name in ("startDateTime", "endDateTime")
    ]
    assert hours == [8, 12]
    visit = dt.datetime.fromisoformat(order["expectedCompletionDate"])
    with shared_demo.database.read() as connection:
        jobs = sa.text("SELECT args FROM procrastinate_jobs WHERE scheduled_at = :visit")
        (promised,) = connection.scalars(jobs, {"visit": visit}).all()
        turns = sa.text("SELECT turn FROM task_flow WHERE id = :task")
        assert connection.scalar(turns, promised) == promised["turn"]


def test_what_is_left_of_it_is_promised_from_the_engineers_day(
    shared_demo: RunningBackend,
) -> None:
    flow = flow_of(account(shared_demo, EDDA), "KO-0093317-4")
    now = dt.datetime.now(dt.UTC)
    for step in flow["taskFlows"]:
        promised = dt.datetime.fromisoformat(step["requestedCompletionDate"])
        assert step["state"] in {"completed", "cancelled"} or promised > now


@pytest.mark.parametrize("number", STUCK)
def test_an_order_that_is_stuck_says_why(shared_demo: RunningBackend, number: str) -> None:
    whole = account(shared_demo, owner_of(shared_demo, number))
    order = next(one for one in whole["orders"] if one["orderNumber"] == number)
    assert order["state"] == "held"
    flow = flow_of(whole, number)
    assert flow["processFlow"]["state"] == "hold"
    held = [told(step, "reason") for step in flow["taskFlows"] if step["state"] == "hold"]
    assert held == [STUCK[number]]


def test_a_stuck_order_that_is_tried_again_is_carried_out(hurried: RunningBackend) -> None:
    customer_id = owner_of(hurried, "KO-0093290-4")
    flow = flow_of(account(hurried, customer_id), "KO-0093290-4")
    (step,) = (one for one in flow["taskFlows"] if one["state"] == "hold")
    path = f"{FLOWS}/{flow['processFlow']['id']}/taskFlow/{step['id']}"
    again = hurried.call("PATCH", path, "senior", json={"state": "active"})
    assert again.status_code == 200, again.text

    def done() -> bool:
        orders = account(hurried, customer_id)["orders"]
        return any(
            one["orderNumber"] == "KO-0093290-4" and one["state"] == "completed" for one in orders
        )

    eventually(done)
    products = account(hurried, customer_id)["products"]
    assert ("V01", "active") in {(one["productOffering"]["id"], one["status"]) for one in products}
