"""Reading declared entries out of TOML, with a fault that names the entry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from letters.faults import LetterFault

Entries = Mapping[str, Any]


def entries_of(text: str, known: frozenset[str]) -> Entries:
    """The TOML's top entries; an entry that is not `known` is a fault."""
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LetterFault(f"This is not valid TOML: {error}.") from error
    only(entries, known)
    return entries


def only(entries: Entries, known: frozenset[str]) -> None:
    """Refuse entries that nobody would read: most are misspelt."""
    for name in entries:
        if name not in known:
            raise LetterFault(f"Nothing is called {name} here; remove or correct it.", name)


def text_at(entries: Entries, name: str) -> str:
    """The text called `name`."""
    value = entries.get(name)
    if not isinstance(value, str) or not value.strip():
        raise LetterFault(f"Give {name} a text.", name)
    return value


def text_or_empty(entries: Entries, name: str) -> str:
    """The text called `name`; absent means empty."""
    return text_at(entries, name) if name in entries else ""


def texts_at(entries: Entries, name: str) -> tuple[str, ...]:
    """The list of texts called `name`; absent means empty."""
    value = entries.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise LetterFault(f"Give {name} a list of texts.", name)
    return tuple(value)


def number_at(entries: Entries, name: str) -> int:
    """The whole number of 1 or more called `name`."""
    value = entries.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise LetterFault(f"Give {name} a whole number of 1 or more.", name)
    return value


def switch_at(entries: Entries, name: str) -> bool:
    """The true or false called `name`; absent means false."""
    value = entries.get(name, False)
    if not isinstance(value, bool):
        raise LetterFault(f"Give {name} true or false.", name)
    return value


def table_at(entries: Entries, name: str) -> Entries:
    """The table called `name`; absent means empty."""
    value = entries.get(name, {})
    if not isinstance(value, dict):
        raise LetterFault(f"Make {name} a table.", name)
    return value
