"""What a new catalogue does to the prices of some baskets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from backend.product_rules import Catalogue

Basket = Mapping[str, int]
_PENNY = Decimal("0.01")


def changes(
    before: Catalogue, after: Catalogue, baskets: Iterable[Basket]
) -> tuple[dict[str, Any], ...]:
    """The baskets of which a price changed, each once, with both prices.

    A price is null in a catalogue that does not know every offer of the basket.
    """
    seen: dict[tuple[tuple[str, int], ...], dict[str, Any]] = {}
    for basket in baskets:
        key = tuple(sorted((code, count) for code, count in basket.items() if count))
        if key not in seen:
            old, new = _price(before, dict(key)), _price(after, dict(key))
            seen[key] = {"basket": dict(key), "before": old, "after": new}
    return tuple(each for each in seen.values() if each["before"] != each["after"])


def _price(catalogue: Catalogue, basket: Basket) -> dict[str, str] | None:
    if any(code not in catalogue.offers for code in basket):
        return None
    held = [(catalogue.offers[code], count) for code, count in basket.items()]
    monthly = sum((offer.monthly * count for offer, count in held), Decimal(0))
    once = sum((offer.oneoff * count for offer, count in held), Decimal(0))
    return {"monthly": str(monthly.quantize(_PENNY)), "once": str(once.quantize(_PENNY))}
