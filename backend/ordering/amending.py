"""What may be changed of an order that is under way."""

from __future__ import annotations

from typing import Protocol

from backend.ordering.holding import is_expedited
from backend.ordering.states import AMENDABLE
from backend.rest.errors import Field, Refused
from backend.rest.resource import Context, Document

_ALWAYS = frozenset({"note", "lastUpdate", "@type", "@baseType", "@schemaLocation"})
_AMENDABLE = _ALWAYS | {
    "category",
    "channel",
    "description",
    "externalId",
    "notificationContact",
    "priority",
    "requestedCompletionDate",
    "requestedStartDate",
}


class InFlight(Protocol):
    """What carries orders out, as far as amending needs it."""

    def begin_now(self, context: Context, order_id: str) -> None:
        """An order that is held begins as soon as this transaction is committed."""
        ...


class NothingInFlight:
    """Where no flow carries orders out."""

    def begin_now(self, context: Context, order_id: str) -> None:
        pass


def amended(_context: Context, before: Document, after: Document) -> Document:
    """The order as it is stored after a client's change; Refused for what can not change."""
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if "state" in changed:
        raise Refused(
            "The state of an order follows from its items.",
            "Use cancelProductOrder to cancel it.",
            code="illegalTransition",
            fields=(Field("state", "Leave this out."),),
        )
    allowed = _AMENDABLE if before["state"] in AMENDABLE else _ALWAYS
    refused = sorted(changed - allowed)
    if refused:
        raise Refused(
            "This can not be changed any more."
            if refused[0] in _AMENDABLE
            else "This is changed by another order.",
            f"Leave out: {', '.join(refused)}.",
            code="notAmendable",
            fields=tuple(Field(name, "This can not be changed.") for name in refused),
        )
    return after


def follow(in_flight: InFlight, context: Context, before: Document, after: Document) -> None:
    """What an accepted change sets going."""
    if is_expedited(before, after):
        in_flight.begin_now(context, after["id"])
