"""Actions of a change: what differs from before, and what each system is told of it."""

from __future__ import annotations

from backend.flows.actions.holders import line_of, system_of
from backend.flows.work import Actions, Inside, Outside, Varied, Work
from backend.ordering import consequences, purposes
from backend.ordering.items import NUMBER, characteristic
from backend.rest.resource import Document

_LANDLINES = {"hlr": "change-number", "sip": "change-number"}


def _compare(work: Work) -> Document:
    """What differs: another plan, settings, a number, a new minimum term."""
    changed, product = work.items()[0], work.product()
    asked = (changed["product"] or {}).get("productCharacteristic", ())
    had = {one["name"]: one["value"] for one in product.get("productCharacteristic", ())}
    settings = [one["name"] for one in asked if one["value"] != had.get(one["name"], "")]
    purpose = changed.get("purpose", purposes.CHANGE)
    return {
        "plan": purpose == purposes.MOVE,
        "number": purpose == purposes.NUMBER_CHANGE,
        "settings": bool(set(settings) - {NUMBER}),
        "term": _months(changed.get("itemTerm", ())) > 0,
        "changed": sorted(settings),
        "before": product["productOffering"]["id"],
        "after": changed["productOffering"]["id"],
    }


def _months(terms: object) -> int:
    """The longest minimum term of these; what goes on from month to month has none."""
    found = [term["duration"] for term in terms] if isinstance(terms, list) else []
    months = [int(one["amount"]) for one in found if one["units"] == "month"]
    return max((amount for amount in months if amount > 1), default=0)


def _number_switch(work: Work) -> Outside:
    system = system_of(work)
    if system in _LANDLINES:
        return Outside(system, _LANDLINES[system], _new_number, _switched)
    return Outside("access", "change-settings", _new_number, _switched)


def _new_number(work: Work) -> Document:
    return {**line_of(work), "number": str(characteristic(work.items()[0], NUMBER))}


def _switched(work: Work, _answer: Document) -> Document:
    number = consequences.change_number(work.context, work.order(), work.items()[0])
    return {"number": number}


ACTIONS: Actions = {
    "change.compare": Inside(_compare),
    "number.switch": Varied(_number_switch),
}
