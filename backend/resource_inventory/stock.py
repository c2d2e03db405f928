"""What other systems may do to the inventory: bring new resources in, freeze and free them."""

from __future__ import annotations

from backend.numbers import rules as numbers
from backend.resource_inventory import rules
from backend.resource_inventory.records import Codes
from backend.resource_inventory.shown import RESOURCE
from backend.rest import documents, etags, events
from backend.rest.checks import check
from backend.rest.documents import Stored
from backend.rest.errors import Invalid, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document

_CHANGEABLE = {"resourceStatus", "note"}


def create(context: Context, wanted: Document) -> Stored:
    """A number (`value`), a SIM (`serialNumber`, for an eSIM `value`) or a device into stock."""
    check(RESOURCE, wanted)
    match wanted.get("category"):
        case "TelephoneNumber":
            pool = _characteristics(wanted).get("pool", "public")
            identity = numbers.add(context, wanted.get("value", ""), pool).value
        case "SIM":
            identity = _add_sim(context, wanted)
        case "Device":
            identity = _add_device(context, wanted)
        case _:
            raise Invalid(
                "Only numbers, SIMs and devices are kept here.",
                "Set category to TelephoneNumber, SIM or Device.",
                code="invalidCategory",
            )
    stored = _read(context, identity)
    events.publish(context, RESOURCE, "Create", stored.document)
    return stored


def change(context: Context, identity: str, wanted: Change, if_match: str | None) -> Stored:
    """Freeze (`resourceStatus` suspended, with a note that says why) or free again (available).

    A suspended SIM or device is ended for good; a device that came back is in stock again when
    it is available. Everything else changes by orders and flows only.
    """
    current = _read(context, identity)
    category = current.document["category"]
    if category == "TelephoneNumber":
        numbers.locked(context, identity)
        current = _read(context, identity)
    etags.require(if_match, current.revision)
    before = current.document
    after = wanted(before)
    others = {
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    } - _CHANGEABLE
    if others:
        raise Refused(
            f"{', '.join(sorted(others))} can not be changed here.",
            "Send an order instead.",
            code="changedByOrders",
        )
    if before.get("resourceStatus") != after.get("resourceStatus"):
        _change_status(context, identity, after, category)
    return _read(context, identity)


def _change_status(context: Context, identity: str, after: Document, category: str) -> None:
    match category, after.get("resourceStatus"):
        case "SIM", "suspended":
            rules.retire_sim(context, identity)
        case "Device", "suspended":
            rules.return_device(context, identity, defective=True)
        case "Device", "standby":
            rules.return_device(context, identity)
        case "Device", "available":
            rules.restock_device(context, identity)
        case "TelephoneNumber", "suspended":
            notes = [note.get("text") for note in after.get("note", ()) if note.get("text")]
            if not notes:
                raise Invalid("Say why, in a note.", code="reasonMissing")
            numbers.freeze(context, identity, notes[-1])
        case "TelephoneNumber", "available":
            numbers.unfreeze(context, identity)
        case _, status:
            raise Refused(f"It can not become {status} here.", code="illegalTransition")


def _add_device(context: Context, wanted: Document) -> str:
    given, serial = _characteristics(wanted), str(wanted.get("serialNumber", ""))
    kind, model = given.get("deviceType", ""), str(wanted.get("name", ""))
    rules.add_device(context, serial, given.get("offering", ""), kind, model, given.get("MAC"))
    return serial


def _add_sim(context: Context, wanted: Document) -> str:
    physical = wanted.get("@type") == "PhysicalResource"
    iccid = wanted.get("serialNumber" if physical else "value", "")
    given = _characteristics(wanted)
    codes = Codes(given.get("PIN1", ""), given.get("PUK1", ""))
    rules.add_sim(context, iccid, "plastic" if physical else "esim", given.get("IMSI", ""), codes)
    return str(iccid)


def _characteristics(wanted: Document) -> dict[str, str]:
    return {one["name"]: str(one["value"]) for one in wanted.get("resourceCharacteristic") or ()}


def _read(context: Context, identity: str) -> Stored:
    return documents.read(context.connection, RESOURCE, context.caller, identity)
