"""Actions about an engineer's visit: booked or taken over, watched, made good."""

from __future__ import annotations

from datetime import date, timedelta

from backend.address import rules as address
from backend.appointment import rules as appointment
from backend.appointment.slots import SOON, from_facts
from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Inside, Outside, Varied, Work
from backend.rest.resource import Document

APPOINTMENT = "appointmentId"
"""Under this name a step's result has the visit that it booked."""

NEXT = "visit.next"
"""The day of the visit after a missed one."""

_BOOKING, _MISSED = "visit", "missed"


def _wish(work: Work) -> Document:
    """The first free time from a few days ahead, where the products are used."""
    earliest = (work.context.now + SOON).date()
    label, area = _place(work)
    return {**ordered(work), "earliest": earliest.isoformat(), "place": label, "area": area}


def _wish_next(work: Work) -> Document:
    """As the first wish, and later than the visit that was missed."""
    wish, missed = _wish(work), work.result("visit-booked").get("visit.day")
    if missed is None:
        return wish
    later = (date.fromisoformat(missed) + timedelta(days=1)).isoformat()
    return {**wish, "earliest": max(str(wish["earliest"]), later)}


def _named(work: Work) -> str | None:
    """The visit that the order names: its time was chosen with the customer."""
    named = (item.get("appointment") for item in work.items())
    return next((str(one["id"]) for one in named if one), None)


def _book(work: Work) -> Inside | Outside:
    return Outside("calendar", "book-visit", _wish, _write_down) if not _named(work) else _TAKE


def _take(work: Work) -> Document:
    """The visit of the order, as it was booked."""
    found = appointment.attach(work.context, str(_named(work)), work.order(), work.customer_id)
    booking = appointment.booking_of(work.context, found["id"])
    place = {"visit.place": found["relatedPlace"]["name"], _BOOKING: booking}
    return {**appointment.facts_of(found), **place, APPOINTMENT: found["id"]}


_TAKE = Inside(_take)


def _write_down(work: Work, answer: Document) -> Document:
    """What the calendar booked is a visit that people see and may move."""
    slot, booking = from_facts(answer), str(answer.get(_BOOKING) or work.task.id)
    order = work.order()
    document = {
        "category": "installation",
        "relatedEntity": [appointment.order_reference(order)],
        "relatedParty": [one for one in order["relatedParty"] if one["role"] == "customer"],
        "relatedPlace": _reference(work),
    }
    made = appointment.write_down(work.context, document, slot, booking)
    return {**answer, **appointment.facts_of(made), _BOOKING: booking, APPOINTMENT: made["id"]}


def _write_down_next(work: Work, answer: Document) -> Document:
    """The new time after a missed visit; letters call it the next one."""
    made = _write_down(work, answer)
    return {NEXT: made["visit.day"], _BOOKING: made[_BOOKING], APPOINTMENT: made[APPOINTMENT]}


def _to_cancel(work: Work) -> Document:
    return {_BOOKING: work.own.get(_BOOKING), **ordered(work)}


def _cancelled(work: Work, _answer: Document) -> Document:
    if APPOINTMENT in work.own:
        appointment.conclude(work.context, work.own[APPOINTMENT], appointment.CANCELLED)
    return {}


def _noted(booked: str, visited: str) -> Inside:
    """How the visit went that one step booked and another watched."""

    def note(work: Work) -> Document:
        visit = work.result(booked).get(APPOINTMENT)
        how = _WENT.get(str(work.result(visited).get("visit")), appointment.COMPLETED)
        if visit is not None:
            appointment.conclude(work.context, visit, how)
        return {}

    return Inside(note)


_WENT = {_MISSED: appointment.FAILED}


def _place(work: Work) -> tuple[str, str]:
    """The address where the first product is used, and its postcode district."""
    reference = _reference(work)
    found = address.place(work.context.connection, reference["id"]) if "id" in reference else None
    area = "" if found is None else str(found["postcode"]).split()[0]
    return str(reference.get("name") or ("" if found is None else found["label"])), area


def _reference(work: Work) -> Document:
    for item in work.items():
        for place in (item.get("product") or {}).get("place", ()):
            return {**place, "role": "visit"}
    return {"name": "", "role": "visit"}


def _kept(_work: Work, answer: Document) -> Document:
    return answer


ACTIONS: Actions = {
    "calendar.book-visit": Varied(_book),
    "calendar.book-next": Outside("calendar", "book-visit", _wish_next, _write_down_next),
    "calendar.cancel-visit": Outside("calendar", "cancel-visit", _to_cancel, _cancelled),
    "calendar.watch-visit": Outside("calendar", "watch-visit", ordered, _kept),
    "calendar.remind": Outside("calendar", "remind", ordered, _kept),
    "calendar.note-visit": _noted("visit-booked", "visited"),
    "calendar.note-second": _noted("next-booked", "visited-again"),
}
