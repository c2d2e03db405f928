"""PF16: a customer starts a prepaid line alone, with the SIM in his hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.flows.simulators.dials import Dial
from backend.inventory import rules as inventory
from backend.resource_inventory import rules as resources
from backend.rest.resource import Document
from tests.backend.flows.conftest import RIGHTS, Operation, add

HERSELF = Caller("edda", "Edda Marrowby", frozenset({"customer"}), RIGHTS, None)


def sim_in_stock(operation: Operation) -> str:
    query = "SELECT iccid FROM sim WHERE kind = 'plastic' AND state = 'inStock' ORDER BY iccid"
    with operation.database.read() as connection:
        return str(connection.scalar(sa.text(query)))


def starts(operation: Operation, customer: str, sim: str | None) -> tuple[Document, str]:
    """The order that she places herself, and its flow."""
    owner = {"id": customer, "role": "customer", "@referredType": "Customer"}
    typed = {} if sim is None else {"simNumber": sim}
    items = [add("1", "P01", **typed), add("2", "P02", line="1")]
    wanted = {"relatedParty": [owner], "productOrderItem": items}
    with operation.at(HERSELF) as context:
        order = operation.ordering.place(context, wanted)
    (flow,) = operation.flow_ids(order)
    assert operation.flow(flow)["processFlowSpecification"] == "PF16"
    return order, flow


def test_the_sim_that_was_typed_works_with_its_credit(operation: Operation) -> None:
    edda, sim = operation.customer(), sim_in_stock(operation)
    order, flow = starts(operation, edda, sim)
    with operation.working():
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    product = order["productOrderItem"][0]["product"]["id"]
    with operation.at() as context:
        assert [one.iccid for one in resources.sims_of(context, product)] == [sim]
        assert inventory.find(context, product)["status"] == "active"
    assert operation.heard("prepaid") == ["create-profile", "top-up"]


def test_a_sim_that_is_nobodys_stock_holds_it(operation: Operation) -> None:
    edda = operation.customer()
    _order, flow = starts(operation, edda, None)
    with operation.working():
        operation.until_step(flow, "sim-taken", "hold")
    assert operation.states(flow)["sim-taken"] == "refused"


@pytest.mark.long
def test_cancelled_before_the_top_up_the_profile_is_taken_back(operation: Operation) -> None:
    edda, sim = operation.customer(), sim_in_stock(operation)
    operation.flows.simulators.turn("prepaid", "create-profile", Dial(timedelta(days=1)))
    order, flow = starts(operation, edda, sim)
    with operation.working():
        operation.until_step(flow, "profile-made", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.flows.simulators.turn("prepaid", "create-profile", Dial(timedelta(0)))
        operation.until(flow, "cancelled")
    with operation.at() as context:
        assert resources.find_sim(context, sim).state == "retired"
