"""PF11: a change does only what differs, and is confirmed old and new."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.flows.simulators.dials import Dial
from backend.numbers import rules as numbers
from backend.ordering.cancelling import Stop
from tests.backend.flows.conftest import Operation, mobile, now
from tests.backend.flows.holdings import Holder, holder


@pytest.fixture
def edda(operation: Operation) -> Holder:
    return holder(operation, *mobile())


def moved(edda: Holder) -> dict[str, object]:
    return edda.modify("M03", productOffering={"id": "M04"})


def set_anew(edda: Holder) -> dict[str, object]:
    roaming = [{"name": "roaming", "value": "false"}]
    return edda.modify("M03", product={"productCharacteristic": roaming})


def test_another_plan_is_switched_in_the_network_and_priced_anew(
    operation: Operation, edda: Holder
) -> None:
    _order, flow = edda.order(moved(edda))
    assert operation.flow(flow)["processFlowSpecification"] == "PF11"
    with operation.working():
        operation.until(flow, "completed")
    assert operation.heard("hlr")[-1] == "change-plan"
    assert operation.heard("billing") == ["change-line"]
    states = operation.states(flow)
    assert states["settings-changed"] == states["number-switched"] == "skipped"
    assert edda.product("M03")["productOffering"]["id"] == "M04"
    assert {"LT02", "LT13"} <= set(operation.letters(edda.customer))


def test_a_setting_alone_needs_no_new_contract(operation: Operation, edda: Holder) -> None:
    before = operation.letters(edda.customer).count("LT02")
    _order, flow = edda.order(set_anew(edda))
    with operation.working():
        operation.until(flow, "completed")
    assert operation.heard("hlr")[-1] == "change-settings"
    assert operation.states(flow)["plan-changed"] == "skipped"
    assert operation.letters(edda.customer).count("LT02") == before


def test_a_new_number_takes_over_and_the_old_one_rests(operation: Operation, edda: Holder) -> None:
    asked = [{"name": "telephoneNumber", "value": ""}]
    with operation.at() as context:
        (old,) = numbers.of_product(context, edda.products["M03"])
    _order, flow = edda.order(edda.modify("M03", product={"productCharacteristic": asked}))
    with operation.working():
        operation.until(flow, "completed")
    with operation.at() as context:
        (new,) = numbers.of_product(context, edda.products["M03"])
        (resting,) = numbers.find(context, [old.value])
    assert new.value != old.value
    assert resting.state is numbers.State.QUARANTINE
    assert operation.heard("hlr")[-1] == "change-number"


def test_it_waits_for_the_day_that_was_asked_for_and_can_be_cancelled_until_then(
    operation: Operation, edda: Holder
) -> None:
    day = (now() + timedelta(days=3000)).isoformat()
    order, flow = edda.order(set_anew(edda), requestedStartDate=day)
    with operation.working():
        operation.until_step(flow, "wished-day", "active")
        with operation.at() as context:
            answer = operation.flows.engine.cancel_order(context, operation.order(order))
        assert answer is not Stop.TOO_LATE
        operation.until(flow, "cancelled")
    assert "change-settings" not in operation.heard("hlr")


def test_once_the_network_is_asked_there_is_no_way_back(operation: Operation, edda: Holder) -> None:
    operation.flows.simulators.turn("hlr", "change-plan", Dial(timedelta(0), refused=1.0))
    order, flow = edda.order(moved(edda))
    with operation.working():
        operation.until(flow, "hold")
    with operation.at() as context:
        answer = operation.flows.engine.cancel_order(context, operation.order(order))
    assert answer is Stop.TOO_LATE
