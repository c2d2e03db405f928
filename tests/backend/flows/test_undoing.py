"""Cancelling: what was done is taken back, the last first, as long as there is a way back."""

from __future__ import annotations

from datetime import timedelta

from backend.flows.simulators.dials import Dial
from backend.ordering.cancelling import Stop
from backend.rest.resource import Document
from tests.backend.flows.conftest import Bench, Operation, mobile

STEP = '[[step]]\nid = "{0}"\nname = "S"\nwho = "J"\nkind = "automatic"\ndoes = "trial.note"\n'
TWO = (
    STEP.format("first")
    + 'undo = "trial.note"\n'
    + STEP.format("second")
    + 'undo = "trial.note"\n'
    + STEP.format("third")
    + STEP.format("fourth")
)
PROVISION = STEP.replace("trial.note", "trial.provision") + 'undo = "trial.remove"\n'


def cancel(bench: Bench, flow: str) -> None:
    from backend.flows import records

    with bench.operation.at() as context:
        found = records.lock_flow(context.connection, flow)
        assert found is not None
        bench.operation.flows.progress.cancel(context, found)


def test_what_was_done_last_is_taken_back_first(bench: Bench) -> None:
    flow = bench.flow(TWO)
    for _step in range(3):
        bench.step()
    cancel(bench, flow)
    bench.run()
    assert bench.trace == ["first", "second", "third", "undo:second", "undo:first"]
    assert bench.operation.flow(flow)["state"] == "cancelled"


def test_a_step_at_work_is_waited_for_and_then_taken_back(bench: Bench) -> None:
    flow = bench.flow(PROVISION.format("first") + STEP.format("second"))
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(hours=1)))
    bench.step()
    cancel(bench, flow)
    assert bench.operation.flow(flow)["state"] == "active"
    bench.run()
    assert bench.operation.heard("network") == ["provision", "remove"]
    assert bench.operation.states(flow) == {
        "first": "done",
        "second": "notNeeded",
        "undo:first": "done",
    }
    assert bench.operation.flow(flow)["state"] == "cancelled"


def test_a_step_that_may_have_been_done_is_taken_back_too(bench: Bench) -> None:
    flow = bench.flow(PROVISION.format("first"))
    unheard = Dial(timedelta(0), unanswered=1.0)
    bench.operation.flows.simulators.turn("network", "provision", unheard)
    bench.run()
    assert bench.operation.flow(flow)["state"] == "hold"
    cancel(bench, flow)
    bench.run()
    assert bench.operation.heard("network") == ["provision", "remove"]
    assert bench.operation.states(flow) == {"first": "uncertain", "undo:first": "done"}
    assert bench.operation.flow(flow)["state"] == "cancelled"


def test_a_step_that_fails_while_a_flow_is_cancelled_needs_nobody(bench: Bench) -> None:
    flow = bench.flow(PROVISION.format("first"))
    bench.operation.flows.simulators.turn("network", "provision", Dial(timedelta(0), unheard=1.0))
    bench.step()
    cancel(bench, flow)
    bench.run()
    assert bench.operation.states(flow) == {"first": "uncertain", "undo:first": "done"}
    assert bench.operation.flow(flow)["state"] == "cancelled"


def test_what_our_own_rules_refused_is_not_taken_back(bench: Bench) -> None:
    refused = STEP.format("second").replace("trial.note", "trial.refuse") + 'undo = "trial.note"\n'
    flow = bench.flow(STEP.format("first") + 'undo = "trial.note"\n' + refused)
    bench.run()
    assert bench.operation.flow(flow)["state"] == "hold"
    cancel(bench, flow)
    bench.run()
    assert bench.trace == ["first", "undo:first"]
    assert bench.operation.flow(flow)["state"] == "cancelled"


def test_a_flow_that_did_nothing_ends_at_once(bench: Bench) -> None:
    wait = '[[step]]\nid = "wait"\nname = "W"\nwho = "T"\nkind = "wait"\nfor = "P30D"\n'
    flow = bench.flow(wait)
    cancel(bench, flow)
    assert bench.operation.flow(flow)["state"] == "cancelled"
    bench.run()
    assert bench.operation.states(flow) == {"wait": "notNeeded"}


def asked_to_cancel(operation: Operation, order: Document) -> Stop:
    with operation.at() as context:
        return operation.flows.engine.cancel_order(context, operation.order(order))


def sims(operation: Operation) -> set[str]:
    import sqlalchemy as sa

    with operation.database.read() as connection:
        return set(connection.scalars(sa.text("SELECT DISTINCT state FROM sim")))


def test_an_order_can_be_cancelled_before_the_point_of_no_return(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile())
    (flow,) = operation.flow_ids(order)
    slow = Dial(timedelta(days=365))
    operation.flows.simulators.turn("esim", "release-profile", slow)
    operation.flows.simulators.turn("hlr", "create-profile", Dial(timedelta(0), unheard=1.0))
    with operation.working():
        operation.until(flow, "hold")
        assert operation.order(order)["state"] == "held"
        assert "reserved" in sims(operation)
        assert asked_to_cancel(operation, order) is Stop.LATER
        operation.until(flow, "cancelled")
    done = operation.order(order)
    assert done["state"] == "cancelled"
    assert sims(operation) == {"inStock"}
    assert operation.heard("hlr") == ["delete-profile"]
    undone = [step for step in operation.tasks(flow) if step.startswith("undo:")]
    assert undone == ["undo:network-profile", "undo:sim-reserved", "undo:number-assigned"]


def test_after_the_point_of_no_return_it_is_too_late(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile())
    (flow,) = operation.flow_ids(order)
    operation.flows.simulators.turn("esim", "release-profile", Dial(timedelta(0), refused=1.0))
    with operation.working():
        operation.until(flow, "hold")
    assert asked_to_cancel(operation, order) is Stop.TOO_LATE
    passed = [one["name"] for one in operation.flow(flow)["characteristic"]]
    assert "pointOfNoReturnPassed" in passed


def test_an_order_that_was_not_begun_is_cancelled_at_once(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile())
    assert asked_to_cancel(operation, order) is Stop.AT_ONCE
    assert operation.order(order)["state"] == "cancelled"
    assert asked_to_cancel(operation, order) is Stop.AT_ONCE
