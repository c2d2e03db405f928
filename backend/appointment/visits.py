"""Finds, books and moves visits: the engineers' calendar is asked between two transactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import uuid4

import sqlalchemy as sa

from backend.address import rules as address
from backend.appointment import rules
from backend.appointment.slots import Slot, from_period, window
from backend.customer import rules as customer
from backend.database import Database
from backend.inventory import rules as inventory
from backend.ordering import rules as ordering
from backend.rest import documents, etags, events
from backend.rest.checks import check
from backend.rest.documents import New, Stored
from backend.rest.errors import Field, NotFound, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document

_OURS = frozenset(
    {"status", "validFor", "note", "contactMedium", "description", "category", "@type"}
)
"""What may change of a visit."""


class Calendar(Protocol):
    """The engineers' calendar. Each method may raise Unavailable; again with its key is safe."""

    def free(self, area: str, first: date, last: date) -> Sequence[Slot]:
        """Half days in which somebody could come."""
        ...

    def book(self, key: str, area: str, slot: Slot) -> None:
        """Take one under this key. Conflict when nobody is free then."""
        ...

    def move(self, key: str, booking: str, area: str, slot: Slot) -> None:
        """Take another instead; the old one is free again. Conflict."""
        ...

    def cancel(self, booking: str) -> None:
        """Give it back."""
        ...


Moved = Callable[[Context, Document], None]
"""Told of every visit that was moved, in the transaction that wrote it down."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody comes; engineers work by postcode district."""

    reference: Document
    area: str


class Visits:
    """What the routes ask for; their `at` makes a context for the caller around a connection."""

    def __init__(self, database: Database, calendar: Calendar, moved: Moved) -> None:
        self._database = database
        self._calendar = calendar
        self._moved = moved

    def search(self, at: Callable[[sa.Connection], Context], wanted: Document) -> Document:
        """The answered question, ready to be stored: free times at a place, soonest first."""
        with self._database.read() as connection:
            context = at(connection)
            place = _place_of(context, wanted)
            now = context.now
        asked = [slot["validFor"] for slot in wanted.get("requestedTimeSlot") or ()]
        slots = self._calendar.free(place.area, *window(asked, now))
        found = [
            {"id": f"{slot.day}T{slot.begins}", "validFor": slot.period, "@type": "TimeSlot"}
            for slot in sorted(slots)
        ]
        return {
            **wanted,
            "relatedPlace": place.reference,
            "searchDate": events.timestamp(now),
            "searchResult": "success" if found else "fail",
            "availableTimeSlot": found,
            "status": "done",
        }

    def keep_search(self, context: Context, answered: Document) -> Stored:
        return documents.create_many(context, [New(rules.SEARCH_TIME_SLOT, answered)])[0]

    def book(
        self, at: Callable[[sa.Connection], Context], wanted: Document, identity: str
    ) -> Document:
        """Take the time in the calendar; the visit as it is to be written down."""
        with self._database.read() as connection:
            context = at(connection)
            owner = rules.customer_of(wanted)
            if owner is not None:
                customer.find(context, owner)
            elif context.caller.reseller is not None:
                sentence = "Say for which of your customers it is."
                raise Refused(sentence, fields=(Field("relatedParty", sentence),))
            place = _place_of(context, wanted)
            first, _last = window((), context.now)
            order = rules.order_of(wanted)
            if order is not None:
                wanted = _about(wanted, ordering.find(context, order), context)
        slot = from_period(wanted["validFor"])
        if slot.day < first:
            sentence = "This is too soon: choose one of the free times."
            raise Refused(sentence, code="tooSoon", fields=(Field("validFor", sentence),))
        self._calendar.book(identity, place.area, slot)
        return {**wanted, "relatedPlace": place.reference}

    def keep(self, context: Context, booked: Document, identity: str) -> Stored:
        """Write a booked visit down."""
        slot = from_period(booked["validFor"])
        rules.write_down(context, booked, slot, identity, identity)
        return documents.read(context.connection, rules.APPOINTMENT, context.caller, identity)

    def give_back(self, identity: str) -> None:
        """What was booked could not be written down."""
        self._calendar.cancel(identity)

    def put_right(self, at: Callable[[sa.Connection], Context], identity: str) -> None:
        """The calendar goes back to the time that is written down: somebody was quicker."""
        with self._database.read() as connection:
            context = at(connection)
            kept = rules.find(context, identity)
            booking, place = rules.booking_of(context, identity), _place_of(context, kept)
        if kept["status"] != rules.CANCELLED:
            self._calendar.move(uuid4().hex, booking, place.area, rules.slot_of(kept))

    def change(
        self,
        at: Callable[[sa.Connection], Context],
        identity: str,
        change: Change,
        if_match: str | None,
    ) -> Callable[[Context], Stored]:
        """Ask the calendar for another time where one is wanted; how it is written down then."""
        with self._database.read() as connection:
            context = at(connection)
            current = documents.read(connection, rules.APPOINTMENT, context.caller, identity)
            etags.require(if_match, current.revision)
            before = current.document
            after = change(before)
            _require_allowed(context, before, after)
            booking = rules.booking_of(context, identity)
            place = _place_of(context, before)
        moves = before["validFor"] != after["validFor"]
        if moves:
            slot = from_period(after["validFor"])
            key = f"{identity}:{current.revision}:{slot.day}:{slot.begins}"
            self._calendar.move(key, booking, place.area, slot)
        elif after["status"] != before["status"]:
            self._calendar.cancel(booking)

        def write(context: Context) -> Stored:
            stored = documents.patch(
                context, rules.APPOINTMENT, identity, change, if_match=etags.etag(current.revision)
            )
            if moves:
                self._moved(context, stored.document)
            return stored

        return write


def _require_allowed(context: Context, before: Document, after: Document) -> None:
    check(rules.APPOINTMENT, after)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if wrong := sorted(changed - _OURS):
        raise Refused(
            "This can not be changed of a visit.",
            f"Leave out: {', '.join(wrong)}.",
            code="notAmendable",
            fields=tuple(Field(name, "Leave this out.") for name in wrong),
        )
    if "validFor" in changed or "status" in changed:
        rules.require_movable(before, context.now)
    if "status" in changed:
        _require_cancelling(before, after)


def _require_cancelling(before: Document, after: Document) -> None:
    sentence = "Only a visit that is for no order can be cancelled here, and nothing else."
    if after["status"] != rules.CANCELLED or rules.order_of(before) is not None:
        raise Refused(
            sentence,
            "Move the visit, or cancel the order.",
            code="illegalTransition",
            fields=(Field("status", sentence),),
        )


def _about(wanted: Document, order: Document, context: Context) -> Document:
    """The visit of an order is its customer's."""
    owner = next(one["id"] for one in order["relatedParty"] if one["role"] == "customer")
    party = customer.reference(customer.find(context, owner))
    return {
        **wanted,
        "relatedEntity": [rules.order_reference(order)],
        "relatedParty": [party],
    }


def _place_of(context: Context, wanted: Document) -> _Place:
    """The place that is named, or where the order or product is used that it is about."""
    named = (wanted.get("relatedPlace") or {}).get("id") or _place_of_entity(context, wanted)
    found = address.place(context.connection, str(named)) if named else None
    if found is None:
        sentence = "Name the address by its id."
        raise Refused(
            sentence, code="danglingReference", fields=(Field("relatedPlace.id", sentence),)
        )
    reference = {
        "id": found["id"],
        "name": found["label"],
        "role": "visit",
        "@referredType": "GeographicAddress",
    }
    return _Place(reference, str(found["postcode"]).split()[0])


def _place_of_entity(context: Context, wanted: Document) -> str | None:
    for entity in wanted.get("relatedEntity") or ():
        try:
            products = _products(context, entity)
        except NotFound:
            raise Refused(
                "It is about something that is not there.", code="danglingReference"
            ) from None
        for product in products:
            for place in product.get("place", ()):
                if place.get("id"):
                    return str(place["id"])
    return None


def _products(context: Context, entity: Document) -> list[Document]:
    if entity.get("@referredType") == "ProductOrder":
        items = ordering.find(context, entity["id"])["productOrderItem"]
        return [item.get("product") or {} for item in items]
    if entity.get("@referredType") == "Product":
        return [inventory.find(context, entity["id"])]
    return []
