"""Actions about a mobile line: its number, its SIM, its profile in the network."""

from __future__ import annotations

from backend.flows.work import Actions, Inside, Outside, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.resource_inventory import rules as resources
from backend.rest.errors import Refused
from backend.rest.resource import Document

ATTACHED = "first-attach"
"""The event that the network reports when a SIM is seen for the first time."""


def _check_number(work: Work) -> Document:
    """The line has the number that was kept for it when the order was accepted."""
    found = numbers.of_product(work.context, work.product_id())
    if not found:
        raise Refused("The line has no number.", "Choose one.", code="noNumber")
    return {"number": found[0].value}


def _release_number(work: Work) -> Document:
    """A line that only changes keeps its number; with one that goes it goes, too."""
    if not work.flow.amended:
        numbers.unassign(work.context, work.own["number"])
    return {}


def _reserve_sim(work: Work) -> Document:
    kind: resources.SimKind = "esim" if work.facts["simKind"] == "esim" else "plastic"
    sim = resources.reserve_sim(work.context, kind, work.order_id)
    return {"iccid": sim.iccid, "imsi": sim.imsi}


def _release_sim(work: Work) -> Document:
    """Back into stock; one that had been sent out was retired when that was taken back."""
    iccid = work.own["iccid"]
    if resources.find_sim(work.context, iccid).state != "retired":
        resources.release_sim(work.context, iccid)
    return {}


def _profile(work: Work) -> Document:
    return {"imsi": _sim(work)["imsi"], "msisdn": _number(work), "plan": work.facts["offer"]}


def _sent(work: Work) -> Document:
    return {"iccid": _sim(work)["iccid"], "orderId": work.order_id}


def _bind_sim(work: Work, _answer: Document) -> Document:
    """The SIM is on its way: it is the line's from now on."""
    iccid, product = _sim(work)["iccid"], work.product_id()
    resources.assign_sim(work.context, iccid, product, customer_id=work.customer_id)
    inventory.realize(work.context, product, {"id": iccid, "name": "SIM", "value": iccid})
    return {"iccid": iccid}


def _take_sim_back(work: Work) -> Document:
    """A SIM that was sent out already is of no use to anybody any more."""
    resources.retire_sim(work.context, work.own["iccid"])
    return {}


def _taken_back(work: Work, _answer: Document) -> Document:
    return _take_sim_back(work)


def _own_sim(work: Work) -> Document:
    return {"iccid": work.own["iccid"], "orderId": work.order_id}


def _watch(work: Work) -> Document:
    return {"imsi": _sim(work)["imsi"], "report": ATTACHED}


def _extras(work: Work) -> Document:
    codes = [item["productOffering"]["id"] for item in work.items()[1:]]
    return {"msisdn": _number(work), "extras": sorted(codes)}


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


def _number(work: Work) -> str:
    return str(work.result("number-assigned")["number"])


def _sim(work: Work) -> Document:
    return dict(work.result("sim-reserved"))


ACTIONS: Actions = {
    "number.check": Inside(_check_number),
    "number.release": Inside(_release_number),
    "sim.reserve": Inside(_reserve_sim),
    "sim.release": Inside(_release_sim),
    "sim.ship": Outside("warehouse", "ship-sim", _sent, _bind_sim),
    "sim.release-profile": Outside("esim", "release-profile", _sent, _bind_sim),
    "sim.take-back": Inside(_take_sim_back),
    "sim.revoke-profile": Outside("esim", "revoke-profile", _own_sim, _taken_back),
    "hlr.create-profile": Outside("hlr", "create-profile", _profile, _nothing),
    "hlr.delete-profile": Outside("hlr", "delete-profile", _profile, _nothing),
    "hlr.watch-attach": Outside("hlr", "watch-attach", _watch, _nothing),
    "hlr.activate-extras": Outside("hlr", "activate-extras", _extras, _nothing),
}
