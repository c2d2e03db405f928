"""Actions that only ask a network system: what it answers is what the step brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Outside, Work
from backend.rest.resource import Document

_SOON = timedelta(days=3)  # the earliest visit that people can be told of in time

_SYSTEMS: Mapping[str, tuple[str, ...]] = {
    "access": (
        "check-line", "order-line", "cancel-line", "link-terminal", "test-line",
        "order-jumper", "connect-exchange",
    ),
    "dslam": ("assign-port", "release-port", "test-sync"),
    "sip": ("create-account", "delete-account", "route-number", "test-call"),
    "tv": ("open-channels", "watch-boot"),
    "warehouse": ("reserve-devices", "release-devices", "ship-devices"),
    "calendar": ("cancel-visit", "watch-visit", "remind"),
    "register": ("check-emergency-address",),
}  # fmt: skip


def _kept(_work: Work, answer: Document) -> Document:
    return answer


def _visit(work: Work) -> Document:
    """A visit no sooner than in three days, where the first product is used."""
    places = work.items()[0]["product"].get("place", ())
    earliest = (work.context.now + _SOON).date()
    label = next((str(place.get("name", "")) for place in places if place.get("name")), "")
    return {**ordered(work), "earliest": earliest.isoformat(), "place": label}


ACTIONS: Actions = {
    "calendar.book-visit": Outside("calendar", "book-visit", _visit, _kept),
    **{
        f"{system}.{operation}": Outside(system, operation, ordered, _kept)
        for system, operations in _SYSTEMS.items()
        for operation in operations
    },
}
