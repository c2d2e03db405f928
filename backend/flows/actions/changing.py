"""Actions of a change: what differs from before, and what each system is told of it."""

from __future__ import annotations

from backend.flows.actions.holders import line_of, system_of
from backend.flows.work import Actions, Inside, Outside, Varied, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences
from backend.ordering.items import NUMBER, characteristic, given_characteristics
from backend.rest.errors import Refused
from backend.rest.resource import Document

_LANDLINES = {"hlr": "change-number", "sip": "change-number"}


def _compare(work: Work) -> Document:
    """What differs from what there is; Refused where that has ended meanwhile."""
    changed, product = work.items()[0], work.product()
    if product["status"] not in inventory.HELD:
        raise Refused(
            f"{product['name']} has ended meanwhile.", "Cancel the order.", code="illegalState"
        )
    had = {one["name"]: one["value"] for one in product.get("productCharacteristic", ())}
    asked = given_characteristics(changed)
    return {
        "before": product["productOffering"]["id"],
        "after": changed["productOffering"]["id"],
        "changed": sorted(name for name, value in asked.items() if value != had.get(name, "")),
    }


def _number_switch(work: Work) -> Outside:
    system = system_of(work)
    if system in _LANDLINES:
        return Outside(system, _LANDLINES[system], _new_number, _switched)
    return Outside("access", "change-settings", _new_number, _switched)


def _new_number(work: Work) -> Document:
    return {**line_of(work), "number": str(characteristic(work.items()[0], NUMBER))}


def _switched(work: Work, _answer: Document) -> Document:
    old = numbers.of_product(work.context, work.product_id())
    number = consequences.change_number(work.context, work.order(), work.items()[0])
    return {"number": number, **({"before": old[0].value} if old else {})}


ACTIONS: Actions = {
    "change.compare": Inside(_compare),
    "number.switch": Varied(_number_switch),
}
