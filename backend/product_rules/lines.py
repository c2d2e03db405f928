"""Reads a catalogue's JSON text, and finds the line on which anything in it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from backend.product_rules.catalogue import BadCatalogue, Fault

Path = tuple[str | int, ...]
"""Names of members and places in lists, from the outside in."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_DEPTH = 2  # what stands deeper has no line of its own


class Lines:
    """Where the parts of a text and what stands directly in them begin; looked up when asked."""

    def __init__(self, text: str = "") -> None:
        self._text = text
        self._known: dict[Path, int] | None = None

    def of(self, *path: str | int) -> int | None:
        """The line, from 1; None where there is nothing of the kind, or no text."""
        if self._known is None:
            self._known = {
                each.path: _line(self._text, each.at)
                for each in _members(self._text)
                if len(each.path) <= _DEPTH
            }
        return self._known.get(path)


@dataclass(frozen=True, slots=True)
class _Member:
    """One member of an object or list, and where it begins."""

    path: Path
    at: int
    is_repeated: bool = False
    """True where an earlier member of the same object has its name."""


class _NoNumberError(ValueError):
    """A number that is none, as it was written."""

    def __init__(self, written: str, sentence: str) -> None:
        super().__init__(sentence)
        self.written = written


def parse(text: str) -> tuple[Any, Lines]:
    """Reads the text as JSON, numbers with a point as exact Decimals.

    Raises BadCatalogue where it is no JSON, or where an object names a key twice; with lines.
    """
    repeated: set[str] = set()

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            names = [name for name, _ in items]
            repeated.update(name for name in found if names.count(name) > 1)
        return found

    decoder = json.JSONDecoder(
        parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=pairs
    )
    try:
        document = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise BadCatalogue((Fault("file", f"not JSON: {error.msg}", error.lineno),)) from error
    except _NoNumberError as error:
        line = _line_of_token(text, error.written)
        raise BadCatalogue((Fault("file", f"not JSON: {error}", line),)) from error
    except (ValueError, RecursionError) as error:
        raise BadCatalogue((Fault("file", f"not JSON: {error}"),)) from error
    if repeated:
        raise BadCatalogue(tuple(_written_twice(text)))
    return document, Lines(text)


def _written_twice(text: str) -> Iterator[Fault]:
    for member in _members(text):
        if member.is_repeated:
            name = member.path[-1]
            yield Fault("file", f"{name!r} is written twice", _line(text, member.at))


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _NoNumberError(text, f"{text[:40]} is too large or too small") from None


def _no_number(name: str) -> None:
    raise _NoNumberError(name, f"{name} is no number")


def _line_of_token(text: str, written: str) -> int | None:
    found = (token.start() for token in _TOKEN.finditer(text) if token.group() == written)
    at = next(found, None)
    return None if at is None else _line(text, at)


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


@dataclass(slots=True)
class _Open:
    """An object or list that is being walked through; of a list `names` stays empty."""

    path: Path
    is_list: bool
    names: set[str]
    place: int = 0
    awaits: bool = True
    """True where the next token begins a member."""


def _members(text: str) -> Iterator[_Member]:
    """Every member of every object and list, in the order of the text, which is valid JSON."""
    inside: list[_Open] = []
    path: Path = ()
    for token in _TOKEN.finditer(text):
        sign, here = token.group(), inside[-1] if inside else None
        if here is not None and here.awaits and sign not in {"]", "}"}:
            here.awaits = False
            if not here.is_list:
                name = json.loads(sign)
                path = (*here.path, name)
                yield _Member(path, token.start(), is_repeated=name in here.names)
                here.names.add(name)
                continue
            path = (*here.path, here.place)
            yield _Member(path, token.start())
            here.place += 1
        if sign in {"[", "{"}:
            inside.append(_Open(path, sign == "[", set()))
        elif sign in {"]", "}"}:
            inside.pop()
        elif sign == "," and here is not None:
            here.awaits = True
