"""PF02: a number comes along from another operator, by itself or with the porting desk's help."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.flows.simulators.dials import Dial
from backend.numbers import rules as numbers
from backend.ordering.cancelling import Stop
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, add, mobile
from tests.backend.flows.test_families import address, at
from tests.backend.flows.test_swapping import finish

NUMBER = "07911123456"
LANDLINE = "01632960017"
REFUSES = Dial(timedelta(0), refused=1.0)


def coming(number: str = NUMBER, pac: str = "ABC123456", **more: Any) -> list[Document]:
    """A mobile line and the number that comes along with it."""
    said = {"portedNumber": number, "pac": pac, **more}
    return [*mobile(), add("port", "X06", line="1", **{k: v for k, v in said.items() if v})]


def ported(operation: Operation, *items: Document) -> tuple[str, Document, str]:
    edda = operation.customer()
    order = operation.place(edda, *items)
    found = operation.flow_ids(order)
    flows = {operation.flow(flow)["processFlowSpecification"]: flow for flow in found}
    return edda, order, flows["PF02"]


def number_of(operation: Operation, order: Document, item: int = 0) -> list[str]:
    with operation.at() as context:
        product = order["productOrderItem"][item]["product"]["id"]
        return [one.value for one in numbers.of_product(context, product)]


def state_of(operation: Operation, number: str) -> numbers.State:
    with operation.at() as context:
        return numbers.find(context, [number])[0].state


def test_the_number_becomes_the_lines_and_the_temporary_one_rests(operation: Operation) -> None:
    edda, order, flow = ported(operation, *coming())
    (temporary,) = number_of(operation, order)
    with operation.working():
        operation.until(flow, "completed")
    assert number_of(operation, order) == [NUMBER]
    assert state_of(operation, temporary) is numbers.State.QUARANTINE
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("porting") == ["ask-donor", "switch-route"]
    assert {"LT01", "LT02", "LT04", "LT06"} <= set(operation.letters(edda))
    assert operation.states(flow)["desk"] == "skipped"


def test_the_porting_desk_asks_for_a_code_and_again_after_a_refusal(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "ask-donor", REFUSES)
    edda, order, flow = ported(operation, *coming(pac=""))
    with operation.working():
        operation.until_step(flow, "code-given", "active")
        finish(operation, flow, "code-given", pac="XYZ654321")
        operation.until_step(flow, "desk", "active")
        assert operation.letters(edda).count("LT07") == 1
        operation.flows.simulators.turn("porting", "ask-donor", Dial(timedelta(0)))
        finish(operation, flow, "desk", decision="Ask again with the new code", pac="XYZ654322")
        operation.until(flow, "completed")
    assert number_of(operation, order) == [NUMBER]
    assert operation.heard("porting").count("ask-donor") == 2


def test_given_up_the_line_keeps_its_temporary_number(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "ask-donor", REFUSES)
    _edda, order, flow = ported(operation, *coming())
    (temporary,) = number_of(operation, order)
    with operation.working():
        operation.until_step(flow, "desk", "active")
        finish(operation, flow, "desk", decision="Give up")
        operation.until(flow, "completed")
    assert number_of(operation, order) == [temporary]
    assert state_of(operation, NUMBER) is numbers.State.FREE
    assert "switch-route" not in operation.heard("porting")


@pytest.mark.long
def test_refused_three_times_it_is_held_for_people(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "ask-donor", REFUSES)
    _edda, order, flow = ported(operation, *coming())
    with operation.working():
        for desk in ("desk", "desk-again"):
            operation.until_step(flow, desk, "active")
            finish(operation, flow, desk, decision="Ask for another day", day="2040-11-20")
        operation.until(flow, "hold")
    assert operation.steps(flow)["agreed"]["state"] == "hold"
    assert operation.order(order)["state"] == "held"


def test_cancelled_before_the_route_changes_everything_is_given_back(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "ask-donor", REFUSES)
    _edda, order, flow = ported(operation, *coming())
    (temporary,) = number_of(operation, order)
    with operation.working():
        operation.until_step(flow, "desk", "active")
        with operation.at() as context:
            stop = operation.flows.engine.cancel_order(context, operation.order(order))
        assert stop is Stop.LATER
        operation.until(flow, "cancelled")
    assert state_of(operation, temporary) is numbers.State.FREE
    assert state_of(operation, NUMBER) is numbers.State.FREE
    assert operation.heard("esim")[-1] == "revoke-profile"
    assert "delete-profile" in operation.heard("hlr")


@pytest.mark.long
def test_once_the_route_is_asked_for_it_is_too_late(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "switch-route", REFUSES)
    _edda, order, flow = ported(operation, *coming())
    with operation.working():
        operation.until(flow, "hold")
    with operation.at() as context:
        stop = operation.flows.engine.cancel_order(context, operation.order(order))
    assert stop is Stop.TOO_LATE


def test_a_donor_who_does_not_answer_is_late(operation: Operation) -> None:
    operation.flows.simulators.turn("porting", "ask-donor", Dial(timedelta(0), unheard=1.0))
    _edda, _order, flow = ported(operation, *coming())
    with operation.working():
        operation.until(flow, "hold")
    assert operation.tasks(flow)["asked"].outcome in {"late", "failed"}


@pytest.mark.long
def test_a_landline_number_has_a_flow_beside_that_of_its_line(operation: Operation) -> None:
    home = at(address(operation, "gpon"), "F02", "F07", "F14", "V01")
    port = add(
        "port", "X06", line="V01", portedNumber=LANDLINE, numberKind="fixed",
        oldOperator="Brackenholt", oldAccount="4711",
    )  # fmt: skip
    _edda, order, flow = ported(operation, *home, port)
    with operation.working():
        operation.until(flow, "completed")
    assert number_of(operation, order, 3) == [LANDLINE]
    assert operation.heard("sip")[-1] == "change-number"
    assert operation.states(flow)["network-profile"] == "skipped"
