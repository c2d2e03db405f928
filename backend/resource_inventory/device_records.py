"""The table of devices: boxes, routers and telephones, each with its serial number."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA

DEVICE = sa.Table(
    "device",
    METADATA,
    sa.Column("serial", sa.Text, primary_key=True),
    sa.Column("offer", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("mac", sa.Text, unique=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text),
    sa.Column("product_id", sa.Text),
    sa.Column("used_by", sa.Text),
    sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("last_update", sa.DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A box, router or telephone; `offer` is the catalogue's code of what it is sold as."""

    serial: str
    offer: str
    kind: str
    model: str
    mac: str | None
    state: str
    order_id: str | None
    product_id: str | None
    used_by: str | None


_ALL = tuple(DEVICE.c[name] for name in Device.__slots__)


def kept_by_serial(connection: sa.Connection, offers: Collection[str]) -> set[str]:
    """Those of these offers of which devices are kept, in stock or not."""
    query = sa.select(DEVICE.c.offer).distinct().where(DEVICE.c.offer.in_(offers))
    return set(connection.scalars(query))


def lock_from_stock(connection: sa.Connection, offer: str) -> Device | None:
    """The next device in stock that nobody else is taking at this moment; locked."""
    query = sa.select(*_ALL).where(DEVICE.c.offer == offer, DEVICE.c.state == "inStock")
    query = query.order_by(DEVICE.c.serial).limit(1).with_for_update(skip_locked=True)
    return _device(connection.execute(query).mappings().first())


def lock(connection: sa.Connection, serial: str) -> Device | None:
    query = sa.select(*_ALL).where(DEVICE.c.serial == serial).with_for_update()
    return _device(connection.execute(query).mappings().first())


def of_products(connection: sa.Connection, product_ids: Collection[str]) -> list[Device]:
    """The devices of these products, locked, by serial number."""
    query = sa.select(*_ALL).where(DEVICE.c.product_id.in_(product_ids))
    query = query.order_by(DEVICE.c.serial).with_for_update()
    return [Device(**row) for row in connection.execute(query).mappings()]


def change(connection: sa.Connection, serial: str, now: datetime, **values: Any) -> None:
    connection.execute(
        sa.update(DEVICE)
        .where(DEVICE.c.serial == serial)
        .values(revision=DEVICE.c.revision + 1, last_update=now, **values)
    )


def add(connection: sa.Connection, row: dict[str, Any]) -> bool:
    """A new device; False when its serial number or MAC is there already."""
    statement = insert(DEVICE).values(row).on_conflict_do_nothing().returning(DEVICE.c.serial)
    return connection.execute(statement).first() is not None


def _device(row: sa.RowMapping | None) -> Device | None:
    return None if row is None else Device(**row)
