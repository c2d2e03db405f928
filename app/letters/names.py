"""What each type of letter is called, from the letters' own texts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def names() -> Mapping[str, str]:
    """Name by id: LT09 is the engineer appointment."""
    folder = resources.files("resources") / "letters" / "en"
    found = {}
    for entry in folder.iterdir():
        if entry.name.startswith("LT") and entry.name.endswith(".toml"):
            written = tomllib.loads(entry.read_text())
            found[str(written["id"])] = str(written["name"])
    return found


def titled(letter_id: str, name: str = "") -> str:
    """`LT09 Engineer appointment`; the bare id where nobody knows its name."""
    known = name or names().get(letter_id, "")
    return f"{letter_id} {known}".strip()
