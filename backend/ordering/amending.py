"""What may be changed of an order that is under way: its days, its contact, its items."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from backend.ordering.holding import is_expedited
from backend.ordering.revising import Revising
from backend.ordering.states import FINAL
from backend.rest.errors import Field, Refused
from backend.rest.resource import Context, Document

ITEMS = "productOrderItem"
_ALWAYS = frozenset({"note", "lastUpdate", "@type", "@baseType", "@schemaLocation"})
_UNTIL_DONE = _ALWAYS | {
    "category",
    "channel",
    "description",
    "externalId",
    "notificationContact",
    "priority",
}
_DAYS = frozenset({"requestedCompletionDate", "requestedStartDate"})
_BEING_CANCELLED = frozenset({"assessingCancellation", "pendingCancellation"})


class InFlight(Protocol):
    """What carries orders out, as far as amending needs it."""

    def lock(self, context: Context, order_id: str) -> None:
        """Nothing of the order goes on until the transaction ends; taken before the order."""
        ...

    def begin_now(self, context: Context, order_id: str) -> None:
        """An order that is held begins as soon as this transaction is committed."""
        ...

    def too_late(
        self, context: Context, order_id: str, item_ids: Collection[str] | None = None
    ) -> str | None:
        """The step of these items (None: of all) after which there is no way back; None: none."""
        ...

    def begin_anew(self, context: Context, order_id: str, item_ids: Collection[str]) -> bool:
        """What was done for these items is taken back; then all that is left begins anew.

        Whether nothing had to be taken back. `rules.take_out` is called then, or later.
        """
        ...


class NothingInFlight:
    """Where no flow carries orders out."""

    def lock(self, context: Context, order_id: str) -> None:
        pass

    def begin_now(self, context: Context, order_id: str) -> None:
        pass

    def too_late(
        self,
        context: Context,  # noqa: ARG002 - as InFlight
        order_id: str,  # noqa: ARG002 - as InFlight
        item_ids: Collection[str] | None = None,  # noqa: ARG002 - as InFlight
    ) -> str | None:
        return None

    def begin_anew(
        self,
        context: Context,  # noqa: ARG002 - as InFlight
        order_id: str,  # noqa: ARG002 - as InFlight
        item_ids: Collection[str],  # noqa: ARG002 - as InFlight
    ) -> bool:
        return True


class Amending:
    """Decides about changes of orders and sets going what follows from them."""

    def __init__(self, revising: Revising, in_flight: InFlight) -> None:
        self._revising = revising
        self._in_flight = in_flight

    def lock(self, context: Context, order_id: str) -> None:
        self._in_flight.lock(context, order_id)

    def amended(self, context: Context, before: Document, after: Document) -> Document:
        """The order as it is stored after a client's change; Refused for what can not change."""
        changed = {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        if "state" in changed:
            raise Refused(
                "The state of an order follows from its items.",
                "Use cancelProductOrder to cancel it.",
                code="illegalTransition",
                fields=(Field("state", "Leave this out."),),
            )
        _require_open(before, changed)
        if changed & _DAYS:
            self._require_way_back(context, before, min(changed & _DAYS), None)
        return self._with_items(context, before, after) if ITEMS in changed else after

    def follow(self, context: Context, before: Document, after: Document) -> None:
        """What an accepted change sets going."""
        if is_expedited(before, after):
            self._in_flight.begin_now(context, after["id"])

    def _with_items(self, context: Context, before: Document, after: Document) -> Document:
        revision = self._revising.revised(context, before, after[ITEMS])
        if not revision.touched:
            return {**after, ITEMS: before[ITEMS]}
        self._require_way_back(context, before, ITEMS, revision.touched)
        at_once = self._in_flight.begin_anew(context, before["id"], revision.touched)
        return self._revising.carried_out(context, after, revision, at_once=at_once)

    def _require_way_back(
        self, context: Context, order: Document, name: str, item_ids: Collection[str] | None
    ) -> None:
        step = self._in_flight.too_late(context, order["id"], item_ids)
        if step is not None:
            sentence = f"“{step}” has begun, so this can not be changed any more."
            raise Refused(
                sentence,
                "Order the change that is wanted instead.",
                code="notAmendable",
                fields=(Field(name, sentence),),
            )


def _require_open(before: Document, changed: Collection[str]) -> None:
    over = before["state"] in FINAL or before["state"] in _BEING_CANCELLED
    amendable = _UNTIL_DONE | _DAYS | {ITEMS}
    refused = sorted(set(changed) - (_ALWAYS if over else amendable))
    if refused:
        raise Refused(
            "This can not be changed any more."
            if refused[0] in amendable
            else "This is changed by another order.",
            f"Leave out: {', '.join(refused)}.",
            code="notAmendable",
            fields=tuple(Field(name, "This can not be changed.") for name in refused),
        )
