"""The operator's own definitions: a folder of files that are laid over the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from backend.flows.definition import FaultyDefinition, Vocabulary, read_definition

_CODE = re.compile(r"""^\s*id\s*=\s*["'](PF[0-9]{2})["']""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A file with a flow; `code` is empty where nobody can tell which one it is."""

    name: str
    code: str
    text: str
    fault: FaultyDefinition | None = None


def shipped() -> dict[str, Found]:
    """The flows that come with the program, by code."""
    folder = files("backend.flows") / "definitions"
    found = [
        _named(one.name, one.read_text(encoding="utf-8"))
        for one in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if one.name.endswith(".toml")
    ]
    return {one.code: one for one in found}


def own(folder: Path, words: Vocabulary) -> list[Found]:
    """The flows in a folder, each with the fault that keeps it from being used, by file name."""
    return [checked(path, words) for path in sorted(folder.glob("*.toml"))]


def checked(path: Path, words: Vocabulary) -> Found:
    """One file; its `fault` also says that it can not be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Found(path.name, "", "", FaultyDefinition(1, "this file can not be read"))
    found = _named(path.name, text)
    try:
        read_definition(text, words)
    except FaultyDefinition as fault:
        return Found(found.name, found.code, text, fault)
    return found


def laid_over(
    base: Mapping[str, Found], over: Iterable[Found], in_force: Collection[str]
) -> list[Found]:
    """What shall be in force: the operator's own before what was shipped, by code.

    What a file with a fault was meant to replace stays as it is.
    """
    chosen = dict(base)
    for one in over:
        if one.fault is None:
            chosen[one.code] = one
        elif one.code in in_force:
            chosen.pop(one.code, None)
    return [chosen[code] for code in sorted(chosen)]


def _named(name: str, text: str) -> Found:
    code = _CODE.search(text)
    return Found(name, code[1] if code else "", text)
