"""What is decided about customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa

from backend import identifiers
from backend.access.caller import Caller
from backend.customer import records, schemas
from backend.party import rules as party
from backend.rest import documents, events
from backend.rest.errors import NotFound, Refused
from backend.rest.resource import (
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
    Rules,
    StateMachine,
)

_AUDIENCE = "customer.audience"
API = Api("customerManagement", "/tmf-api/customerManagement/v4", "Customer")


def create(context: Context, document: Document, *, identity: str | None = None) -> Document:
    """Store a customer; its id is its number (`KF-…`), drawn here unless given."""
    return documents.create(context, CUSTOMER, document, identity=identity).document


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such customer for this caller."""
    return documents.find(context, CUSTOMER, identity)


def of_reseller(reseller: str) -> sa.Select[str]:
    """The ids of a reseller's customers, to bound what else the reseller may see."""
    return records.of_reseller(reseller)


def audience(context: Context, customer_id: str | None) -> Audience:
    """Whose data it is when something belongs to this customer."""
    if customer_id is None:
        return Audience()
    key = (_AUDIENCE, customer_id)
    known: Audience | None = context.read_once.get(key)
    if known is None:
        found = records.reseller(context.connection, customer_id)
        if found is None:
            return Audience(customer_id)  # not there, or not yet
        known = context.read_once[key] = Audience(customer_id, found)
    return known


def link_account(context: Context, customer_id: str, reference: Document) -> None:
    """List an account in its customer's `account`, or bring its name there up to date."""

    def linked(customer: Document) -> Document:
        others = [one for one in customer.get("account", []) if one["id"] != reference["id"]]
        accounts = sorted([*others, reference], key=lambda one: str(one["id"]))
        return {**customer, "account": accounts}

    documents.rewrite(context, CUSTOMER, customer_id, linked)


def reference(customer: Document, role: str = "customer") -> Document:
    """The related party that other resources carry for this customer."""
    return {
        "id": customer["id"],
        "href": customer["href"],
        "name": customer["name"],
        "role": role,
        "@type": "RelatedParty",
        "@referredType": "Customer",
    }


def contact_changed_since(context: Context, customer_id: str, moment: datetime) -> bool:
    """Whether address, e-mail or telephone were changed after `moment`.

    What changed is not known any more where what was before it is not: then it counts.
    """
    told = records.contacts_told(context.connection, customer_id, moment)
    return any(before != after for before, after in pairwise(told))


def _new_id(context: Context) -> str:
    return identifiers.next_number(context.connection, identifiers.Kind.CUSTOMER)


def _before_create(context: Context, document: Document) -> Document:
    document.setdefault("validFor", {"startDateTime": events.timestamp(context.now)})
    document["engagedParty"] = _engaged(context, document["engagedParty"])
    return party.bound_to_reseller(context, document)


def _before_patch(context: Context, before: Document, after: Document) -> Document:
    party.keep_reseller(context, before, after)
    old, new = before["engagedParty"], after["engagedParty"]
    if old != new:
        if old["id"] != new["id"] and new.get("@referredType") == old["@referredType"]:
            new = {name: value for name, value in new.items() if name != "@referredType"}
        after["engagedParty"] = _engaged(context, new)
    if before["status"] != after["status"] and before.get("statusReason") == after.get(
        "statusReason"
    ):
        after.pop("statusReason", None)  # the old reason is not the new state's
    return after


def _after_patch(context: Context, before: Document, after: Document) -> None:
    """Whoever asked for the audience before may ask again: the reseller may be another."""
    if party.reseller_of(before) != party.reseller_of(after):
        context.read_once.pop((_AUDIENCE, after["id"]), None)


def _engaged(context: Context, wanted: Document) -> Document:
    """The reference to a party that is there. Its name is not copied: it may change."""
    try:
        kind = party.kind_of(context, wanted["id"])
    except NotFound:
        kind = None
    if kind is None or wanted.get("@referredType", kind) != kind:
        raise Refused("There is no such engaged party.", code="danglingReference")
    reference = {name: value for name, value in wanted.items() if name != "name"}
    reference["@referredType"] = kind
    reference["href"] = f"{party.API.base}/{kind.lower()}/{wanted['id']}"
    return reference


def _columns(document: Document) -> Mapping[str, object]:
    engaged = document["engagedParty"]
    person = engaged["@referredType"] == "Individual"
    return {
        "name": document["name"],
        "status": document["status"],
        "individual_id": engaged["id"] if person else None,
        "organization_id": None if person else engaged["id"],
        "reseller": party.reseller_of(document),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    return None if caller.reseller is None else records.CUSTOMER.c.reseller == caller.reseller


def _audience(_context: Context, document: Document) -> Audience:
    return Audience(document["id"], party.reseller_of(document))


CUSTOMER = Resource(
    api=API,
    name="customer",
    tmf_type="Customer",
    table=records.CUSTOMER,
    model=schemas.Customer,
    promote=_columns,
    rights=Rights.of("customer"),
    visible=_visible,
    columns={
        "name": records.CUSTOMER.c.name,
        "status": records.CUSTOMER.c.status,
        "engagedParty.id": sa.func.coalesce(
            records.CUSTOMER.c.individual_id, records.CUSTOMER.c.organization_id
        ),
    },
    server_set=frozenset({"account"}),
    new_id=_new_id,
    states=StateMachine(
        "status",
        ("active", "initialized"),
        {
            "initialized": frozenset({"active", "closed"}),
            "active": frozenset({"suspended", "closed"}),
            "suspended": frozenset({"active", "closed"}),
        },
    ),
    rules=Rules(before_create=_before_create, before_patch=_before_patch, after_patch=_after_patch),
    audience=_audience,
    examples={
        "create": {
            "name": "Edda Marrowby",
            "engagedParty": {
                "id": "5f0c6bd2a1c94d1a9a1c6f1f7d6f2b10",
                "@referredType": "Individual",
            },
            "contactMedium": [
                {
                    "mediumType": "phone",
                    "preferred": True,
                    "characteristic": {"phoneNumber": "+44 1632 960017"},
                }
            ],
        },
        "patch": {"statusReason": "Asked for paper bills"},
    },
)
