"""Fills the stock of SIMs with made-up ones that no network would take."""

from __future__ import annotations

import random
from collections.abc import Iterator

import sqlalchemy as sa
from stdnum import luhn

from backend.database import raw

_ISSUER = "8999"
_TEST_NETWORK = "00101"
_COLUMNS = ("iccid", "imsi", "kind", "pin1", "puk1", "state", "last_update")
_SERIAL_DIGITS = 14
_ESIM_EACH = 3


def seed_sims(connection: sa.Connection, count: int, seed: int = 1) -> int:
    """`count` SIMs in stock, every third an eSIM profile; the same ones for the same seed."""
    with (
        raw(connection).cursor() as cursor,
        cursor.copy(f"COPY sim ({', '.join(_COLUMNS)}) FROM STDIN") as copy,
    ):
        for row in _sims(count, seed):
            copy.write_row(row)
    return count


def _sims(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(seed)  # noqa: S311 - the demo must be the same each time
    for serial in range(1, count + 1):
        body = f"{_ISSUER}{seed % 100:02d}{serial:0{_SERIAL_DIGITS - 2}d}"
        yield (
            body + luhn.calc_check_digit(body),
            f"{_TEST_NETWORK}{seed % 100:02d}{serial:08d}",
            "plastic" if serial % _ESIM_EACH else "esim",
            f"{chance.randrange(10_000):04d}",
            f"{chance.randrange(100_000_000):08d}",
            "inStock",
            "now",
        )
