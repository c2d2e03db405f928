"""What other systems may do to the inventory: bring new resources in, freeze and free them."""

from __future__ import annotations

from backend.numbers import rules as numbers
from backend.resource_inventory import rules
from backend.resource_inventory.records import Codes
from backend.resource_inventory.rules import RESOURCE
from backend.rest import documents, etags, events
from backend.rest.checks import check
from backend.rest.documents import Stored
from backend.rest.errors import Invalid, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document

_CHANGEABLE = {"resourceStatus", "note"}


def create(context: Context, wanted: Document) -> Stored:
    """A telephone number (`value`) or a SIM (`serialNumber`, for an eSIM `value`) into stock."""
    check(RESOURCE, wanted)
    match wanted.get("category"):
        case "TelephoneNumber":
            pool = _characteristics(wanted).get("pool", "public")
            identity = numbers.add(context, wanted.get("value", ""), pool).value
        case "SIM":
            identity = _add_sim(context, wanted)
        case _:
            raise Invalid(
                "Only numbers and SIMs are kept here.",
                "Set category to TelephoneNumber or SIM.",
                code="invalidCategory",
            )
    stored = _read(context, identity)
    events.publish(context, RESOURCE, "Create", stored.document)
    return stored


def change(context: Context, identity: str, wanted: Change, if_match: str | None) -> Stored:
    """Freeze (`resourceStatus` suspended, with a note that says why) or free again (available).

    A suspended SIM is ended for good. Everything else changes by orders and flows only.
    """
    current = _read(context, identity)
    sim = current.document["category"] == "SIM"
    if not sim:
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
        _change_status(context, identity, after, sim=sim)
    return _read(context, identity)


def _change_status(context: Context, identity: str, after: Document, *, sim: bool) -> None:
    status = after.get("resourceStatus")
    if status == "suspended" and sim:
        rules.retire_sim(context, identity)
    elif status == "suspended":
        notes = [note.get("text") for note in after.get("note", ()) if note.get("text")]
        if not notes:
            raise Invalid("Say why, in a note.", code="reasonMissing")
        numbers.freeze(context, identity, notes[-1])
    elif status == "available" and not sim:
        numbers.unfreeze(context, identity)
    else:
        raise Refused(f"It can not become {status} here.", code="illegalTransition")


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
