"""Reads what the lab is given: catalogues and files with one JSON object a line."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from backend.product_rules import BadCatalogue, Catalogue, read_catalogue_text

STDIN = Path("-")
_GOLDEN = frozenset({"facts", "picks", "valid"})


class LabFault(Exception):  # noqa: N818  # a sentence for the person, as StartError
    """What is wrong with a file, in sentences for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line: facts and picks, and for a golden order whether it is a valid one."""

    line: int
    facts: dict[str, Any]
    picks: dict[str, int]
    valid: bool = True

    def fault(self, text: object) -> LabFault:
        return LabFault(f"Line {self.line}: {text}")


def text_of(path: Path) -> str:
    """Raises LabFault for what cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LabFault(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise LabFault(f"{path} is not text in UTF-8.") from None


def catalogue_at(path: Path) -> Catalogue:
    """Raises LabFault with every fault of the catalogue, each with its line."""
    try:
        return read_catalogue_text(text_of(path))
    except BadCatalogue as error:
        raise LabFault(f"{path}: {error}") from None


def cases_at(path: Path, *, golden: bool = False) -> Iterator[Case]:
    """Reads line by line, from standard input for `-`; blank lines are passed over.

    Raises LabFault, with the number of the line, for one that is no case.
    """
    names = _GOLDEN if golden else _GOLDEN - {"valid"}
    try:
        opened = nullcontext(sys.stdin.buffer) if path == STDIN else path.open("rb")
        with opened as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _case(number, line, names)
    except OSError as error:
        raise LabFault(f"{path} cannot be read: {error.strerror}.") from None


def cases_of(items: Iterable[Any]) -> Iterator[Case]:
    """Golden orders that are read already; a fault names the place in their list, from 1."""
    for number, item in enumerate(items, start=1):
        yield _case_of(number, item, _GOLDEN)


def _case(number: int, line: bytes, names: Collection[str]) -> Case:
    try:
        return _case_of(number, orjson.loads(line), names)
    except orjson.JSONDecodeError as error:
        raise LabFault(f"Line {number}: not JSON ({error.msg}).") from None


def _case_of(number: int, item: Any, names: Collection[str]) -> Case:
    if not isinstance(item, Mapping):
        raise LabFault(f'Line {number}: write an object {{"facts": …, "picks": …}}.')
    case = Case(number, item.get("facts", {}), item.get("picks", {}), item.get("valid", True))
    if strange := [name for name in item if name not in names]:
        raise case.fault(f"there is no field {strange[0]!r}.")
    if not isinstance(case.facts, dict) or not isinstance(case.picks, dict):
        raise case.fault("facts and picks are objects.")
    if not isinstance(case.valid, bool):
        raise case.fault("valid is true or false.")
    if any(isinstance(quantity, bool) for quantity in case.picks.values()):
        raise case.fault("a quantity is a whole number from 0.")
    return case
