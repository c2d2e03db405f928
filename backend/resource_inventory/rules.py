"""What is decided about SIMs, and how every resource is shown and announced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa
from stdnum import luhn

from backend.access import audit
from backend.access.caller import Caller
from backend.customer import rules as customers
from backend.resource_inventory import records, schemas
from backend.resource_inventory.records import RESOURCE as VIEW
from backend.resource_inventory.records import Codes, Sim
from backend.rest import events
from backend.rest.errors import Conflict, Field, Forbidden, Invalid, NotFound, Refused
from backend.rest.resource import (
    NO_DELETE,
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
)

API = Api(
    "resourceInventoryManagement", "/tmf-api/resourceInventoryManagement/v4", "ResourceInventory"
)
RIGHTS = Rights("customer.read", "resource.create", "resource.update", "resource.delete")
SimKind = Literal["plastic", "esim"]
REVEAL = "puk.reveal"
_ICCID, _IMSI = re.compile("89[0-9]{17,18}"), re.compile("[0-9]{15}")
_PIN, _PUK = re.compile("[0-9]{4,8}"), re.compile("[0-9]{8}")


def announce(context: Context, ids: Iterable[str]) -> None:
    """Tell everyone listening that the states of these resources changed."""
    for document in records.documents(context.connection, list(ids)):
        events.publish(context, RESOURCE, "StateChange", document)


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
        sa.select(VIEW.c.used_by).where(VIEW.c.id == iccid, *_bounds(context.caller))
    ).one_or_none()
    found = records.codes(context.connection, iccid) if seen else None
    if seen is None or found is None:
        raise NotFound("There is no such SIM.", code="notFound")
    entry = audit.Entry(
        action="sim.reveal",
        actor=context.caller.user_id,
        customer_id=seen.used_by,
        subject=iccid,
        reason=reason,
        details={"fields": ["PIN1", "PUK1"]},
    )
    audit.record(context.connection, entry)
    return found


def _locked(context: Context, iccid: str) -> Sim:
    sim = records.lock(context.connection, iccid)
    if sim is None:
        raise Refused("There is no such SIM.", code="danglingReference")
    return sim


def _change(context: Context, sim: Sim, state: str, **values: str | None) -> Sim:
    records.change(context.connection, sim.iccid, context.now, state=state, **values)
    announce(context, [sim.iccid])
    return _locked(context, sim.iccid)


def _bounds(caller: Caller) -> list[sa.ColumnElement[bool]]:
    condition = _visible(caller)
    return [] if condition is None else [condition]


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    """Resellers see what is free for all to sell, and what their own customers have."""
    if caller.reseller is None:
        return None
    own = customers.of_reseller(caller.reseller)
    free_for_all = sa.and_(VIEW.c.usage == "idle", VIEW.c.owned_by.is_(None))
    return sa.or_(free_for_all, VIEW.c.owned_by.in_(own), VIEW.c.used_by.in_(own))


def _audience(context: Context, document: Document) -> Audience:
    """Whoever uses it, or else owns it."""
    parties = {party["role"]: party["id"] for party in document.get("relatedParty", ())}
    return customers.audience(context, parties.get("user", parties.get("owner")))


def _of_type(tmf_type: str) -> Resource:
    def visible(caller: Caller) -> sa.ColumnElement[bool]:
        return sa.and_(VIEW.c.type == tmf_type, *_bounds(caller))

    return Resource(
        api=API,
        name=tmf_type[0].lower() + tmf_type[1:],
        tmf_type=tmf_type,
        table=VIEW,
        model=schemas.Resource,
        promote=_nothing_promoted,
        rights=RIGHTS,
        visible=visible,
        columns=_COLUMNS,
        operations=READ_ONLY,
        audience=_audience,
    )


def _nothing_promoted(_document: Document) -> Document:
    return {}


_EXAMPLES: dict[str, Document] = {
    "create": {
        "@type": "PhysicalResource",
        "@baseType": "Resource",
        "category": "SIM",
        "serialNumber": "8999010000000020001",
        "resourceCharacteristic": [
            {"name": "IMSI", "value": "001010100002000"},
            {"name": "PIN1", "value": "4711"},
            {"name": "PUK1", "value": "47110815"},
        ],
    },
    "patch": {"resourceStatus": "suspended", "note": [{"text": "Calls for a stranger arrive"}]},
}
_COLUMNS = {
    "@type": VIEW.c.type,
    "category": VIEW.c.category,
    "name": VIEW.c.name,
    "value": VIEW.c.value,
    "serialNumber": VIEW.c.serial_number,
    "resourceStatus": VIEW.c.status,
    "usageState": VIEW.c.usage,
    "resourceSpecification.id": VIEW.c.category,
    "resourceSpecification.name": VIEW.c.category,
}

RESOURCE = Resource(
    api=API,
    name="resource",
    tmf_type="Resource",
    table=VIEW,
    model=schemas.Resource,
    promote=_nothing_promoted,
    rights=RIGHTS,
    visible=_visible,
    columns=_COLUMNS,
    operations=NO_DELETE,
    examples=_EXAMPLES,
    audience=_audience,
)
LOGICAL = _of_type("LogicalResource")
PHYSICAL = _of_type("PhysicalResource")
