"""Actions of a house move: the products are used elsewhere, the number where it may go along."""

from __future__ import annotations

from collections.abc import Iterator

from backend.address import rules as address
from backend.flows.actions.services import ordered
from backend.flows.work import Actions, Inside, Outside, Work
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import consequences, purposes
from backend.rest.resource import Document

_FIXED = "fixed"


def _note_places(work: Work) -> Document:
    """Where it was used, for the line that is ended there; and whether its town is another."""
    old = next((place for item in _moving(work) for place in _places(_product(work, item))), None)
    new = next((place for item in _moving(work) for place in _places(item["product"])), None)
    return {"from": old, "to": new, "sameTown": _town(work, old) == _town(work, new)}


def _move(work: Work) -> Document:
    """The products are at the new address from this moment on."""
    for item in _moving(work):
        if item["product"].get("place"):
            consequences.change_place(work.context, item)
    return {}


def _move_number(work: Work) -> Document:
    """A fixed number stays within its town; in another one the next free number takes its place.

    The area code of a fixed number says where it is (Ofcom, National Telephone Numbering Plan).
    """
    if work.result("places-noted").get("sameTown", True):
        return {}
    changed: Document = {}
    for item in _moving(work):
        product = item["product"]["id"]
        fixed = [one for one in numbers.of_product(work.context, product) if one.type == _FIXED]
        if fixed:
            new = numbers.next_free(work.context, _FIXED)
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


def _places(product: Document) -> Iterator[str]:
    return (str(place["id"]) for place in product.get("place", ()) if place.get("id"))


def _town(work: Work, place: str | None) -> str | None:
    found = address.place(work.context.connection, place) if place else None
    return None if found is None else str(found["city"])


ACTIONS: Actions = {
    "place.note": Inside(_note_places),
    "place.change": Inside(_move),
    "place.move-number": Inside(_move_number),
    "place.cease-old-line": Outside("access", "cease-line", _old_line, _nothing),
}
