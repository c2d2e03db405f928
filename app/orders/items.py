"""Names of products and of items of an order, short enough for a tile or a line."""

from __future__ import annotations

import re

from app.language import tr
from backend_client.ordering import ProductOrderItem

_LONGEST = 21
_SEVERAL = 3
_BEHIND = re.compile(r"^(?P<name>.+?)\s*\((?P<detail>[^()]*)\)$")


def short(name: str) -> str:
    """`Skarv 100` for `Skarv 100 (100 GB, 5G)`; a short name keeps its brackets."""
    found = _BEHIND.match(name)
    return name if found is None or len(name) <= _LONGEST else found["name"]


def detail(name: str) -> str:
    """What `short` leaves out."""
    found = _BEHIND.match(name)
    return "" if found is None or len(name) <= _LONGEST else found["detail"]


def bare(name: str) -> str:
    """The name without what stands in brackets behind it."""
    found = _BEHIND.match(name)
    return found["name"] if found else name


def item_name(item: ProductOrderItem) -> str:
    """What an item is called; for a change, what it becomes."""
    offering = item.product_offering.name if item.product_offering else None
    product = item.product.name if item.product else None
    return offering or product or tr("Product")


def listed(names: list[str]) -> str:
    """The first of them, and how many there are beside."""
    if len(names) <= _SEVERAL:
        return ", ".join(names)
    shown = ", ".join(names[:_SEVERAL])
    return tr("{names} and {count} more", names=shown, count=len(names) - _SEVERAL)
