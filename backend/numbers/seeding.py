"""Fills the ranges of an operator with all their numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import sqlalchemy as sa

from backend.database import raw
from backend.numbers.grades import grade_of
from backend.numbers.moves import display

_RANGE = ("first", "last", "type", "area", "town", "pool")
_NUMBER = ("value", "display", "type", "area", "town", "pool", "grade", "why", "memorable")


def seed_numbers(connection: sa.Connection) -> int:
    """All numbers of the demo operator's ranges, free; returns how many.

    The ranges are in resources/demo/numbers.toml. Meant for an empty table.
    """
    text = (files("resources") / "demo" / "numbers.toml").read_text(encoding="utf-8")
    ranges: list[dict[str, Any]] = tomllib.loads(text)["range"]
    written = 0
    with raw(connection).cursor() as cursor:
        with cursor.copy(f"COPY number_range ({', '.join(_RANGE)}) FROM STDIN") as copy:
            for one in ranges:
                copy.write_row([one.get(name) for name in _RANGE])
        columns = ", ".join((*_NUMBER, "state", "last_update"))
        with cursor.copy(f"COPY telephone_number ({columns}) FROM STDIN") as copy:
            for one in ranges:
                for row in _numbers(one):
                    copy.write_row((*row, "free", "now"))
                    written += 1
        cursor.execute("ANALYZE telephone_number")
    return written


def _numbers(one: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """The rows of a range; its first number is laid out in groups, and the others like it."""
    first, last = one["first"], one["last"]
    groups = [len(part) for part in display(first).split()]
    for serial in range(int(first), int(last) + 1):
        value = str(serial).zfill(len(first))
        graded = grade_of(value)
        yield (
            value,
            _grouped(value, groups),
            one["type"],
            one["area"],
            one.get("town"),
            one["pool"],
            graded.grade.value,
            graded.why,
            graded.memorable,
        )


def _grouped(value: str, groups: list[int]) -> str:
    starts = [sum(groups[:place]) for place in range(len(groups))]
    return " ".join(
        value[start : start + width] for start, width in zip(starts, groups, strict=True)
    )
