"""Actions of arrears: services rest until the debt is paid or a plan is agreed, then work again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from backend.catalog.rules import Versions
from backend.flows.adapters.network import NoAnswer
from backend.flows.work import Actions, Inside, Work
from backend.inventory import rules as inventory
from backend.ordering import rules as ordering
from backend.ordering.consequences import REASON
from backend.rest.errors import Refused
from backend.rest.resource import Context, Document

Place = Callable[[Context, Document], Document]
"""Places an order as a client would; Refused."""

NAMES = frozenset({"arrears.suspend", "arrears.resume", "timer.note-day"})
"""What definitions call these actions."""

_ARREARS = "arrears"
_LINES = frozenset({"line", "broadband", "tv"})
"""Kinds of offerings that rest; what hangs on them rests with them."""

_OPEN_ORDER = "openOrder"


def actions(place: Place, versions: Versions) -> Actions:
    """What flows of arrears do; `versions` tell which products are lines."""

    def suspend(work: Work) -> Document:
        """An order by which all lines rest, but for those with an order on its way."""
        kinds = versions.current(work.context.connection).catalogue.offers
        lines = [
            product["id"]
            for product in _products(work)
            if product["status"] == "active"
            and (offer := kinds.get(product["productOffering"]["id"])) is not None
            and offer.kind in _LINES
        ]
        while lines:
            try:
                with work.context.connection.begin_nested():
                    order = place(work.context, _order(work, map(_resting, lines)))
            except Refused as refusal:
                if refusal.code != _OPEN_ORDER or not refusal.fields:
                    raise
                del lines[int(refusal.fields[0].path.split(".")[1])]
            else:
                return {"orderId": order["id"], "products": lines}
        return {"products": []}

    def resume(work: Work) -> Document:
        """An order by which they work again; what was not switched off yet is waited for."""
        suspended = work.result("suspended")
        if (order := suspended.get("orderId")) is not None and not _is_over(work, order):
            raise NoAnswer("The services are being switched off at this moment.")
        ours = set(suspended.get("products", ()))
        found = (product for product in _products(work) if product["id"] in ours)
        lines = [product["id"] for product in found if _rests_for_arrears(product)]
        if not lines:
            return {}
        return {"orderId": place(work.context, _order(work, map(_working, lines)))["id"]}

    return {
        "arrears.suspend": Inside(suspend),
        "arrears.resume": Inside(resume),
        "timer.note-day": Inside(_note_day),
    }


def _note_day(work: Work) -> Document:
    """Today, from which letters count."""
    return {"day": work.context.now.date().isoformat()}


def _products(work: Work) -> Iterator[Document]:
    return map(orjson.loads, inventory.bodies_of_customer(work.context, work.customer_id))


def _order(work: Work, items: Iterator[Document]) -> Document:
    owner = {"id": work.customer_id, "role": "customer", "@referredType": "Customer"}
    numbered = [{"id": str(number), **item} for number, item in enumerate(items, 1)]
    return {"relatedParty": [owner], "productOrderItem": numbered}


def _resting(product: str) -> Document:
    return {
        "action": "modify",
        "product": {"id": product, "status": "suspended"},
        "suspension": {"reason": _ARREARS},
    }


def _working(product: str) -> Document:
    return {"action": "modify", "product": {"id": product, "status": "active"}}


def _is_over(work: Work, order: str) -> bool:
    return ordering.find(work.context, order)["state"] in ordering.FINAL_STATES


def _rests_for_arrears(product: Document) -> bool:
    noted = {one["name"]: one["value"] for one in product.get("productCharacteristic", ())}
    return product["status"] == "suspended" and noted.get(REASON) == _ARREARS
