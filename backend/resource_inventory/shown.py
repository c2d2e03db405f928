"""How every resource of the inventory is shown, to whom, and how its changes are told (TMF639)."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.customer import rules as customers
from backend.resource_inventory import records, schemas
from backend.resource_inventory.records import RESOURCE as VIEW
from backend.rest import events
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


def announce(context: Context, ids: Iterable[str]) -> None:
    """Tell everyone listening that the states of these resources changed."""
    for document in records.documents(context.connection, list(ids)):
        events.publish(context, RESOURCE, "StateChange", document)


def bounds(caller: Caller) -> list[sa.ColumnElement[bool]]:
    """The conditions on what a caller may see; empty: everything."""
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
        return sa.and_(VIEW.c.type == tmf_type, *bounds(caller))

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
