"""Finds where in a JSON text a value stands, so that a mistake can be told by its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

Path = Sequence[str | int]

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def find(text: str, path: Path) -> int | None:
    """Where the value at `path` begins; None where there is none. The text is valid JSON."""
    at = _skip(text, 0)
    for step in path:
        found = None
        for name, place in _members(text, at):
            if name == step:
                found = place  # of two members with one name the last counts, as in a reader
        if found is None:
            return None
        at = found
    return at


def line(text: str, path: Path) -> int | None:
    """The line, from 1, on which the value at `path` begins."""
    at = find(text, path)
    return None if at is None else text.count("\n", 0, at) + 1


def cut_out(text: str, path: Path) -> tuple[str, int] | None:
    """The text of the value at `path`, and the line on which it begins."""
    at = find(text, path)
    if at is None:
        return None
    _, end = _DECODER.raw_decode(text, at)
    return text[at:end], text.count("\n", 0, at) + 1


def _members(text: str, at: int) -> Iterator[tuple[str | int, int]]:
    """The name or place of each member of the object or list that begins here, and where it is."""
    opening = text[at]
    if opening not in "{[":
        return
    at, place = _skip(text, at + 1), 0
    while text[at] not in "}]":
        name: str | int = place
        if opening == "{":
            name, at = _DECODER.raw_decode(text, at)
            at = _skip(text, _skip(text, at) + 1)
        yield name, at
        _, at = _DECODER.raw_decode(text, at)
        at, place = _skip(text, at), place + 1
        if text[at] == ",":
            at = _skip(text, at + 1)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
