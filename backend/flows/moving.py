"""What becomes of a fixed number when its line moves: it stays within its town."""

from __future__ import annotations

from collections.abc import Iterator

from backend.address import rules as address
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.ordering import purposes
from backend.rest.resource import Context, Document

FIXED = "fixed"


def same_town(context: Context, old: str | None, new: str | None) -> bool:
    """Whether a fixed number of one place may be used at another.

    The area code of a fixed number says where it is (Ofcom, National Telephone Numbering Plan).
    """
    return _town(context, old) == _town(context, new)


def first_place(product: Document) -> str | None:
    """The id of where a product is, or shall be, used."""
    return next((str(place["id"]) for place in product.get("place", ()) if place.get("id")), None)


def moving_numbers(context: Context, order: Document) -> list[Document]:
    """The fixed numbers of an accepted order that moves house, and whether each stays."""
    return list(_told(context, order))


def _told(context: Context, order: Document) -> Iterator[Document]:
    for item in order["productOrderItem"]:
        new = first_place(item["product"])
        if item.get("purpose") != purposes.RELOCATE or new is None:
            continue
        product = inventory.find(context, item["product"]["id"])
        stays = same_town(context, first_place(product), new)
        for number in numbers.of_product(context, product["id"]):
            if number.type == FIXED:
                yield {"number": number.value, "stays": stays}


def _town(context: Context, place: str | None) -> str | None:
    found = address.place(context.connection, place) if place else None
    return None if found is None else str(found["city"])
