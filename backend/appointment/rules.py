"""What is decided about visits: how they are written down, and how long they may be moved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from backend.access.caller import Caller
from backend.appointment import records, schemas
from backend.appointment.records import APPOINTMENT as TABLE
from backend.appointment.slots import Slot, from_facts, from_period
from backend.customer import rules as customer
from backend.rest import documents, events
from backend.rest.documents import New
from backend.rest.errors import Field, Refused
from backend.rest.resource import (
    READ_ONLY,
    Api,
    Audience,
    Context,
    Document,
    Operation,
    Resource,
    Rights,
    StateMachine,
)

API = Api("appointment", "/tmf-api/appointment/v4", "Appointment")
RIGHTS = Rights("appointment.read", "appointment.create", "appointment.update", "")
INITIALIZED, CONFIRMED, CANCELLED = "initialized", "confirmed", "cancelled"
COMPLETED, FAILED = "completed", "failed"
ORDER = "order"
"""The role of the order that a visit is for."""

_OPEN = frozenset({INITIALIZED, CONFIRMED})


def find(context: Context, identity: str) -> Document:
    """NotFound when there is no such visit for this caller."""
    return documents.find(context, APPOINTMENT, identity)


def write_down(
    context: Context, document: Document, slot: Slot, booking: str, identity: str | None = None
) -> Document:
    """Keep a visit that the calendar has: confirmed when it is for an order, else held for one."""
    about = {"creationDate": events.timestamp(context.now), "validFor": slot.period}
    state = CONFIRMED if order_of(document) else INITIALIZED
    new = New(APPOINTMENT, {**document, **about, "status": state}, identity, {"booking": booking})
    return documents.create_many(context, [new])[0].document


def attach(context: Context, identity: str, order: Document, customer_id: str) -> Document:
    """The visit is for this order from now on; Refused when it is somebody else's, or over."""
    found = find(context, identity)
    owner = customer_of(found)
    if order_of(found) not in {None, order["id"]} or owner not in {None, customer_id}:
        raise Refused("The visit is for another order.", "Book another time.", code="visitTaken")
    if found["status"] not in _OPEN:
        raise Refused(f"The visit is {found['status']}.", "Book another time.", code="visitOver")
    party = customer.reference(customer.find(context, customer_id))
    changes = {
        "status": CONFIRMED,
        "relatedEntity": [order_reference(order)],
        "relatedParty": [party],
    }
    return documents.rewrite(
        context, APPOINTMENT, identity, lambda before: {**before, **changes}
    ).document


def conclude(context: Context, identity: str, status: str) -> None:
    """How it ended: completed, failed (nobody came) or cancelled; once over it stays as it is."""
    if find(context, identity)["status"] in _OPEN:
        documents.rewrite(
            context, APPOINTMENT, identity, lambda before: {**before, "status": status}
        )


def of_order(context: Context, order_id: str) -> list[Document]:
    """The visits that are for an order, the first one first."""
    return records.of_order(context.connection, order_id)


def give_up(context: Context, identity: str) -> bool:
    """Cancel a visit unless an order has it; whether it was."""
    given_up = False

    def cancelled(before: Document) -> Document:
        nonlocal given_up
        given_up = before["status"] == INITIALIZED
        return {**before, "status": CANCELLED} if given_up else before

    documents.rewrite(context, APPOINTMENT, identity, cancelled)
    return given_up


def slot_of(document: Document) -> Slot:
    return from_period(document["validFor"])


def period_of(booked: Document) -> Document:
    """The time of a visit as TMF writes it, from the facts of its booking."""
    return from_facts(booked).period


def facts_of(document: Document) -> Document:
    """The visit as letters call it."""
    slot = slot_of(document)
    return {**slot.facts, "visit.change_until": slot.change_until.date().isoformat()}


def require_movable(document: Document, now: datetime) -> None:
    """Refused once the visit is over, or from noon of the day before on."""
    if document["status"] not in _OPEN:
        raise Refused(f"The visit is {document['status']}.", "Book another time.", code="visitOver")
    if now >= slot_of(document).change_until:
        sentence = "A visit can be moved until noon of the day before."
        raise Refused(sentence, code="tooLate", fields=(Field("validFor", sentence),))


def customer_of(document: Document) -> str | None:
    parties = document.get("relatedParty") or ()
    return next((str(one["id"]) for one in parties if one.get("role") == "customer"), None)


def order_of(document: Document) -> str | None:
    """The id of the order it is for."""
    entities = document.get("relatedEntity") or ()
    named = (one for one in entities if one.get("@referredType") == "ProductOrder")
    return next((str(one["id"]) for one in named), None)


def order_reference(order: Document) -> Document:
    return {
        "id": order["id"],
        "href": order["href"],
        "name": order.get("orderNumber") or order["id"],
        "role": ORDER,
        "@type": "RelatedEntity",
        "@referredType": "ProductOrder",
    }


def booking_of(context: Context, identity: str) -> str:
    """Under what the calendar knows the visit."""
    return records.booking(context.connection, identity)


def forget_searches(connection: sa.Connection, before: datetime, most: int) -> int:
    """Answers to questions for free times are kept for a day."""
    return records.forget_searches_before(connection, before, most)


def _columns(document: Document) -> Mapping[str, object]:
    return {
        "customer_id": customer_of(document),
        "order_id": order_of(document),
        "status": document["status"],
        "starts": datetime.fromisoformat(document["validFor"]["startDateTime"]),
    }


def _search_columns(document: Document) -> Mapping[str, object]:
    party = document.get("relatedParty") or {}
    return {"customer_id": party.get("id"), "status": document["status"]}


def _visible(table: sa.Table, caller: Caller) -> sa.ColumnElement[bool] | None:
    if caller.reseller is None:
        return None
    return table.c.customer_id.in_(customer.of_reseller(caller.reseller))


def _audience(context: Context, document: Document) -> Audience:
    return customer.audience(context, customer_of(document))


APPOINTMENT = Resource(
    api=API,
    name="appointment",
    tmf_type="Appointment",
    table=TABLE,
    model=schemas.Appointment,
    promote=_columns,
    rights=RIGHTS,
    visible=lambda caller: _visible(TABLE, caller),
    columns={"status": TABLE.c.status, "validFor.startDateTime": TABLE.c.starts},
    operations=READ_ONLY | {Operation.CREATE, Operation.PATCH},
    server_set=frozenset({"creationDate", "calendarEvent"}),
    states=StateMachine(
        "status",
        (INITIALIZED, CONFIRMED),
        {
            INITIALIZED: frozenset({CONFIRMED, CANCELLED, FAILED}),
            CONFIRMED: frozenset({CANCELLED, COMPLETED, FAILED}),
        },
    ),
    audience=_audience,
    searches={
        "customerId": lambda value: TABLE.c.customer_id == value,
        "orderId": lambda value: TABLE.c.order_id == value,
    },
    examples={
        "create": {
            "category": "installation",
            "relatedParty": [
                {"id": "KF-0000001-3", "role": "customer", "@referredType": "Customer"}
            ],
            "relatedPlace": {"id": "A-2760773534", "role": "visit"},
            "validFor": {
                "startDateTime": "2026-11-24T08:00:00Z",
                "endDateTime": "2026-11-24T12:00:00Z",
            },
        },
        "patch": {
            "validFor": {
                "startDateTime": "2026-11-25T13:00:00Z",
                "endDateTime": "2026-11-25T17:00:00Z",
            }
        },
    },
)

SEARCH_TIME_SLOT = Resource(
    api=API,
    name="searchTimeSlot",
    tmf_type="SearchTimeSlot",
    table=records.SEARCH_TIME_SLOT,
    model=schemas.SearchTimeSlot,
    promote=_search_columns,
    rights=Rights("appointment.read", "appointment.read", "", ""),
    visible=lambda caller: _visible(records.SEARCH_TIME_SLOT, caller),
    columns={"status": records.SEARCH_TIME_SLOT.c.status},
    operations=READ_ONLY | {Operation.CREATE},
    server_set=frozenset({"searchDate", "searchResult", "availableTimeSlot", "status"}),
    examples={
        "create": {
            "relatedPlace": {"id": "A-2760773534", "role": "visit"},
            "requestedTimeSlot": [
                {
                    "validFor": {
                        "startDateTime": "2026-11-24T00:00:00Z",
                        "endDateTime": "2026-12-01T00:00:00Z",
                    }
                }
            ],
        }
    },
)
