"""Actions of a SIM swap: who asks, is it safe, the new SIM works, the old one never again."""

from __future__ import annotations

from datetime import datetime, timedelta

import orjson

from backend.customer import rules as customer
from backend.flows.actions.holders import line_of
from backend.flows.work import Actions, Inside, Outside, Work
from backend.ordering import consequences, purposes
from backend.ordering import rules as ordering
from backend.resource_inventory import rules as resources
from backend.rest.errors import Conflict, Refused
from backend.rest.resource import Document

_PROOFS = 2  # of three that were asked for: DEMO 4.5
_COOLING = timedelta(hours=72)
_MONTH = timedelta(days=30)
_USUAL_SWAPS = 2
_GIVEN_UP = frozenset({"cancelled", "rejected", "failed"})


def _check_identity(work: Work) -> Document:
    """Two different proofs at least, as whoever spoke with the caller noted them."""
    checked = set(_swap(work).get("checked") or ())
    if len(checked) < _PROOFS:
        raise Refused(
            "The caller's identity was not checked well enough.",
            "Ask for two of: birth date, postcode, PIN, bank, last payment.",
            code="identityMissing",
        )
    return {"checked": sorted(checked)}


def _check_swap(work: Work) -> Document:
    """Whether somebody of the fraud desk must look first, and why."""
    now, why = work.context.now, []
    swaps = _other_swaps(work)
    if any(swapped > now - _COOLING for swapped in swaps):
        why.append("another SIM was swapped within 72 hours")
    if len(swaps) >= _USUAL_SWAPS:
        why.append(f"this is swap {len(swaps) + 1} within 30 days")
    if customer.contact_changed_since(work.context, work.customer_id, now - _COOLING):
        why.append("address, e-mail or telephone were changed within 72 hours")
    return {"suspicious": bool(why), "why": "; ".join(why)}


def _other_swaps(work: Work) -> list[datetime]:
    """When other SIMs of the same line were swapped within a month."""
    line, since = work.product_id(), work.context.now - _MONTH
    orders = map(orjson.loads, ordering.bodies_of_customer(work.context, work.customer_id))
    return [
        placed
        for order in orders
        if order["id"] != work.order_id
        and (placed := datetime.fromisoformat(order["orderDate"])) > since
        and any(_swaps(item, line) for item in order["productOrderItem"])
    ]


def _swaps(item: Document, line: str) -> bool:
    return (
        item.get("purpose") == purposes.SIM_SWAP
        and (item.get("product") or {}).get("id") == line
        and item["state"] not in _GIVEN_UP
    )


def _check_kept(work: Work) -> Document:
    """The SIM that was kept when the order was accepted is still there."""
    sim = resources.find_sim(work.context, _swap(work)["iccid"])
    if sim.state not in {"reserved", "assigned"}:
        raise Conflict("The SIM is not kept for this order any more.", "Choose another SIM.")
    return {"iccid": sim.iccid, "imsi": sim.imsi}


def _bound(work: Work, _answer: Document) -> Document:
    old = [sim.iccid for sim in resources.sims_of(work.context, work.product_id())]
    iccid = consequences.bind_new_sim(work.context, work.order(), work.items()[0])
    return {"iccid": iccid, "old": [one for one in old if one != iccid]}


def _unbound(work: Work, _answer: Document) -> Document:
    consequences.unbind_new_sim(work.context, work.order(), work.items()[0])
    return {}


def _killed(work: Work, _answer: Document) -> Document:
    return {"retired": consequences.retire_old_sims(work.context, work.items()[0])}


def _new_sim(work: Work) -> Document:
    kept = work.result("sim-kept")
    return {**line_of(work), "iccid": kept["iccid"], "imsi": kept["imsi"]}


def _old_sim(work: Work) -> Document:
    return {**line_of(work), "old": work.result("sim-bound").get("old", [])}


def _parcel(work: Work) -> Document:
    return {"iccid": _swap(work)["iccid"], "orderId": work.order_id}


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


def _swap(work: Work) -> Document:
    found: Document = work.items()[0]["sim"]
    return found


ACTIONS: Actions = {
    "identity.check": Inside(_check_identity),
    "fraud.check-swap": Inside(_check_swap),
    "sim.check-kept": Inside(_check_kept),
    "sim.ship-new": Outside("warehouse", "ship-sim", _parcel, _nothing),
    "sim.release-new": Outside("esim", "release-profile", _parcel, _nothing),
    "sim.revoke-new": Outside("esim", "revoke-profile", _parcel, _nothing),
    "hlr.bar": Outside("hlr", "bar", line_of, _nothing),
    "hlr.unbar": Outside("hlr", "unbar", line_of, _nothing),
    "hlr.bind-sim": Outside("hlr", "bind-sim", _new_sim, _bound),
    "hlr.restore-sim": Outside("hlr", "restore-sim", _old_sim, _unbound),
    "hlr.kill-sim": Outside("hlr", "kill-sim", _old_sim, _killed),
    "hlr.watch-new": Outside("hlr", "watch-attach", _new_sim, _nothing),
}
