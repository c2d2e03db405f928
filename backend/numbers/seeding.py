"""Fills the ranges of an operator with all their numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, NamedTuple

import sqlalchemy as sa

from backend.database import raw
from backend.numbers.grades import grade_of
from backend.numbers.moves import display
from backend.numbers.records import NUMBER
from backend.numbers.states import State

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


class FreeNumber(NamedTuple):
    """A number that the demo may give to a customer."""

    value: str
    display: str
    type: str
    grade: str
    pool: str


def free_numbers(connection: sa.Connection) -> list[FreeNumber]:
    """All numbers that nobody has, by value."""
    columns = [NUMBER.c[name] for name in FreeNumber._fields]
    query = sa.select(*columns).where(NUMBER.c.state == State.FREE.value)
    return [FreeNumber(*row) for row in connection.execute(query.order_by(NUMBER.c.value))]


def use_numbers(connection: sa.Connection, uses: Iterable[tuple[str, str, str]]) -> None:
    """Assign free numbers all at once: number, product, customer. Nobody is told."""
    statement = """
        UPDATE telephone_number
        SET state = 'assigned', product_id = used.product, used_by = used.customer,
            revision = revision + 1, last_update = now()
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS used (value, product, customer)
        WHERE telephone_number.value = used.value AND state = 'free'
    """
    wanted = list(uses)
    columns = [[use[place] for use in wanted] for place in range(3)]
    assigned = raw(connection).execute(statement, columns).rowcount
    if assigned != len(wanted):
        raise ValueError(f"{len(wanted) - assigned} numbers are not free, or not there")
