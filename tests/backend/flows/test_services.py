"""PF10 and PF00 over real jobs, and what PF01 does in other cases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from backend.flows.simulators.dials import Dial
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, add, mobile

# a content pack on a television over fibre, as every rule allows it
TELEVISION = ("F02", "F07", "F14", "T01", "S01")


def at(place: str, *codes: str) -> list[Document]:
    """Items at an address, numbered by their codes."""
    items = [add(code, code) for code in codes]
    for item in items:
        item["product"]["place"] = [{"id": place, "role": "installationAddress"}]
    return items


@pytest.fixture
def fibre(operation: Operation) -> str:
    """The id of an address with fibre."""
    query = sa.text(
        "SELECT id FROM address WHERE 'gpon' = ANY (networks) AND flat IS NULL ORDER BY id LIMIT 1"
    )
    with operation.database.read() as connection:
        return str(connection.scalar(query))


def test_two_lines_are_two_flows_and_are_confirmed_once(operation: Operation) -> None:
    edda = operation.customer()
    order = operation.place(edda, *mobile("1"), *mobile("2", sim="M10"))
    flows = operation.flow_ids(order)
    assert len(flows) == 2
    with operation.working():
        for flow in flows:
            operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert operation.letters(edda) == ["LT01", "LT02", "LT03", "LT04", "LT04", "LT05"]


def test_the_line_carries_its_sim_and_the_number_it_was_promised(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile(sim="M10"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    with operation.at() as context:
        from backend.inventory import rules as inventory

        line = inventory.find(context, order["productOrderItem"][0]["product"]["id"])
    resources = {one["name"]: one["value"] for one in line["realizingResource"]}
    assert resources["SIM"].startswith("8999")
    assert resources["TelephoneNumber"].startswith("07")
    assert line["status"] == "active"


def test_a_held_line_holds_its_order_and_goes_on_when_it_is_helped(operation: Operation) -> None:
    order = operation.place(operation.customer(), *mobile())
    (flow,) = operation.flow_ids(order)
    operation.flows.simulators.turn("hlr", "create-profile", Dial(timedelta(0), unheard=1.0))
    with operation.working():
        operation.until(flow, "hold")
        assert operation.order(order)["state"] == "held"
        operation.flows.simulators.turn("hlr", "create-profile", Dial(timedelta(0)))
        task = operation.tasks(flow)["network-profile"].id
        with operation.at() as context:
            operation.flows.people.change(
                context, flow, task, lambda before: {**before, "state": "active"}
            )
        assert operation.order(order)["state"] == "inProgress"
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("hlr").count("create-profile") == 1


def test_a_content_pack_is_switched_on_confirmed_and_billed(
    operation: Operation, fibre: str
) -> None:
    edda = operation.customer()
    order = operation.place(edda, *at(fibre, *TELEVISION, "C06"))
    flows = operation.flow_ids(order)
    with operation.working():
        for flow in flows:
            operation.until(flow, "completed")
    specifications = {operation.flow(flow)["processFlowSpecification"] for flow in flows}
    assert specifications == {"PF04", "PF09", "PF10"}
    assert operation.order(order)["state"] == "completed"
    assert operation.heard("tv").count("entitle") == 2  # the package and the pack
    assert operation.heard("billing") == ["add-line"]
    assert {"LT01", "LT13"} <= set(operation.letters(edda))


def test_a_pack_for_adults_waits_for_people_when_the_age_is_not_known(
    operation: Operation, fibre: str
) -> None:
    edda = operation.customer(birthDate=None)
    order = operation.place(edda, *at(fibre, *TELEVISION, "C06"))
    (pack,) = (
        flow
        for flow in operation.flow_ids(order)
        if operation.flow(flow)["processFlowSpecification"] == "PF10"
    )
    with operation.working():
        operation.until(pack, "hold")
    assert operation.steps(pack)["age-checked"]["state"] == "hold"
    assert "entitled" not in [
        step for step, state in operation.states(pack).items() if state == "done"
    ]


def trigger(operation: Operation, order: Document, code: str, *items: str) -> str:
    wanted: Document = {
        "processFlowSpecification": code,
        "relatedEntity": [{"id": order["id"], "role": "order", "@referredType": "ProductOrder"}],
        "characteristic": [{"name": "itemIds", "value": list(items)}] if items else [],
    }
    with operation.at() as context:
        return str(operation.flows.starter.trigger(context, wanted).document["id"])


def test_what_has_no_flow_of_its_own_is_carried_out_by_the_plain_one(
    operation: Operation,
) -> None:
    edda = operation.customer()
    order = operation.place(edda, add("X09", "X09"))
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    assert operation.flow(flow)["processFlowSpecification"] == "PF00"
    assert operation.order(order)["state"] == "completed"
    assert operation.letters(edda) == ["LT01", "LT04"]
    assert operation.heard("network") == ["provision"]
