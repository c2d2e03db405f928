"""What is sent out has a serial number: kept for its order, named by its product, taken back."""

from __future__ import annotations

from backend.inventory import rules as inventory
from backend.resource_inventory import rules as resources
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation
from tests.backend.flows.test_families import address, at, carried_out


def device_of(operation: Operation, order: Document, code: str) -> tuple[Document, str]:
    """The product of this offer in an order, and the state of its device."""
    for item in operation.order(order)["productOrderItem"]:
        if item["productOffering"]["id"] == code:
            with operation.at() as context:
                (device,) = resources.devices_of(context, [item["product"]["id"]])
                return inventory.find(context, device.product_id or ""), device.state
    raise LookupError(code)


def test_the_router_that_is_sent_is_the_one_that_was_kept(operation: Operation) -> None:
    place = address(operation, "gpon")
    order = operation.place(operation.customer(), *at(place, "F02", "F07", "F14"))
    (flow,) = carried_out(operation, order).values()
    router, state = device_of(operation, order, "F07")
    assert state == "assigned"
    (shown,) = router["realizingResource"]
    assert shown["id"].startswith("KRST26")
    steps = operation.flow(flow)
    assert steps["state"] == "completed"
    with operation.at() as context:
        assert resources.find_device(context, shown["id"]).used_by == inventory.customer_of(router)
