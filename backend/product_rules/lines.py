"""Reads a catalogue's JSON text and notes on which line each offer and rule begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.product_rules.catalogue import BadCatalogue, Fault

Lines = dict[tuple[str, int], int]
"""(name of the list, place in the list) → line in the text, from 1."""

_SPACE = re.compile(r"[ \t\r\n]*")
_LISTS = ("offers", "rules")


def parse(text: str) -> tuple[Any, Lines]:
    """Reads the text as JSON, numbers with a point as exact Decimals.

    Raises BadCatalogue where it is no JSON, or where an object names a key twice.
    """
    repeated: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in items]
        repeated.extend(sorted({name for name in names if names.count(name) > 1}))
        return dict(items)

    decoder = json.JSONDecoder(
        parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=pairs
    )
    try:
        document = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise BadCatalogue((Fault("file", f"not JSON: {error.msg}", error.lineno),)) from error
    except (ValueError, RecursionError) as error:
        raise BadCatalogue((Fault("file", f"not JSON: {error}"),)) from error
    if repeated:
        raise BadCatalogue(tuple(Fault("file", f"{name!r} is written twice") for name in repeated))
    starts = dict(_starts(text, decoder)) if isinstance(document, dict) else {}
    return document, {key: text.count("\n", 0, at) + 1 for key, at in starts.items()}


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} is too large or too small") from None


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _starts(text: str, decoder: json.JSONDecoder) -> Iterator[tuple[tuple[str, int], int]]:
    """Where each element of the lists begins; the text is known to be a JSON object."""
    at = _skip(text, _skip(text, 0) + 1)
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        if name in _LISTS and text[at] == "[":
            at = _skip(text, at + 1)
            place = 0
            while text[at] != "]":
                yield (name, place), at
                _, at = decoder.raw_decode(text, at)
                at = _after(text, at)
                place += 1
            at += 1
        else:
            _, at = decoder.raw_decode(text, at)
        at = _after(text, at)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _after(text: str, at: int) -> int:
    """The place behind white space and one comma."""
    at = _skip(text, at)
    return _skip(text, at + 1) if text[at] == "," else at
