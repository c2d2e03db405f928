"""What is decided about devices: from stock to a customer, and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from backend.resource_inventory import device_records as records
from backend.resource_inventory.device_records import Device
from backend.resource_inventory.shown import announce
from backend.rest.errors import Conflict, Field, Invalid, Refused
from backend.rest.resource import Context

IN_STOCK, RESERVED, SHIPPED = "inStock", "reserved", "shipped"
ASSIGNED, RETURNED, DEFECTIVE = "assigned", "returned", "defective"
MOVES: Mapping[str, frozenset[str]] = {
    IN_STOCK: frozenset({RESERVED, DEFECTIVE}),
    RESERVED: frozenset({IN_STOCK, SHIPPED, ASSIGNED}),
    SHIPPED: frozenset({ASSIGNED, RETURNED, DEFECTIVE}),
    ASSIGNED: frozenset({RETURNED, DEFECTIVE}),
    RETURNED: frozenset({IN_STOCK, DEFECTIVE}),
}
"""The states of a device, and the moves between them; what is defective stays so."""
_SERIAL, _MAC = re.compile("[A-Z0-9]{6,20}"), re.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}")
_NOBODYS = {"order_id": None, "product_id": None, "used_by": None}


def add_device(
    context: Context, serial: str, offer: str, kind: str, model: str, mac: str | None
) -> None:
    """A device from the factory goes into stock; Conflict when it is there already.

    Its serial number has 6 to 20 capital letters and digits, its MAC six pairs of hex digits.
    """
    wrong = [
        name
        for name, right in (
            ("serialNumber", _SERIAL.fullmatch(serial)),
            ("MAC", mac is None or _MAC.fullmatch(mac)),
            ("offering", offer),
            ("model", model),
            ("deviceType", kind),
        )
        if not right
    ]
    if wrong:
        raise Invalid(
            f"Not valid: {', '.join(wrong)}.",
            code="invalidDevice",
            fields=tuple(Field(name, "This is not as it should be.") for name in wrong),
        )
    row = {"serial": serial, "offer": offer, "kind": kind, "model": model, "mac": mac}
    if not records.add(context.connection, {**row, "state": IN_STOCK, "last_update": context.now}):
        raise Conflict("This device is there already.", code="exists")


def reserve_devices(
    context: Context, order_id: str, wanted: Mapping[str, str]
) -> dict[str, Device]:
    """A device from stock for each of these products (id to offer); again: the same ones.

    Offers of which no serial numbers are kept are passed over. Conflict when one is out of
    stock; none is reserved then.
    """
    kept = records.kept_by_serial(context.connection, set(wanted.values()))
    have = {one.product_id: one for one in records.of_products(context.connection, list(wanted))}
    found: dict[str, Device] = {}
    for product, offer in sorted(wanted.items()):
        if offer not in kept:
            continue
        known = have.get(product)
        if known is None:
            known = records.lock_from_stock(context.connection, offer)
            if known is None:
                _put_back(context, found)
                raise Conflict(
                    "Such a device is out of stock.",
                    "Wait for the next delivery, then try again.",
                    code="outOfStock",
                )
            known = _move(context, known, RESERVED, order_id=order_id, product_id=product)
        found[product] = known
    return found


def release_devices(context: Context, product_ids: Collection[str]) -> list[str]:
    """What was reserved for these products goes back into stock; the serial numbers."""
    back = [each for each in devices_of(context, product_ids) if each.state == RESERVED]
    return [_move(context, each, IN_STOCK, **_NOBODYS).serial for each in back]


def ship_devices(context: Context, product_ids: Collection[str], customer_id: str) -> list[Device]:
    """What was reserved for these products is on its way to the customer."""
    return [
        _move(context, each, SHIPPED, used_by=customer_id) if each.state == RESERVED else each
        for each in devices_of(context, product_ids)
    ]


def assign_devices(context: Context, product_id: str, customer_id: str) -> None:
    """The product works: its device is the customer's to use."""
    for each in devices_of(context, [product_id]):
        if each.state in {RESERVED, SHIPPED}:
            _move(context, each, ASSIGNED, used_by=customer_id)


def hand_over_devices(context: Context, product_id: str, customer_id: str) -> None:
    """Another customer has the product, and its device with it."""
    for each in devices_of(context, [product_id]):
        if each.used_by != customer_id:
            _move(context, each, each.state, used_by=customer_id)


def return_device(context: Context, serial: str, *, defective: bool = False) -> Device:
    """A customer sent it back, for the next one or, where it is defective, for nobody."""
    state = DEFECTIVE if defective else RETURNED
    return _move(context, find_device(context, serial), state, **_NOBODYS)


def restock_device(context: Context, serial: str) -> Device:
    """What came back was looked through: it is in stock again."""
    return _move(context, find_device(context, serial), IN_STOCK)


def devices_of(context: Context, product_ids: Collection[str]) -> list[Device]:
    """The devices of products, kept from others until the transaction ends."""
    return records.of_products(context.connection, list(product_ids)) if product_ids else []


def find_device(context: Context, serial: str) -> Device:
    """One device, kept from others until the transaction ends; Refused when there is none."""
    device = records.lock(context.connection, serial)
    if device is None:
        raise Refused("There is no such device.", code="danglingReference")
    return device


def _put_back(context: Context, reserved: Mapping[str, Device]) -> None:
    for device in reserved.values():
        if device.state == RESERVED:
            _move(context, device, IN_STOCK, **_NOBODYS)


def _move(context: Context, device: Device, state: str, **values: str | None) -> Device:
    if device.state != state and state not in MOVES.get(device.state, ()):
        raise Refused(
            f"{device.serial} is {device.state}; it can not become {state}.",
            "Take another device.",
            code="illegalDeviceState",
        )
    records.change(context.connection, device.serial, context.now, state=state, **values)
    announce(context, [device.serial])
    return find_device(context, device.serial)
