"""PF01 over real jobs: a mobile line from the order to the account."""

from __future__ import annotations

from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, mobile


def characteristic(document: Document, name: str) -> object:
    return next((one["value"] for one in document["characteristic"] if one["name"] == name), None)


def test_an_order_for_a_mobile_line_is_carried_out_to_the_end(operation: Operation) -> None:
    edda = operation.customer()
    order = operation.place(edda, *mobile(extras=("M12",)))
    assert order["state"] == "acknowledged"
    (flow,) = operation.flow_ids(order)
    with operation.working():
        operation.until(flow, "completed")
    done = operation.order(order)
    assert done["state"] == "completed"
    assert {item["state"] for item in done["productOrderItem"]} == {"completed"}
    assert operation.letters(edda) == ["LT01", "LT02", "LT03", "LT04"]
    assert operation.heard("hlr") == ["create-profile", "watch-attach", "activate-extras"]
    assert operation.heard("esim") == ["release-profile"]
    assert operation.heard("warehouse") == []
