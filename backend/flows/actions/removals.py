"""Actions of a house move: the products are used elsewhere, the number where it may go along."""

from __future__ import annotations

from collections.abc import Iterator

from backend.flows.actions.services import ordered
from backend.flows.moving import FIXED, first_place, same_town
from backend.flows.work import Actions, Inside, Outside, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences, purposes
from backend.rest.resource import Document


def _note_places(work: Work) -> Document:
    """Where it was used, for the line that is ended there; and whether its town is another."""
    old = next(filter(None, (first_place(_product(work, item)) for item in _moving(work))), None)
    new = next(filter(None, (first_place(item["product"]) for item in _moving(work))), None)
    return {"from": old, "to": new, "sameTown": same_town(work.context, old, new)}


def _move(work: Work) -> Document:
    """The products are at the new address from this moment on."""
    for item in _moving(work):
        if item["product"].get("place"):
            consequences.change_place(work.context, item)
    return {}


def _move_number(work: Work) -> Document:
    """A fixed number stays within its town; in another one the next free number takes its place."""
    if work.result("places-noted").get("sameTown", True):
        return {}
    changed: Document = {}
    for item in _moving(work):
        product = item["product"]["id"]
        fixed = [one for one in numbers.of_product(work.context, product) if one.type == FIXED]
        if fixed:
            new = numbers.next_free(work.context, FIXED)
            value = consequences.switch_number(work.context, product, new.value)
            changed = {"number.before": fixed[0].value, "number.new": value}
    return changed


def _old_line(work: Work) -> Document:
    return {**ordered(work), "place": work.result("places-noted").get("from")}


def _nothing(_work: Work, _answer: Document) -> Document:
    return {}


def _moving(work: Work) -> Iterator[Document]:
    return (item for item in work.items() if item.get("purpose") == purposes.RELOCATE)


def _product(work: Work, item: Document) -> Document:
    return inventory.find(work.context, item["product"]["id"])


ACTIONS: Actions = {
    "place.note": Inside(_note_places),
    "place.change": Inside(_move),
    "place.move-number": Inside(_move_number),
    "place.cease-old-line": Outside("access", "cease-line", _old_line, _nothing),
}
