"""The numbers that people read, for customers and orders of the past."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from typing import Protocol

import sqlalchemy as sa

from backend.identifiers import Kind, format_number

_BLOCK = 1_000
# where the operator's own counting stands on the day the demo begins
_REACHED = {
    Kind.CUSTOMER: 102_300,
    Kind.ACCOUNT: 104_100,
    Kind.ORDER: 93_330,
    Kind.TICKET: 55_200,
    Kind.LETTER: 301_200,
}
_FIRST = 1_000
_BUSY_DAYS, _BUSY, _CALM = 256, 52, 20  # orders a day in the last months, and before


class Numbering(Protocol):
    """Hands out numbers that nobody has."""

    def customer(self) -> str: ...

    def account(self) -> str: ...

    def order(self, placed: dt.date) -> str: ...


class StoryNumbers:
    """Numbers as if the operator had counted for years; older orders have smaller ones."""

    def __init__(self, lot: random.Random, today: dt.date, taken: Iterable[str]) -> None:
        self._lot = lot
        self._today = today
        self._taken = {(number[:2], int(number[3:10])) for number in taken}

    def customer(self) -> str:
        return self._free(Kind.CUSTOMER, self._lot.randint(_FIRST, _REACHED[Kind.CUSTOMER] - 1))

    def account(self) -> str:
        return self._free(Kind.ACCOUNT, self._lot.randint(_FIRST, _REACHED[Kind.ACCOUNT] - 1))

    def order(self, placed: dt.date) -> str:
        days = (self._today - placed).days
        before = min(days, _BUSY_DAYS) * _BUSY + max(0, days - _BUSY_DAYS) * _CALM
        serial = _REACHED[Kind.ORDER] - 1 - before - self._lot.randrange(_CALM)
        return self._free(Kind.ORDER, max(serial, _FIRST))

    def continue_from_here(self, connection: sa.Connection) -> None:
        """New customers and orders get the numbers behind all that were handed out."""
        for kind, serial in _REACHED.items():
            connection.execute(sa.select(sa.func.setval(kind.sequence, serial)))

    def _free(self, kind: Kind, serial: int) -> str:
        while (kind.prefix, serial) in self._taken:
            serial -= 1
        self._taken.add((kind.prefix, serial))
        return format_number(kind, serial)


class NextNumbers:
    """The next numbers of the operator, taken from the database in blocks."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._blocks = {kind: self._drawn(kind) for kind in Kind}

    def customer(self) -> str:
        return next(self._blocks[Kind.CUSTOMER])

    def account(self) -> str:
        return next(self._blocks[Kind.ACCOUNT])

    def order(self, placed: dt.date) -> str:  # noqa: ARG002 - these come in the order of writing
        return next(self._blocks[Kind.ORDER])

    def _drawn(self, kind: Kind) -> Iterator[str]:
        block = sa.select(sa.func.nextval(kind.sequence)).select_from(
            sa.func.generate_series(1, _BLOCK).table_valued("place")
        )
        while True:
            for serial in list(self._connection.scalars(block)):
                yield format_number(kind, serial)
