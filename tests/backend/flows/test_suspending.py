"""PF12: what rests is barred where it is held, and works again by hand or on its day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.flows.simulators.dials import Dial
from backend.inventory import rules as inventory
from backend.rest.resource import Document
from tests.backend.flows.conftest import MAREN, Operation, mobile, now
from tests.support.waiting import eventually


@pytest.fixture
def line(operation: Operation) -> tuple[str, str]:
    """A customer and the product of an active mobile line."""
    edda = operation.customer()
    order = operation.place(edda, *mobile())
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    return edda, order["productOrderItem"][0]["product"]["id"]


def suspend(product: str, reason: str = "request", days: int | None = None) -> Document:
    until = None if days is None else (now().date() + timedelta(days=days)).isoformat()
    return {
        "id": "1",
        "action": "modify",
        "product": {"id": product, "status": "suspended"},
        "suspension": {"reason": reason, "until": until},
    }


def resume(product: str) -> Document:
    return {"id": "1", "action": "modify", "product": {"id": product, "status": "active"}}


def status(operation: Operation, product: str) -> str:
    with operation.at() as context:
        return str(inventory.find(context, product)["status"])


def begun(operation: Operation, customer: str, item: Document) -> tuple[Document, str]:
    order = operation.place(customer, item)
    (flow,) = operation.flow_ids(order)
    assert operation.flow(flow)["processFlowSpecification"] == "PF12"
    return order, flow


def test_a_line_is_barred_until_somebody_resumes_it(
    operation: Operation, line: tuple[str, str]
) -> None:
    edda, product = line
    _order, flow = begun(operation, edda, suspend(product))
    with operation.working():
        operation.until(flow, "completed")
    assert status(operation, product) == "suspended"
    assert operation.heard("hlr")[-1] == "bar"
    assert operation.heard("billing")[-1] == "rest-line"
    _order, flow = begun(operation, edda, resume(product))
    with operation.working():
        operation.until(flow, "completed")
    assert status(operation, product) == "active"
    assert operation.heard("hlr")[-1] == "unbar"
    assert [one for one in operation.letters(edda) if one in {"LT18", "LT19"}] == ["LT18", "LT19"]
    assert operation.states(flow)["lifted-by-itself"] == "skipped"


def test_on_its_day_it_works_again_by_itself_and_its_order_was_done_long_before(
    operation: Operation, line: tuple[str, str]
) -> None:
    edda, product = line
    order, flow = begun(operation, edda, suspend(product, "seasonal", days=1))
    with operation.working():
        operation.until_step(flow, "timer", "active")
        assert operation.order(order)["state"] == "completed"
        operation.until(flow, "completed")
    assert status(operation, product) == "active"
    assert operation.heard("billing")[-2:] == ["rest-line", "resume-line"]
    assert "LT19" in operation.letters(edda)


def test_resuming_by_hand_ends_the_timer(operation: Operation, line: tuple[str, str]) -> None:
    edda, product = line
    order, first = begun(operation, edda, suspend(product, days=180))
    with operation.working():
        eventually(lambda: operation.order(order)["state"] == "completed")
        _order, second = begun(operation, edda, resume(product))
        operation.until(second, "completed")
        operation.until(first, "completed")
    assert operation.states(first)["lifted-by-itself"] == "skipped"
    assert operation.heard("hlr").count("unbar") == 1
    assert operation.letters(edda).count("LT19") == 1


def test_cancelled_in_time_the_bar_is_taken_back(
    operation: Operation, line: tuple[str, str]
) -> None:
    edda, product = line
    operation.flows.simulators.turn("billing", "rest-line", Dial(timedelta(0), refused=1.0))
    order, flow = begun(operation, edda, suspend(product))
    with operation.working():
        operation.until(flow, "hold")
        with operation.at(MAREN) as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert operation.heard("hlr")[-2:] == ["bar", "unbar"]
    assert status(operation, product) == "active"
