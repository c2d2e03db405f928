"""What is decided about SIMs, and how every resource is shown and announced."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import sqlalchemy as sa

from backend.access import audit
from backend.access.caller import Caller
from backend.resource_inventory import records, schemas
from backend.resource_inventory.records import RESOURCE as VIEW
from backend.resource_inventory.records import Codes, Sim
from backend.rest import events
from backend.rest.errors import Conflict, Forbidden, NotFound, Refused
from backend.rest.resource import READ_ONLY, Api, Context, Document, Resource, Rights

API = Api(
    "resourceInventoryManagement", "/tmf-api/resourceInventoryManagement/v4", "ResourceInventory"
)
SimKind = Literal["plastic", "esim"]
REVEAL = "puk.reveal"


def announce(context: Context, ids: Iterable[str]) -> None:
    """Tell everyone listening that the states of these resources changed."""
    for document in records.documents(context.connection, list(ids)):
        events.publish(context, RESOURCE, "StateChange", document)


def reserve_sim(context: Context, kind: SimKind, order_id: str) -> Sim:
    """A SIM from stock for an order; Conflict when there is none left of this kind."""
    sim = records.lock_from_stock(context.connection, kind)
    if sim is None:
        raise Conflict(
            "There is no such SIM in stock.", "Choose the other kind of SIM.", code="outOfStock"
        )
    return _change(context, sim, "reserved", order_id=order_id)


def assign_sim(context: Context, iccid: str, product_id: str) -> Sim:
    """Bind a SIM to a customer's product; Conflict when another product has it."""
    sim = _locked(context, iccid)
    if sim.state == "assigned" and sim.product_id == product_id:
        return sim
    if sim.state not in {"inStock", "reserved"}:
        raise Conflict("This SIM is in use or was retired.", code="simTaken")
    return _change(context, sim, "assigned", order_id=sim.order_id, product_id=product_id)


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
    return _change(context, sim, "retired", product_id=None)


def sims_of(context: Context, product_id: str) -> list[Sim]:
    return records.of_product(context.connection, product_id)


def reveal(context: Context, iccid: str, reason: str | None) -> Codes:
    """PIN1 and PUK1 of one SIM, with one line in the audit trail.

    Forbidden without the right `puk.reveal`; NotFound when there is no such SIM for the caller.
    """
    if REVEAL not in context.caller.rights:
        raise Forbidden("You may not see PIN and PUK.", code="forbidden")
    seen = context.connection.scalar(
        sa.select(VIEW.c.id).where(VIEW.c.id == iccid, *_bounds(context.caller))
    )
    found = records.codes(context.connection, iccid) if seen else None
    if found is None:
        raise NotFound("There is no such SIM.", code="notFound")
    entry = audit.Entry(
        action="sim.reveal",
        actor=context.caller.user_id,
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
    """Resellers see what is free to sell: resources in use tell about other sellers' customers."""
    if caller.reseller is None:
        return None
    return sa.and_(VIEW.c.usage == "idle", VIEW.c.pool.is_distinct_from("customer"))


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
        rights=Rights.of("customer"),
        visible=visible,
        columns=_COLUMNS,
        operations=READ_ONLY,
    )


def _nothing_promoted(_document: Document) -> Document:
    return {}


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
    rights=Rights.of("customer"),
    visible=_visible,
    columns=_COLUMNS,
    operations=READ_ONLY,
)
LOGICAL = _of_type("LogicalResource")
PHYSICAL = _of_type("PhysicalResource")
