"""Actions about boxes, routers and telephones: kept by serial number, sent out, taken back."""

from __future__ import annotations

from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Inside, Outside, Work
from backend.inventory import rules as inventory
from backend.resource_inventory import rules as resources
from backend.rest.resource import Document

_DEVICE = "Device"


def _kept(work: Work) -> Document:
    """What the warehouse is asked for: the devices that our stock keeps for this order.

    They are kept before it is asked, and the same ones when it is asked again.
    """
    added = {
        item["product"]["id"]: item["productOffering"]["id"]
        for item in work.items()
        if item["action"] == "add"
    }
    found = resources.reserve_devices(work.context, work.order_id, added)
    return {**ordered(work), "serials": sorted(one.serial for one in found.values())}


def _noted(work: Work, answer: Document) -> Document:
    return {**answer, "serials": _serials(work)}


def _let_go(work: Work) -> Document:
    return {**ordered(work), "serials": _serials(work)}


def _released(work: Work, answer: Document) -> Document:
    return {**answer, "serials": resources.release_devices(work.context, _products(work))}


def _sent(work: Work, answer: Document) -> Document:
    """They are on their way: each is named by the product that it makes work."""
    sent = resources.ship_devices(work.context, _products(work), work.customer_id)
    for device in sent:
        shown = {"id": device.serial, "name": _DEVICE, "value": device.serial}
        inventory.realize(
            work.context, str(device.product_id), {**shown, "@referredType": "PhysicalResource"}
        )
    return {**answer, "serials": [device.serial for device in sent]}


def _take_back(work: Work) -> Document:
    """What was sent back is ours to look through."""
    ended = [item["product"]["id"] for item in work.items() if item["action"] == "delete"]
    back = resources.devices_of(work.context, ended)
    for device in back:
        resources.return_device(work.context, device.serial)
    return {"serials": [device.serial for device in back]}


def _serials(work: Work) -> list[str]:
    return [one.serial for one in resources.devices_of(work.context, _products(work))]


def _products(work: Work) -> list[str]:
    return [item["product"]["id"] for item in work.items() if item["action"] == "add"]


ACTIONS: Actions = {
    "warehouse.reserve-devices": Outside("warehouse", "reserve-devices", _kept, _noted),
    "warehouse.release-devices": Outside("warehouse", "release-devices", _let_go, _released),
    "warehouse.ship-devices": Outside("warehouse", "ship-devices", _kept, _sent),
    "devices.take-back": Inside(_take_back),
}
