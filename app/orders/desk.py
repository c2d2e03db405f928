"""What an agent does about an order that is under way: undo, cancel, change, begin at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

import msgspec

from app.orders.amending import Standing, Wanted, offerings_of, patch_of, standing_of
from app.orders.calls import call_lines
from app.orders.options import Options, options_of, without_options
from app.orders.records import Film, LogLine, Step
from app.orders.unfinished import Unfinished
from app.orders.visits import Slot
from backend_client import Client, Conflict, Rejected, Where
from backend_client.catalog import ProductSpecification
from backend_client.ordering import ProductOrder
from backend_client.records import RelatedEntity

CAPABILITY, LOG_CAPABILITY = "orderOptions", "calls"
_MOST_SLOTS = 24
_TRIES = 4


class Stopping(StrEnum):
    """What became of the wish to cancel."""

    AT_ONCE = "done"
    LATER = "inProgress"
    TOO_LATE = "tooLate"


class OrderDesk:
    """Every call may take its time and belongs in a thread; ApiError comes through.

    `unfinished` keeps what is typed about an order until it is sent.
    """

    def __init__(
        self,
        client: Client,
        unfinished: Unfinished,
        clock: Callable[[], dt.datetime],
        capabilities: frozenset[str],
    ) -> None:
        self.unfinished = unfinished
        self._client = client
        self._clock = clock
        self._tells = CAPABILITY in capabilities
        self._logs = LOG_CAPABILITY in capabilities

    def options(self, order_id: str, *, may_cancel: bool) -> Options:
        """What can still be done; `may_cancel` counts where the server does not say."""
        if not self._tells:
            return without_options(order_id, may_cancel=may_cancel)
        return options_of(order_id, self._client.orders.options(order_id), self._clock())

    def log(self, film: Film) -> tuple[LogLine, ...]:
        """Each call to a system with its answer, latest first; the steps where none is told."""
        if not self._logs:
            return film.log
        names = {step.id: step.title for step in film.steps if isinstance(step, Step)}
        calls = self._client.orders.calls(film.id)
        return call_lines(calls, names, self._clock()) or film.log

    def undo(self, order_id: str) -> Stopping:
        """Take the order back before anything of it has begun."""
        return _stopping(self._client.order_cancellations.undo(order_id).state)

    def begin_now(self, order_id: str) -> None:
        """Let the order begin, so that it cannot be undone any more."""
        self._client.orders.begin_now(order_id)

    def cancel(self, order_id: str, reason: str, *, key: str) -> Stopping:
        """Cancel the order. The same `key` for the same wish: asked twice it is done once."""
        return _stopping(self._client.order_cancellations.ask(order_id, reason, key=key).state)

    def send_text(self, customer_id: str, film: Film, *, key: str) -> None:
        """Send the sentence to the customer's mobile (TMF681), once for each `key`."""
        receiver = {
            "phoneNumber": film.text_to,
            "party": {"id": customer_id, "@referredType": "Customer"},
        }
        about = {"name": "orderId", "value": film.id, "valueType": "string"}
        wanted = {
            "messageType": "SMS",
            "content": film.sentence,
            "receiver": [receiver],
            "characteristic": [about],
        }
        self._client.messages.create(wanted, key=key)

    def standing(self, order_id: str, *, visit: bool) -> Standing:
        """What the order says now; with `visit` also when an engineer could come instead."""
        order = self._client.orders.get(order_id)
        specifications = {code: self._specification(code) for code in offerings_of(order)}
        known = {code: found for code, found in specifications.items() if found is not None}
        return standing_of(order, known, self._slots(order) if visit else ())

    def amend(self, order_id: str, wanted: Wanted, *, key: str) -> None:
        """Change the order as wanted; Conflict where others were faster time and again."""
        if wanted.slot is not None:
            self._rebook(order_id, wanted.slot, key=f"{key}-visit")
        if wanted.is_of_order:
            self._patch(order_id, wanted, key)

    def _patch(self, order_id: str, wanted: Wanted, key: str) -> None:
        """Its flow moves the order on while somebody types: then the order is read again."""
        for tries_left in reversed(range(_TRIES)):
            version = self._client.orders.read(order_id)
            patch = patch_of(msgspec.json.decode(version.document), wanted)
            try:
                self._client.orders.change(version, patch, key=key)
            except Conflict:
                if not tries_left:
                    raise
            else:
                return

    def _specification(self, code: str) -> ProductSpecification | None:
        """What can be set of an offering; None where the catalogue does not say."""
        with suppress(Rejected):
            offering = self._client.offerings.get(code)
            if offering.product_specification is not None:
                return self._client.specifications.get(offering.product_specification.id)
        return None

    def _slots(self, order: ProductOrder) -> tuple[Slot, ...]:
        """Free times, soonest first; none where nobody serves them."""
        about = RelatedEntity(id=order.id, role="order", referred_type="ProductOrder")
        with suppress(Rejected):
            found = self._client.appointments.free(place_id=_place(order), about=(about,))
            return tuple(
                Slot(each.valid_for.start_date_time, each.valid_for.end_date_time, each.id or "")
                for each in found[:_MOST_SLOTS]
                if each.valid_for
                and each.valid_for.start_date_time
                and each.valid_for.end_date_time
            )
        return ()

    def _rebook(self, order_id: str, slot: Slot, *, key: str) -> None:
        times = {"startDateTime": slot.start.isoformat(), "endDateTime": slot.end.isoformat()}
        visit = self._visit(self._client.orders.get(order_id))
        self._client.appointments.change(visit, {"validFor": times}, key=key)

    def _visit(self, order: ProductOrder) -> str:
        """The id of the order's visit: the one it names, else the one that names the order."""
        named = [each.appointment.id for each in order.product_order_item if each.appointment]
        if named:
            return named[-1]
        mine = Where().equal("relatedEntity.id", order.id)
        page = self._client.appointments.page(mine, sort="-lastUpdate", limit=1)
        return page.records[0].id if page.records else ""


def _place(order: ProductOrder) -> str:
    places = (
        place.id
        for item in order.product_order_item
        if item.product
        for place in item.product.place
    )
    return next((place for place in places if place), "")


def _stopping(state: str | None) -> Stopping:
    if state in {"done", None}:
        return Stopping.AT_ONCE
    return Stopping.TOO_LATE if state == "terminatedWithError" else Stopping.LATER
