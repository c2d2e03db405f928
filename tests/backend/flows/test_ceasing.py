"""PF15: until the notice is over nothing ends; then the line, its number and its boxes do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from backend.flows.simulators.dials import Dial
from backend.numbers import rules as numbers
from backend.ordering.cancelling import Stop
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, add, mobile
from tests.backend.flows.holdings import Holder, holder
from tests.backend.flows.test_families import address, at
from tests.backend.flows.test_swapping import finish
from tests.support.waiting import eventually

HOME = ("F02", "F07", "F14", "T01", "S01")


@pytest.fixture
def edda(operation: Operation) -> Holder:
    return holder(operation, *mobile())


@pytest.fixture
def no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.catalog.definitions.Definitions.notice_days", _at_once)


_LONG_AGO = """
    UPDATE product SET document = jsonb_set(
        document, '{startDate}', to_jsonb('2026-01-05T00:00:00Z'::text))
"""


def _at_once(*_offer: object, **_terms: object) -> int:
    return 0


def cancel(operation: Operation, order: Document) -> Stop:
    with operation.at() as context:
        return operation.flows.engine.cancel_order(context, operation.order(order))


def test_in_its_term_a_line_has_thirty_days_in_which_the_customer_may_stay(
    operation: Operation, edda: Holder
) -> None:
    # fourteen days after its start the minimum term binds, and leaving costs something
    with operation.database.begin() as connection:
        connection.execute(sa.text(_LONG_AGO))
    order = operation.place(edda.customer, edda.end("M03"))
    (flow,) = operation.flow_ids(order)
    assert operation.flow(flow)["processFlowSpecification"] == "PF15"
    with operation.working():
        operation.until_step(flow, "notice", "active")
        promised = operation.steps(flow)["disconnected"]["requestedCompletionDate"][:10]
        placed = date.fromisoformat(operation.order(order)["orderDate"][:10])
        assert promised >= (placed + timedelta(days=30)).isoformat()
        assert cancel(operation, order) is Stop.AT_ONCE
    assert "remove-line" not in operation.heard("hlr")
    assert edda.product("M03")["status"] == "active"


@pytest.mark.usefixtures("no_notice")
def test_the_end_frees_the_number_after_its_rest_and_is_told(
    operation: Operation, edda: Holder
) -> None:
    with operation.at() as context:
        (number,) = numbers.of_product(context, edda.products["M03"])
    order = operation.place(edda.customer, edda.end("M03"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("hlr")[-1] == "remove-line"
    assert operation.heard("billing")[-1] == "close-line"
    with operation.at() as context:
        (resting,) = numbers.find(context, [number.value])
    assert resting.state is numbers.State.QUARANTINE
    assert "LT26" in operation.letters(edda.customer)
    assert operation.states(flow)["label-made"] == "skipped"


@pytest.mark.usefixtures("no_notice")
def test_the_box_comes_back_after_the_order_is_done(operation: Operation) -> None:
    edda = holder(operation, *at(address(operation, "gpon"), *HOME))
    order = operation.place(edda.customer, edda.end("T01"), edda.end("S01"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until_step(flow, "returned", "active")
        assert operation.order(order)["state"] == "completed"
        operation.until(flow, "completed")
    assert operation.heard("tv")[-1] == "withdraw"
    assert operation.heard("warehouse")[-2:] == ["make-label", "expect-return"]
    assert operation.letters(edda.customer).count("LT27") == 1
    assert operation.states(flow)["reminded"] == "skipped"


@pytest.mark.long
@pytest.mark.usefixtures("no_notice")
def test_a_box_that_does_not_come_back_is_reminded_of_and_then_charged(
    operation: Operation,
) -> None:
    edda = holder(operation, *at(address(operation, "gpon"), *HOME))
    operation.flows.simulators.turn("warehouse", "expect-return", Dial(timedelta(0), refused=1.0))
    order = operation.place(edda.customer, edda.end("T01"), edda.end("S01"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until_step(flow, "device-charged", "active")
        assert operation.letters(edda.customer).count("LT27") == 2
        finish(operation, flow, "device-charged", decision="Charged", amount=40)
        operation.until(flow, "completed")


@pytest.mark.usefixtures("no_notice")
def test_once_it_is_switched_off_it_is_too_late(operation: Operation, edda: Holder) -> None:
    operation.flows.simulators.turn("hlr", "remove-line", Dial(timedelta(0), refused=1.0))
    order = operation.place(edda.customer, edda.end("M03"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "hold")
    assert cancel(operation, order) is Stop.TOO_LATE


def test_a_senior_may_try_to_keep_the_customer_first(operation: Operation, edda: Holder) -> None:
    wanted = edda.end("M03")
    wanted["product"]["productCharacteristic"] = [{"name": "saveOffer", "value": "true"}]
    order = operation.place(edda.customer, wanted)
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until_step(flow, "save-offer", "active")
        assert cancel(operation, order) is Stop.AT_ONCE


def test_what_is_given_up_beside_a_change_needs_no_notice(operation: Operation) -> None:
    edda = holder(operation, *at(address(operation, "gpon"), *HOME))
    box = add("S02", "S02")
    order = operation.place(edda.customer, edda.end("S01"), box)
    with operation.working():
        eventually(lambda: operation.order(order)["state"] == "completed")
    told = operation.letters(edda.customer)
    assert "LT26" not in told
    assert told.count("LT13") == 1
    assert told.count("LT01") == 1  # for what was ordered first
