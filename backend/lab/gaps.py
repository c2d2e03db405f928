"""Finds offers without a price and whatever has no text, and fills them in for the proofs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from backend.product_rules import BadCatalogue, Catalogue, read_catalogue, read_catalogue_text
from backend.product_rules.catalogue import DISCREET_KINDS
from backend.product_rules.lines import parse

_PRICES = ("monthly", "oneoff")
_TEXTS = {"offers": "name", "rules": "msg"}
_KEYS = {"offers": "code", "rules": "id"}


@dataclass(frozen=True, slots=True)
class Gaps:
    """Codes of offers without a price; codes and ids of offers and rules without a text."""

    unpriced: tuple[str, ...] = ()
    untexted: tuple[str, ...] = ()


def read_with_gaps(text: str) -> tuple[Catalogue, Gaps]:
    """A catalogue that may lack prices and texts and nothing else; else BadCatalogue with lines."""
    try:
        return read_catalogue_text(text), Gaps()
    except BadCatalogue as error:
        fault = error
    try:
        document, _ = parse(text)
        gaps = Gaps(tuple(_unpriced(document)), tuple(_untexted(document)))
        return read_catalogue(document), gaps
    except BadCatalogue:
        raise fault from None


def _unpriced(document: Any) -> Iterator[str]:
    for code, offer in _items(document, "offers"):
        missing = [key for key in _PRICES if offer.get(key) is None]
        offer.update(dict.fromkeys(missing, 0))
        if missing:
            yield code


def _untexted(document: Any) -> Iterator[str]:
    for part, key in _TEXTS.items():
        for code, item in _items(document, part):
            text = item.get(key)
            if item.get("kind") in DISCREET_KINDS and item.get("internal"):
                continue
            if text is None or (isinstance(text, str) and not text.strip()):
                item[key] = code
                yield code


def _items(document: Any, part: str) -> Iterator[tuple[str, dict[str, Any]]]:
    items = document.get(part) if isinstance(document, Mapping) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get(_KEYS[part]), str):
            yield item[_KEYS[part]], item
