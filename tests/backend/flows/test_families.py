"""Every family has a flow of its own: what is done for it, in which order, and what is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from backend.flows.papers import noted
from backend.flows.simulators.dials import Dial
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, add

HOME = ("F02", "F07", "F13", "V01", "T01", "S01")
"""Fibre with an engineer's visit, a telephone over it, and television."""


def at(place: str, *codes: str) -> list[Document]:
    items = [add(code, code) for code in codes]
    for item in items:
        item["product"]["place"] = [{"id": place, "role": "installationAddress"}]
    return items


def address(operation: Operation, network: str, condition: str = "flat IS NULL") -> str:
    """The id of an address with this network."""
    query = f"SELECT id FROM address WHERE :network = ANY (networks) AND {condition} ORDER BY id"  # noqa: S608 - ours
    with operation.database.read() as connection:
        return str(connection.scalar(sa.text(query), {"network": network}))


def flows_of(operation: Operation, order: Document) -> dict[str, str]:
    """Flows by their code; each occurs once."""
    found = operation.flow_ids(order)
    return {operation.flow(flow)["processFlowSpecification"]: flow for flow in found}


def carried_out(operation: Operation, order: Document) -> dict[str, str]:
    flows = flows_of(operation, order)
    with operation.working():
        for flow in flows.values():
            operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"
    return flows


def filled_in(**answers: object) -> Callable[[Document], Document]:
    """A task completed with its form."""

    def change(before: Document) -> Document:
        return {**noted(before, answers), "state": "completed"}

    return change


def ended(operation: Operation, flow: str, step: str) -> str:
    return str(operation.steps(flow)[step]["completionDate"])


def test_telephone_and_television_wait_for_the_fibre_they_come_over(operation: Operation) -> None:
    edda = operation.customer()
    order = operation.place(edda, *at(address(operation, "gpon"), *HOME))
    flows = carried_out(operation, order)
    assert set(flows) == {"PF04", "PF07", "PF09"}
    tested = ended(operation, flows["PF04"], "line-tested")
    assert ended(operation, flows["PF07"], "account-made") >= tested
    assert ended(operation, flows["PF09"], "box-shipped") >= tested
    assert operation.heard("sip") == ["create-account", "route-number", "test-call"]
    told = set(operation.letters(edda))
    assert {"LT01", "LT02", "LT03", "LT04", "LT09", "LT10", "LT12"} <= told


def test_without_fibre_in_the_order_nothing_waits(operation: Operation) -> None:
    place = address(operation, "gpon")
    edda = operation.customer()
    carried_out(operation, operation.place(edda, *at(place, "F02", "F07", "F14")))
    order = operation.place(edda, *at(place, "V01"))
    flows = carried_out(operation, order)
    assert operation.states(flows["PF07"])["broadband-works"] == "skipped"


def test_copper_brings_its_router_and_a_landline_under_it(operation: Operation) -> None:
    place = address(operation, "vdsl", "flat IS NULL AND NOT 'allip' = ANY (networks)")
    order = operation.place(operation.customer(), *at(place, "L01", "D02", "F07", "F14"))
    flows = carried_out(operation, order)
    assert set(flows) == {"PF05", "PF06"}
    assert operation.heard("dslam") == ["assign-port", "test-sync"]
    assert operation.heard("warehouse") == ["reserve-devices", "ship-devices"]


def test_a_missed_visit_is_made_good_and_waits_for_field_dispatch(operation: Operation) -> None:
    operation.flows.simulators.turn("calendar", "watch-visit", Dial(timedelta(0), refused=1.0))
    edda = operation.customer()
    order = operation.place(edda, *at(address(operation, "gpon"), "F02", "F07", "F13"))
    flow = flows_of(operation, order)["PF04"]
    with operation.working():
        operation.until_step(flow, "second-visit", "active")
        assert "LT11" in operation.letters(edda)
        with operation.at() as context:
            operation.flows.people.change(
                context,
                flow,
                operation.tasks(flow)["second-visit"].id,
                filled_in(visitedOn="2026-12-01"),
            )
        operation.until(flow, "completed")
    assert operation.order(order)["state"] == "completed"


def test_what_was_reserved_goes_back_when_fibre_is_cancelled(operation: Operation) -> None:
    order = operation.place(
        operation.customer(), *at(address(operation, "gpon"), "F02", "F07", "F13")
    )
    flow = flows_of(operation, order)["PF04"]
    operation.flows.simulators.turn("calendar", "remind", Dial(timedelta(days=400)))
    with operation.working():
        operation.until_step(flow, "day-before", "active")
        with operation.at() as context:
            operation.flows.engine.cancel_order(context, operation.order(order))
        operation.until(flow, "cancelled")
    assert {"cancel-line"} <= set(operation.heard("access"))
    assert "cancel-visit" in operation.heard("calendar")
