"""What is decided about SIMs and devices: who may keep, use and give back which."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

import sqlalchemy as sa
from stdnum import luhn

from backend.access import audit
from backend.resource_inventory import records
from backend.resource_inventory.device_records import Device
from backend.resource_inventory.devices import (
    add_device,
    assign_devices,
    devices_of,
    find_device,
    hand_over_devices,
    release_devices,
    reserve_devices,
    restock_device,
    return_device,
    ship_devices,
)
from backend.resource_inventory.records import RESOURCE as VIEW
from backend.resource_inventory.records import Codes, Sim
from backend.resource_inventory.shown import announce, bounds
from backend.rest.errors import (
    Conflict,
    Field,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    TooMany,
)
from backend.rest.resource import Context

__all__ = [
    "Codes",
    "Device",
    "Sim",
    "add_device",
    "add_sim",
    "announce",
    "assign_devices",
    "assign_sim",
    "devices_of",
    "find_device",
    "find_sim",
    "hand_over_devices",
    "hand_over_sims",
    "keep_sim",
    "release_devices",
    "release_sim",
    "reserve_devices",
    "reserve_sim",
    "restock_device",
    "retire_sim",
    "return_device",
    "reveal",
    "reveal_to_person",
    "ship_devices",
    "sims_of",
]

SimKind = Literal["plastic", "esim"]
REVEAL = "puk.reveal"
MOST_LOOKS = 30
"""So many SIMs' codes a person may look at in an hour."""
_AN_HOUR, _REVEALED = timedelta(hours=1), "sim.reveal"
_ICCID, _IMSI = re.compile("89[0-9]{17,18}"), re.compile("[0-9]{15}")
_PIN, _PUK = re.compile("[0-9]{4,8}"), re.compile("[0-9]{8}")


def add_sim(context: Context, iccid: str, kind: SimKind, imsi: str, codes: Codes) -> None:
    """A SIM from the factory goes into stock; Conflict when it is there already.

    Its ICCID has 19 or 20 digits and ends in a Luhn digit (ITU-T E.118), its IMSI has 15.
    """
    wrong = [
        name
        for name, right in (
            ("ICCID", _ICCID.fullmatch(iccid) and luhn.is_valid(iccid)),
            ("IMSI", _IMSI.fullmatch(imsi)),
            ("PIN1", _PIN.fullmatch(codes.pin1)),
            ("PUK1", _PUK.fullmatch(codes.puk1)),
        )
        if not right
    ]
    if wrong:
        raise Invalid(
            f"Not valid: {', '.join(wrong)}.",
            code="invalidSim",
            fields=tuple(Field(name, "This is not as it should be.") for name in wrong),
        )
    row = {
        "iccid": iccid,
        "imsi": imsi,
        "kind": kind,
        "pin1": codes.pin1,
        "puk1": codes.puk1,
        "state": "inStock",
        "last_update": context.now,
    }
    if not records.add(context.connection, row):
        raise Conflict("This SIM is there already.", code="exists")


def reserve_sim(context: Context, kind: SimKind, order_id: str) -> Sim:
    """A SIM from stock for an order; Conflict when there is none left of this kind."""
    sim = records.lock_from_stock(context.connection, kind)
    if sim is None:
        raise Conflict(
            "There is no such SIM in stock.", "Choose the other kind of SIM.", code="outOfStock"
        )
    return _change(context, sim, "reserved", order_id=order_id)


def keep_sim(context: Context, iccid: str, kind: SimKind, order_id: str) -> Sim:
    """One SIM, by its ICCID, for an order: as when a shop hands it over.

    Refused when there is none or it is of the other kind; Conflict when it is not in stock.
    """
    sim = _locked(context, iccid)
    if sim.kind != kind:
        raise Refused(f"{iccid} is of another kind.", "Choose the other kind.", code="simKind")
    if sim.state != "inStock":
        raise Conflict("This SIM is in use or was retired.", "Take another.", code="simTaken")
    return _change(context, sim, "reserved", order_id=order_id)


def assign_sim(
    context: Context, iccid: str, product_id: str, *, customer_id: str | None = None
) -> Sim:
    """Bind a SIM to a customer's product; Conflict when another product has it."""
    sim = _locked(context, iccid)
    if sim.state == "assigned" and sim.product_id == product_id:
        return sim
    if sim.state not in {"inStock", "reserved"}:
        raise Conflict("This SIM is in use or was retired.", code="simTaken")
    return _change(context, sim, "assigned", product_id=product_id, used_by=customer_id)


def release_sim(context: Context, iccid: str) -> Sim:
    """Put a reserved SIM back into stock; Refused once it was assigned."""
    sim = _locked(context, iccid)
    if sim.state == "inStock":
        return sim
    if sim.state != "reserved":
        raise Refused("Only a reserved SIM goes back into stock.", code="illegalSimState")
    return _change(context, sim, "inStock", order_id=None)


def retire_sim(context: Context, iccid: str) -> Sim:
    """End a SIM for good, as when it is lost, swapped or its line ceased."""
    sim = _locked(context, iccid)
    if sim.state == "retired":
        return sim
    return _change(context, sim, "retired", product_id=None, used_by=None)


def hand_over_sims(context: Context, product_id: str, customer_id: str) -> None:
    """The SIMs of a product are used by another customer from now on."""
    announce(context, records.hand_over(context.connection, product_id, customer_id, context.now))


def find_sim(context: Context, iccid: str) -> Sim:
    """One SIM, kept from others until the transaction ends; Refused when there is none."""
    return _locked(context, iccid)


def sims_of(context: Context, product_id: str) -> list[Sim]:
    return records.of_product(context.connection, product_id)


def reveal(context: Context, iccid: str, reason: str | None) -> Codes:
    """PIN1 and PUK1 of one SIM, with one line in the audit trail.

    Forbidden without the right `puk.reveal`; NotFound when there is no such SIM for the caller.
    """
    if REVEAL not in context.caller.rights:
        raise Forbidden("You may not see PIN and PUK.", code="forbidden")
    seen = context.connection.execute(
        sa.select(VIEW.c.used_by).where(VIEW.c.id == iccid, *bounds(context.caller))
    ).one_or_none()
    found = records.codes(context.connection, iccid) if seen else None
    if seen is None or found is None:
        raise NotFound("There is no such SIM.", code="notFound")
    entry = audit.Entry(
        action=_REVEALED,
        actor=context.caller.user_id,
        customer_id=seen.used_by,
        subject=iccid,
        reason=reason,
        details={"fields": ["PIN1", "PUK1"]},
    )
    audit.record(context.connection, entry)
    return found


def reveal_to_person(context: Context, iccid: str, reason: str | None) -> Codes:
    """`reveal` for somebody at a desk: of a customer's SIM only, and with a reason.

    NotFound for a SIM that nobody uses, Invalid without a reason, TooMany after 30 in an hour.
    """
    found = reveal(context, iccid, reason)  # taken back with the transaction where it may not be
    if not _used(context, iccid):
        raise NotFound("There is no such SIM.", code="notFound")
    if not (reason or "").strip():
        why = Field("reason", "Say why you look.")
        raise Invalid("PIN and PUK are shown for a reason.", code="noReason", fields=(why,))
    actor = context.caller.user_id
    looks = audit.count_by(context.connection, _REVEALED, actor=actor, within=_AN_HOUR)
    if looks > MOST_LOOKS:
        raise TooMany(
            "You looked at many PINs and PUKs within the hour.",
            "Ask your supervisor.",
            code="tooManyLooks",
            headers={"Retry-After": str(int(_AN_HOUR.total_seconds()))},
        )
    return found


def _used(context: Context, iccid: str) -> bool:
    """Whether a customer has this SIM."""
    query = sa.select(VIEW.c.used_by).where(VIEW.c.id == iccid)
    return context.connection.scalar(query) is not None


def _locked(context: Context, iccid: str) -> Sim:
    sim = records.lock(context.connection, iccid)
    if sim is None:
        raise Refused("There is no such SIM.", code="danglingReference")
    return sim


def _change(context: Context, sim: Sim, state: str, **values: str | None) -> Sim:
    records.change(context.connection, sim.iccid, context.now, state=state, **values)
    announce(context, [sim.iccid])
    return _locked(context, sim.iccid)
