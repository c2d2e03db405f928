"""PF03: another SIM for a line, safely."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend.customer import rules as customer
from backend.flows.simulators.dials import Dial
from backend.resource_inventory import rules as resources
from backend.rest import documents
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, mobile
from tests.backend.flows.holdings import Holder, holder


@pytest.fixture
def edda(operation: Operation) -> Holder:
    found = holder(operation, *mobile())
    # her first order is long over, so nothing about her was changed lately
    with operation.database.begin() as connection:
        connection.execute(sa.text("UPDATE event SET event_time = event_time - interval '4 days'"))
    return found


def swap(edda: Holder, reason: str = "damaged", **sim: Any) -> tuple[Document, str]:
    wanted = {"kind": "esim", "reason": reason, "checked": ["birthDate", "pin"], **sim}
    return edda.order(edda.modify("M03", sim=wanted))


def sims(edda: Holder) -> list[str]:
    with edda.operation.at() as context:
        return [sim.iccid for sim in resources.sims_of(context, edda.products["M03"])]


def finish(operation: Operation, flow: str, task: str, **told: object) -> None:
    """Somebody completes a task, and says this in its form."""
    given = [{"name": name, "value": value} for name, value in told.items()]

    def done(before: Document) -> Document:
        return {**before, "state": "completed", "characteristic": before["characteristic"] + given}

    with operation.at() as context:
        task_id = operation.tasks(flow)[task].id
        operation.flows.people.change(context, flow, task_id, done)


def test_the_new_sim_works_and_the_old_one_is_dead(operation: Operation, edda: Holder) -> None:
    before = sims(edda)
    order, flow = swap(edda)
    assert operation.flow(flow)["processFlowSpecification"] == "PF03"
    with operation.working():
        operation.until(flow, "completed")
    after = sims(edda)
    assert len(after) == 1
    assert after != before
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("hlr")[-3:] == ["bind-sim", "watch-attach", "kill-sim"]
    assert operation.heard("esim") == ["release-profile", "release-profile"]
    assert "LT37" in operation.letters(edda.customer)
    (resource,) = [one for one in edda.product("M03")["realizingResource"] if one["name"] == "SIM"]
    assert resource["value"] == after[0]


def test_the_old_sim_is_warned_at_the_lines_own_number(operation: Operation, edda: Holder) -> None:
    _order, flow = swap(edda)
    with operation.working():
        operation.until(flow, "completed")
    query = "SELECT document FROM communication_message WHERE document->>'messageType' = 'SMS'"
    with operation.database.read() as connection:
        texts = [row[0] for row in connection.execute(sa.text(query))]
    (warning,) = [text for text in texts if "another SIM" in text["content"]]
    (number,) = [
        one["value"]
        for one in edda.product("M03")["realizingResource"]
        if one["name"] == "TelephoneNumber"
    ]
    assert warning["receiver"][0]["phoneNumber"].replace("+44", "0") == number.replace(" ", "")


def test_a_stolen_line_is_barred_first_and_its_sim_gets_no_day(
    operation: Operation, edda: Holder
) -> None:
    _order, flow = swap(edda, "stolen")
    with operation.working():
        operation.until(flow, "completed")
    assert operation.heard("hlr")[-4:] == ["bar", "bind-sim", "unbar", "kill-sim"]
    assert operation.states(flow)["new-seen"] == "skipped"


def test_a_second_swap_within_three_days_waits_for_the_fraud_desk(
    operation: Operation, edda: Holder
) -> None:
    with operation.working():
        _order, first = swap(edda)
        operation.until(first, "completed")
        _order, second = swap(edda)
        operation.until_step(second, "fraud-review", "active")
        assert "bind-sim" not in operation.heard("hlr")[4:]
        finish(operation, second, "fraud-review", confirmedBy="In a shop with a passport")
        operation.until(second, "completed")
    reviewed = operation.steps(second)["fraud-review"]["characteristic"]
    assert {"name": "department", "value": "FR", "valueType": "string"} in reviewed


def test_a_new_address_within_three_days_waits_for_the_fraud_desk(
    operation: Operation, edda: Holder
) -> None:
    with operation.at() as context:
        documents.rewrite(
            context,
            customer.CUSTOMER,
            edda.customer,
            lambda before: {**before, "contactMedium": before["contactMedium"][:1]},
        )
    _order, flow = swap(edda)
    with operation.working():
        operation.until_step(flow, "fraud-review", "active")


def test_what_is_noted_of_a_customer_is_no_new_address(operation: Operation, edda: Holder) -> None:
    with operation.at() as context:
        noted = {"statusReason": "Asked for paper bills"}
        documents.rewrite(
            context, customer.CUSTOMER, edda.customer, lambda before: {**before, **noted}
        )
    _order, flow = swap(edda)
    with operation.working():
        operation.until(flow, "completed")


def test_cancelled_before_it_is_dead_the_old_sim_works_again(
    operation: Operation, edda: Holder
) -> None:
    before = sims(edda)
    operation.flows.simulators.turn("hlr", "watch-attach", Dial(timedelta(days=4000)))
    order, flow = swap(edda)
    with operation.working():
        operation.until_step(flow, "new-seen", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert sims(edda) == before
    assert "restore-sim" in operation.heard("hlr")
    assert "kill-sim" not in operation.heard("hlr")
    assert operation.heard("esim")[-1] == "revoke-profile"
