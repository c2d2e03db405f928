"""What is decided about billing accounts."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from backend import identifiers
from backend.access.caller import Caller
from backend.account import records, schemas
from backend.customer import rules as customer
from backend.rest import documents
from backend.rest.errors import Field, Invalid, NotFound, Refused
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

API = Api("accountManagement", "/tmf-api/accountManagement/v4", "Account")
IN_ARREARS = "inArrears"
"""The `paymentStatus` of an account with a bill that is overdue."""


def create(context: Context, document: Document, *, identity: str | None = None) -> Document:
    """Store a billing account; its id is its number (`KA-…`), drawn here unless given."""
    return documents.create(context, BILLING_ACCOUNT, document, identity=identity).document


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such account for this caller."""
    return documents.find(context, BILLING_ACCOUNT, identity)


def of_customer(context: Context, customer_id: str) -> list[Document]:
    """The customer's billing accounts, as far as the caller may see them."""
    customer.find(context, customer_id)
    identities = records.ids_of_customer(context.connection, customer_id)
    return [find(context, identity) for identity in identities]


def is_in_arrears(context: Context, customer_id: str) -> bool:
    """Whether any of the customer's accounts is; the caller must have seen the customer."""
    return IN_ARREARS in records.payment_statuses(context.connection, customer_id)


def customer_of(account: Document) -> str | None:
    """The id of the customer an account belongs to."""
    parties = account.get("relatedParty", [])
    return next((party["id"] for party in parties if party.get("role") == "customer"), None)


def set_payment_status(context: Context, identity: str, status: str) -> None:
    """What billing knows of the payments; no client may write it."""
    documents.rewrite(
        context, BILLING_ACCOUNT, identity, lambda account: {**account, "paymentStatus": status}
    )


def reference(account: Document) -> Document:
    """The reference that other resources carry for this account."""
    return {
        "id": account["id"],
        "href": account["href"],
        "name": account["name"],
        "@type": "AccountRef",
        "@referredType": "BillingAccount",
    }


def _new_id(context: Context) -> str:
    return identifiers.next_number(context.connection, identifiers.Kind.ACCOUNT)


def _before_create(context: Context, document: Document) -> Document:
    document.setdefault("paymentStatus", "paid")
    return _owned(context, document)


def _before_patch(context: Context, before: Document, after: Document) -> Document:
    if customer_of(before) != customer_of(after):
        raise Refused(
            "An account stays with its customer.",
            "Use a change of ownership.",
            code="changeOfOwnership",
        )
    return _owned(context, after)


def _owned(context: Context, document: Document) -> Document:
    """The account's customer must be there; its reference is completed."""
    customer_id = customer_of(document)
    if customer_id is None:
        raise Refused(
            "An account belongs to a customer.",
            "Name the customer in relatedParty with the role customer.",
            code="customerMissing",
            fields=(Field("relatedParty", "A party with the role customer is needed."),),
        )
    try:
        owner = customer.find(context, customer_id)
    except NotFound:
        raise Refused("There is no such customer.", code="danglingReference") from None
    parties = [
        {**party, **customer.reference(owner)} if party.get("role") == "customer" else party
        for party in document["relatedParty"]
    ]
    _complete(parties)
    return {**document, "relatedParty": parties}


def _complete(parties: list[Document]) -> None:
    """TMF666 wants name and kind of every related party."""
    missing = tuple(
        Field(f"relatedParty.{index}.{name}", "This is needed.")
        for index, party in enumerate(parties)
        for name in ("name", "@referredType")
        if not party.get(name)
    )
    if missing:
        raise Invalid("A related party is not complete.", code="invalidBody", fields=missing)


def _after_create(context: Context, document: Document) -> None:
    customer.link_account(context, str(customer_of(document)), reference(document))


def _after_patch(context: Context, before: Document, after: Document) -> None:
    if before["name"] != after["name"]:
        customer.link_account(context, str(customer_of(after)), reference(after))


def _columns(document: Document) -> Mapping[str, object]:
    return {
        "customer_id": customer_of(document),
        "name": document["name"],
        "state": document["state"],
        "account_type": document.get("accountType"),
    }


def _visible(caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return records.BILLING_ACCOUNT.c.customer_id.in_(customer.of_reseller(caller.reseller))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, customer_of(document))


BILLING_ACCOUNT = Resource(
    api=API,
    name="billingAccount",
    tmf_type="BillingAccount",
    table=records.BILLING_ACCOUNT,
    model=schemas.BillingAccount,
    promote=_columns,
    rights=Rights.of("customer"),
    visible=_visible,
    columns={
        "name": records.BILLING_ACCOUNT.c.name,
        "state": records.BILLING_ACCOUNT.c.state,
        "accountType": records.BILLING_ACCOUNT.c.account_type,
    },
    server_set=frozenset({"accountBalance", "paymentStatus"}),
    new_id=_new_id,
    stamp="lastModified",
    states=StateMachine(
        "state",
        ("active", "defined"),
        {
            "defined": frozenset({"active", "closed"}),
            "active": frozenset({"suspended", "closed"}),
            "suspended": frozenset({"active", "closed"}),
        },
    ),
    rules=Rules(
        before_create=_before_create,
        before_patch=_before_patch,
        after_create=_after_create,
        after_patch=_after_patch,
    ),
    audience=_audience,
    examples={
        "create": {
            "name": "Home, Pebblewick Rise",
            "accountType": "residential",
            "relatedParty": [{"id": "KF-0000001-3", "role": "customer"}],
        },
        "patch": {"description": "Bills by e-mail"},
    },
)
