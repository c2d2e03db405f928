"""The engineers' calendar, as visits ask it: one of the network systems behind the adapter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from backend.appointment.slots import Slot, from_facts
from backend.flows.adapters.network import (
    Answered,
    Call,
    NetworkSystems,
    NoAnswer,
    Pending,
    Refusal,
)
from backend.rest.errors import Conflict, Field, Unavailable
from backend.rest.resource import Document

SYSTEM = "calendar"
_AGAIN = {"Retry-After": "2"}


class EngineerCalendar:
    """Asks at once and waits: people choose a time while they speak with the customer."""

    def __init__(self, network: NetworkSystems) -> None:
        self._network = network

    def free(self, area: str, first: date, last: date) -> Sequence[Slot]:
        """Half days in which somebody could come. Unavailable when nobody answers."""
        asked = {"area": area, "first": first.isoformat(), "last": last.isoformat()}
        found = self._ask("find-slots", uuid4().hex, asked)
        return [from_facts(each) for each in found["slots"]]

    def book(self, key: str, area: str, slot: Slot) -> None:
        """Take one under this key. Conflict when it is gone."""
        self._ask("book-visit", key, {"area": area, **slot.facts})

    def move(self, key: str, booking: str, area: str, slot: Slot) -> None:
        """Take another instead. Conflict when it is gone; the old one is kept then."""
        self._ask("move-visit", key, {"visit": booking, "area": area, **slot.facts})

    def cancel(self, booking: str) -> None:
        """Give it back."""
        self._ask("cancel-visit", f"cancel:{booking}", {"visit": booking})

    def _ask(self, operation: str, key: str, body: Document) -> Document:
        try:
            answer = self._network.call(Call(SYSTEM, operation, key, body))
        except NoAnswer as silence:
            raise _silent() from silence
        match answer:
            case Answered(result):
                return result
            case Refusal():
                sentence = "This time is not free any more."
                raise Conflict(
                    sentence,
                    "Choose another of the free times.",
                    code="slotTaken",
                    fields=(Field("validFor", sentence),),
                )
            case Pending():
                raise _silent()


def _silent() -> Unavailable:
    return Unavailable(
        "The engineers' calendar does not answer.",
        "Try again in a moment.",
        code="calendarSilent",
        headers=_AGAIN,
    )
