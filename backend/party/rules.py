"""What is decided about individuals and organizations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.party import records, schemas
from backend.rest import documents
from backend.rest.errors import Forbidden, Refused
from backend.rest.resource import (
    ALL,
    Api,
    Audience,
    Context,
    Document,
    Resource,
    Rights,
    Rules,
    StateMachine,
)

API = Api("party", "/tmf-api/party/v4", "Party")
# a party that no customer refers to may be deleted by whoever may change it; the rest is erasure
RIGHTS = Rights("customer.read", "customer.create", "customer.update", "customer.update")
DIRECT = "R0"
"""The operator's own sales: whoever names no reseller belongs to it."""


def reseller_of(document: Document) -> str:
    """The reseller a document belongs to: its related party in the role `reseller`."""
    parties = document.get("relatedParty", [])
    return next((party["id"] for party in parties if party.get("role") == "reseller"), DIRECT)


def bound_to_reseller(context: Context, document: Document) -> Document:
    """A reseller's new document belongs to the reseller, whatever it says."""
    mine = context.caller.reseller
    if mine is None or reseller_of(document) == mine:
        return document
    parties = document.get("relatedParty", [])
    if any(party.get("role") == "reseller" for party in parties):
        raise Forbidden("You may only create this for your own reseller.", code="otherReseller")
    own = {
        "id": mine,
        "name": mine,
        "role": "reseller",
        "@type": "RelatedParty",
        "@referredType": "Organization",
    }
    return {**document, "relatedParty": [*parties, own]}


def keep_reseller(context: Context, before: Document, after: Document) -> None:
    """Forbidden when a reseller would give a document away."""
    if context.caller.reseller is not None and reseller_of(before) != reseller_of(after):
        raise Forbidden("You may not change the reseller.", code="otherReseller")


def kind_of(context: Context, identity: str) -> str | None:
    """`Individual` or `Organization`; None when there is no such party for this caller."""
    kind = records.kind_of(context.connection, identity)
    if kind is None:
        return None
    resource = INDIVIDUAL if kind == "Individual" else ORGANIZATION
    documents.find(context, resource, identity)
    return kind


def create_individual(
    context: Context, document: Document, *, identity: str | None = None
) -> Document:
    return documents.create(context, INDIVIDUAL, document, identity=identity).document


def create_organization(
    context: Context, document: Document, *, identity: str | None = None
) -> Document:
    return documents.create(context, ORGANIZATION, document, identity=identity).document


def individual(context: Context, identity: str) -> Document:
    return documents.find(context, INDIVIDUAL, identity)


def organization(context: Context, identity: str) -> Document:
    return documents.find(context, ORGANIZATION, identity)


def _named(document: Document) -> str:
    return f"{document['givenName']} {document['familyName']}"


def _before_individual(context: Context, document: Document) -> Document:
    document.setdefault("fullName", _named(document))
    return bound_to_reseller(context, _dated(document))


def _before_individual_patch(context: Context, before: Document, after: Document) -> Document:
    keep_reseller(context, before, after)
    if after.get("fullName") in {None, _named(before)}:
        after["fullName"] = _named(after)
    return _dated(after)


def _dated(document: Document) -> Document:
    """Plain dates become the date-time that TMF632 declares."""
    for name in ("birthDate", "deathDate"):
        value = document.get(name)
        if value and "T" not in value:
            document[name] = f"{value}T00:00:00Z"
    born, died = document.get("birthDate"), document.get("deathDate")
    if born and died and died[:10] < born[:10]:
        raise Refused("The date of death is before the date of birth.", code="dates")
    return document


def _before_organization_patch(context: Context, before: Document, after: Document) -> Document:
    keep_reseller(context, before, after)
    return after


def _audience(_context: Context, document: Document) -> Audience:
    return Audience(reseller=reseller_of(document))


def _individual_columns(document: Document) -> Mapping[str, object]:
    born = document.get("birthDate")
    return {
        "given_name": document["givenName"],
        "family_name": document["familyName"],
        "birth_date": date.fromisoformat(born[:10]) if born else None,
        "status": document["status"],
        "reseller": reseller_of(document),
    }


def _organization_columns(document: Document) -> Mapping[str, object]:
    return {
        "trading_name": document["tradingName"],
        "name": document.get("name"),
        "status": document["status"],
        "reseller": reseller_of(document),
    }


def _visible_individuals(caller: Caller) -> sa.ColumnElement[bool] | None:
    return None if caller.reseller is None else records.INDIVIDUAL.c.reseller == caller.reseller


def _visible_organizations(caller: Caller) -> sa.ColumnElement[bool] | None:
    return None if caller.reseller is None else records.ORGANIZATION.c.reseller == caller.reseller


INDIVIDUAL = Resource(
    api=API,
    name="individual",
    tmf_type="Individual",
    table=records.INDIVIDUAL,
    model=schemas.Individual,
    promote=_individual_columns,
    rights=RIGHTS,
    visible=_visible_individuals,
    columns={
        "givenName": records.INDIVIDUAL.c.given_name,
        "familyName": records.INDIVIDUAL.c.family_name,
        "birthDate": records.INDIVIDUAL.c.birth_date,
        "status": records.INDIVIDUAL.c.status,
    },
    operations=ALL,
    states=StateMachine(
        "status",
        ("initialized", "validated"),
        {  # TMF632's own spelling of the last state
            "initialized": frozenset({"validated", "deceaded"}),
            "validated": frozenset({"deceaded"}),
        },
    ),
    rules=Rules(before_create=_before_individual, before_patch=_before_individual_patch),
    audience=_audience,
    examples={
        "create": {
            "givenName": "Edda",
            "familyName": "Marrowby",
            "birthDate": "1984-03-09T00:00:00Z",
            "contactMedium": [
                {
                    "mediumType": "email",
                    "preferred": True,
                    "characteristic": {"emailAddress": "edda.marrowby@example.com"},
                }
            ],
        },
        "patch": {"familyName": "Marrowby-Loomis"},
    },
)

ORGANIZATION = Resource(
    api=API,
    name="organization",
    tmf_type="Organization",
    table=records.ORGANIZATION,
    model=schemas.Organization,
    promote=_organization_columns,
    rights=RIGHTS,
    visible=_visible_organizations,
    columns={
        "tradingName": records.ORGANIZATION.c.trading_name,
        "name": records.ORGANIZATION.c.name,
        "status": records.ORGANIZATION.c.status,
    },
    operations=ALL,
    states=StateMachine(
        "status",
        ("initialized", "validated"),
        {
            "initialized": frozenset({"validated", "closed"}),
            "validated": frozenset({"closed"}),
        },
    ),
    rules=Rules(before_create=bound_to_reseller, before_patch=_before_organization_patch),
    audience=_audience,
    examples={
        "create": {"tradingName": "Wrenhallow Joinery Ltd", "isLegalEntity": True},
        "patch": {"tradingName": "Wrenhallow Joinery and Sons Ltd"},
    },
)
