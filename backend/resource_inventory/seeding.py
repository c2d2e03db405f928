"""Fills the stock with made-up SIMs that no network would take, and with devices."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

import sqlalchemy as sa
from stdnum import luhn

from backend.database import raw
from backend.resource_inventory.records import SIM

_ISSUER = "8999"
_TEST_NETWORK = "00101"
_COLUMNS = ("iccid", "imsi", "kind", "pin1", "puk1", "state", "last_update")
_DEVICE = ("serial", "offer", "kind", "model", "mac", "state", "last_update")
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


def stock(connection: sa.Connection, kind: str, count: int) -> list[str]:
    """The ICCIDs of the first `count` SIMs of a kind in stock."""
    query = sa.select(SIM.c.iccid).where(SIM.c.kind == kind, SIM.c.state == "inStock")
    return list(connection.scalars(query.order_by(SIM.c.iccid).limit(count)))


def use_sims(connection: sa.Connection, uses: Iterable[tuple[str, str, str]]) -> None:
    """Bind SIMs from stock all at once: ICCID, product, customer. Nobody is told."""
    statement = """
        UPDATE sim
        SET state = 'assigned', product_id = used.product, used_by = used.customer,
            revision = revision + 1, last_update = now()
        FROM unnest(%s::text[], %s::text[], %s::text[]) AS used (iccid, product, customer)
        WHERE sim.iccid = used.iccid AND state = 'inStock'
    """
    wanted = list(uses)
    columns = [[use[place] for use in wanted] for place in range(3)]
    bound = raw(connection).execute(statement, columns).rowcount
    if bound != len(wanted):
        raise ValueError(f"{len(wanted) - bound} SIMs are not in stock")


def seed_devices(connection: sa.Connection) -> int:
    """All devices of the demo operator (resources/demo/devices.toml), in stock; how many."""
    text = (files("resources") / "demo" / "devices.toml").read_text(encoding="utf-8")
    models: list[dict[str, Any]] = tomllib.loads(text)["model"]
    with (
        raw(connection).cursor() as cursor,
        cursor.copy(f"COPY device ({', '.join(_DEVICE)}) FROM STDIN") as copy,
    ):
        for model in models:
            for row in _devices(model):
                copy.write_row(row)
    return sum(model["count"] for model in models)


def _devices(model: dict[str, Any]) -> Iterator[tuple[str | None, ...]]:
    for number in range(1, model["count"] + 1):
        high, low = divmod(number, 256)
        yield (
            f"{model['serial']}{number:06d}",
            model["offer"],
            model["kind"],
            model["name"],
            f"{model['mac']}:00:{high:02x}:{low:02x}" if "mac" in model else None,
            "inStock",
            "now",
        )
