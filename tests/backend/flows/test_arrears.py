"""PF17: reminded, warned, switched off, written to a last time; paying ends it at any point."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from backend.customer import rules as customer
from backend.database import Database
from backend.flows.simulators.dials import Dial
from backend.resource_inventory.seeding import seed_sims
from backend.rest import documents
from backend.rest.errors import Conflict, Forbidden, Refused
from tests.backend.flows.alone import MANY_YEARS_A_SECOND, SORREL, answer, begin, report
from tests.backend.flows.conftest import MAREN, Operation, mobile, now, operate
from tests.backend.flows.holdings import Holder, holder
from tests.support.waiting import eventually


@pytest.fixture
def edda(operator_database: Database) -> Holder:
    """A customer with a mobile line; months are over before anybody looks."""
    slow, quick = operate(operator_database), operate(operator_database, scale=MANY_YEARS_A_SECOND)
    with operator_database.begin() as connection:
        seed_sims(connection, 10)
    slow.flows.open(operator_database, now)
    return replace(holder(slow, *mobile()), operation=quick)


def owes(operation: Operation, customer: str) -> str:
    return begin(operation, "PF17", customer, dueDate=now().date().isoformat(), amount=86.4)


def dunned(edda: Holder) -> str:
    """The flow of a customer who paid nothing until collections look at it."""
    flow = owes(edda.operation, edda.customer)
    edda.operation.until_step(flow, "collections", "active")
    return flow


def until_status(edda: Holder, status: str) -> None:
    eventually(lambda: edda.product("M03")["status"] == status)


def test_who_pays_nothing_is_reminded_warned_and_switched_off(edda: Holder) -> None:
    operation = edda.operation
    with operation.working():
        flow = dunned(edda)
        until_status(edda, "suspended")
        told = operation.letters(edda.customer)
        assert [one for one in told if one in {"LT17", "LT20", "LT21", "LT22"}] == [
            "LT17", "LT20", "LT21", "LT22",
        ]  # fmt: skip
        answer(operation, flow, "collections", decision="Written off")
        operation.until(flow, "completed")
    assert edda.product("M03")["status"] == "suspended"


def test_paying_switches_everything_on_again(edda: Holder) -> None:
    operation = edda.operation
    with operation.working():
        flow = dunned(edda)
        until_status(edda, "suspended")
        report(operation, flow, "paid")
        report(operation, flow, "paid")
        operation.until(flow, "completed")
        until_status(edda, "active")
    assert operation.states(flow)["collections"] == "skipped"


def test_a_plan_is_confirmed_and_switches_on_again(edda: Holder) -> None:
    operation = edda.operation
    with operation.working():
        flow = dunned(edda)
        until_status(edda, "suspended")
        plan = {"count": 4, "amount": 21.6, "firstDay": "2026-12-01"}
        report(operation, flow, "plan-agreed", **plan)
        operation.until(flow, "completed")
        until_status(edda, "active")
    assert "LT23" in operation.letters(edda.customer)


def test_paid_before_the_first_reminder_nothing_was_written(operation: Operation) -> None:
    edda = operation.customer()
    flow = owes(operation, edda)
    with operation.working():
        operation.until_step(flow, "week-after-due", "active")
        report(operation, flow, "paid")
        operation.until(flow, "completed")
    assert operation.letters(edda) == []


@pytest.mark.long
def test_while_it_is_switched_off_paying_waits_until_it_can_be_switched_on(edda: Holder) -> None:
    operation = edda.operation
    operation.flows.simulators.turn("hlr", "bar", Dial(timedelta(0), refused=1.0))
    with operation.working():
        flow = dunned(edda)
        report(operation, flow, "paid")
        eventually(lambda: operation.tasks(flow)["on-after-payment"].faults > 0)
    assert edda.product("M03")["status"] == "active"


def test_nobody_switches_off_a_vulnerable_customer_unseen(operator_database: Database) -> None:
    operation = operate(operator_database, scale=MANY_YEARS_A_SECOND)
    operation.flows.open(operator_database, now)
    edda = operation.customer()
    vulnerable = {"characteristic": [{"name": "vulnerable", "value": True}]}
    with operation.at() as context:
        documents.rewrite(context, customer.CUSTOMER, edda, lambda before: {**before, **vulnerable})
    with operation.working():
        flow = owes(operation, edda)
        answer(operation, flow, "looked-at", decision="They stay on", reason="Care button")
        operation.until_step(flow, "collections", "active")
    assert operation.states(flow)["suspended"] == "skipped"


def test_it_runs_once_for_a_customer_and_only_for_who_may(operation: Operation) -> None:
    edda = operation.customer()
    owes(operation, edda)
    with pytest.raises(Conflict):
        owes(operation, edda)
    wanted = {
        "processFlowSpecification": "PF17",
        "relatedParty": [{"id": edda, "role": "customer"}],
    }
    with operation.at(MAREN) as context, pytest.raises(Forbidden):
        operation.flows.starter.trigger(context, wanted)
    with operation.at(SORREL) as context, pytest.raises(Refused) as refused:
        operation.flows.starter.trigger(context, wanted)
    assert [one.path for one in refused.value.fields] == [
        "characteristic.dueDate",
        "characteristic.amount",
    ]
