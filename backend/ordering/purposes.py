"""What each item of an order is for; the flows that carry it out are chosen by it."""

from __future__ import annotations

from backend.ordering.items import NUMBER, offering_of
from backend.rest.resource import Document

ADD, CHANGE, MOVE, DISCONTINUE = "add", "change", "move", "discontinue"
SUSPEND, RESUME = "suspend", "resume"
OWNERSHIP, RELOCATE = "ownership", "relocate"
SIM_SWAP, NUMBER_CHANGE = "simSwap", "numberChange"
CHANGE_OF_OWNERSHIP, RELOCATION = "changeOfOwnership", "relocation"
"""The categories of orders that are about who has the products, and where."""
NONE = ""
"""The purpose of what only stands beside the rest."""

_BY_STATUS = {"suspended": SUSPEND, "active": RESUME}
_BY_ACTION = {"add": ADD, "delete": DISCONTINUE, "noChange": NONE}
_BY_CATEGORY = {CHANGE_OF_OWNERSHIP: OWNERSHIP, RELOCATION: RELOCATE}


def purpose_of(order: Document, item: Document) -> str:
    """What the server wrote on the item; for one it has not completed, what it says itself.

    One of add, change, move, discontinue, suspend, resume, ownership, relocate, simSwap,
    numberChange; empty for noChange.
    """
    written: str | None = item.get("purpose")
    if written is not None:
        return written
    return derived(order, item)


def derived(order: Document, item: Document, product: Document | None = None) -> str:
    """What an item that a client wrote is for; `product` is the one it changes, where known."""
    if item["action"] != "modify":
        return _BY_ACTION[item["action"]]
    if (by_category := _BY_CATEGORY.get(order.get("category", ""))) is not None:
        return by_category
    own, code = item.get("product") or {}, offering_of(item)
    now = product or {}
    if item.get("sim") is not None:
        return SIM_SWAP
    if item.get("suspension") is not None:
        return SUSPEND
    if _place_of(own) not in {None, _place_of(now)}:
        return RELOCATE
    asked = {each["name"]: each["value"] for each in own.get("productCharacteristic", ())}
    # a client that sends the whole product back says its status, too, and means the rest
    is_told_besides = bool(asked or code) and own.get("status") == now.get("status")
    if own.get("status") in _BY_STATUS and not is_told_besides:
        return _BY_STATUS[own["status"]]
    if asked.get(NUMBER, _value(now)) != _value(now) or set(asked) == {NUMBER}:
        return NUMBER_CHANGE
    return CHANGE if code in {None, (now.get("productOffering") or {}).get("id")} else MOVE


def _place_of(product: Document) -> str | None:
    return next((one["id"] for one in product.get("place", ()) if one.get("id")), None)


def _value(product: Document) -> object:
    """The number a product has, as its characteristic says it."""
    given = product.get("productCharacteristic", ())
    return next((each["value"] for each in given if each["name"] == NUMBER), None)
