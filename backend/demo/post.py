"""Letters and messages of the past: written as they were then, and sent to nobody again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from backend.communication.carriers import Kind
from backend.communication.contents import fact
from backend.communication.rules import House, Message, Messages
from backend.demo.customers import Stored, morning
from backend.demo.histories import Written
from backend.jobs import Jobs
from backend.notices.rules import Notices
from backend.notices.stationery import Stationery
from backend.rest import documents, events
from backend.rest.patches import Change
from backend.rest.resource import Context, Document
from letters import FieldValue

_KEPT = dt.timedelta(days=400)
"""Letters of older orders are left out: nobody asks for them in a demo."""
_SUMMARY, _CONFIRMATION, _WELCOME = "LT02", "LT01", "LT03"
_ACTIVE, _APPOINTMENT = "LT04", "LT09"
_ARRIVED = dt.timedelta(seconds=14)
_ROLLING = 1  # months: what has no minimum term goes on from month to month


class Sent(NamedTuple):
    """A letter that was sent: which, when, what only its writer knew, and how it fared."""

    letter: str
    at: dt.datetime
    fields: Mapping[str, FieldValue]
    returned: str | None = None
    """Why its e-mail came back."""


def visit_of(day: dt.date) -> dict[str, str]:
    """When an engineer comes on this day, as the calendar and letters say it."""
    return {"visit.day": day.isoformat(), "visit.from": "08:00", "visit.until": "12:00"}


class PastMessages(Messages):
    """Writes messages down as sent when they were queued; no job is promised for them.

    E-mails come back with the reason `returned`, if there is one.
    """

    def __init__(self, houses: Mapping[str, House], returned: str | None = None) -> None:
        super().__init__(Jobs(), houses)
        self._returned = returned

    def queue(self, context: Context, message: Message) -> Document:
        waiting = super().queue(context, message)
        arrived = replace(context, now=context.now + _ARRIVED)
        for outcome in self._outcomes(context, message.kind):
            waiting = documents.rewrite(
                arrived, self.resource, waiting["id"], _with(outcome)
            ).document
        return waiting

    def _promise(self, context: Context, message: Document) -> None:
        """Nothing leaves the house again."""

    def _outcomes(self, context: Context, kind: Kind) -> Iterator[Document]:
        """The states it went through, each with what it brought."""
        sent = {"sendTime": events.timestamp(context.now), "tryTimes": 1}
        yield {"state": "inProgress", **sent}
        over = {"sendTimeComplete": events.timestamp(context.now + _ARRIVED)}
        if self._returned is None or kind is not Kind.EMAIL:
            yield {"state": "completed", **over}
        else:
            reason = [fact("failureReason", self._returned)]
            yield {"state": "failed", **over, "characteristic": reason}


class Post:
    """Writes the letters that orders brought about."""

    def __init__(self, stationery: Stationery) -> None:
        self._stationery = stationery
        self._arriving = self._notices(None)

    def write(self, context: Context, orders: Iterable[tuple[Stored, list[Written]]]) -> int:
        """The letters of recent orders; returns how many. Customers and orders must be stored."""
        written = 0
        for stored, placed in orders:
            for position, one in enumerate(placed):
                for sent in _letters(stored, one, context.now, first=position == 0):
                    self._send(context, stored, one.order, sent)
                    written += 1
        return written

    def _send(self, context: Context, stored: Stored, order: Document, sent: Sent) -> None:
        notices = self._arriving if sent.returned is None else self._notices(sent.returned)
        notices.letter(
            replace(context, now=sent.at),
            sent.letter,
            stored.customer["id"],
            key=_key(stored, order, sent.letter),
            order=order,
            fields=sent.fields,
        )

    def _notices(self, returned: str | None) -> Notices:
        return Notices(PastMessages(self._stationery.houses(), returned), self._stationery)


def _letters(stored: Stored, written: Written, now: dt.datetime, *, first: bool) -> Iterator[Sent]:
    """What a customer was told of an order, in the order of time."""
    order, past = written.order, written.past
    placed = dt.datetime.fromisoformat(order["orderDate"])
    if now - placed > _KEPT:
        return
    months = max([_ROLLING, *_months(order)])
    yield Sent(_SUMMARY, placed, {"contract.months": months})
    yield Sent(_CONFIRMATION, placed + dt.timedelta(minutes=2), {})
    if past.visit is not None and stored.home is not None:
        visit: dict[str, FieldValue] = {
            **visit_of(past.visit),
            "visit.day": past.visit,
            "visit.place": stored.home.street,
        }
        day_after = morning(placed.date() + dt.timedelta(days=1))
        yield Sent(_APPOINTMENT, day_after, visit, returned=past.returned)
    done = order.get("completionDate")
    if done is None:
        return
    over = dt.datetime.fromisoformat(done)
    if stored.person.mobile:
        service = order["productOrderItem"][0]["productOffering"]["name"]
        yield Sent(_ACTIVE, over, {"service.name": service})
    if first:
        yield Sent(_WELCOME, over, {"service.started": over.date()})


def _key(stored: Stored, order: Document, letter: str) -> str:
    """The key that process flows use: they give none of these letters again."""
    whose = stored.customer["id"] if letter == _WELCOME else order["id"]
    return f"{whose}:{letter}"


def _months(order: Document) -> Iterator[int]:
    for item in order["productOrderItem"]:
        for term in item["itemTerm"]:
            yield int(term["duration"]["amount"])


def _with(outcome: Document) -> Change:
    def changed(message: Document) -> Document:
        facts = [*message["characteristic"], *outcome.get("characteristic", ())]
        return {**message, **outcome, "characteristic": facts}

    return changed
