"""The table of SIMs, and the view that shows every resource as TMF639 does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from backend.database import METADATA

_TIME = sa.DateTime(timezone=True)

SIM = sa.Table(
    "sim",
    METADATA,
    sa.Column("iccid", sa.Text, primary_key=True),
    sa.Column("imsi", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("pin1", sa.Text, nullable=False),
    sa.Column("puk1", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text),
    sa.Column("product_id", sa.Text),
    sa.Column("used_by", sa.Text),
    sa.Column("revision", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("last_update", _TIME, nullable=False),
)

# a view, so it stays out of METADATA; written only through the tables under it
RESOURCE = sa.Table(
    "inventory_resource",
    sa.MetaData(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("document", JSONB),
    sa.Column("revision", sa.BigInteger),
    sa.Column("last_update", _TIME),
    sa.Column("type", sa.Text),
    sa.Column("category", sa.Text),
    sa.Column("name", sa.Text),
    sa.Column("value", sa.Text),
    sa.Column("serial_number", sa.Text),
    sa.Column("status", sa.Text),
    sa.Column("usage", sa.Text),
    sa.Column("product_id", sa.Text),
    sa.Column("pool", sa.Text),
    sa.Column("owned_by", sa.Text),
    sa.Column("used_by", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Sim:
    """A SIM card or eSIM profile; its codes are read apart, by `codes`."""

    iccid: str
    imsi: str
    kind: str
    state: str
    order_id: str | None
    product_id: str | None
    used_by: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """What unlocks a SIM: PIN1 after a wrong start, PUK1 after three wrong PINs."""

    pin1: str
    puk1: str


_OPEN = tuple(SIM.c[name] for name in Sim.__slots__)


def lock_from_stock(connection: sa.Connection, kind: str) -> Sim | None:
    """The next SIM in stock that nobody else is taking at this moment; locked."""
    query = sa.select(*_OPEN).where(SIM.c.kind == kind, SIM.c.state == "inStock")
    query = query.order_by(SIM.c.iccid).limit(1).with_for_update(skip_locked=True)
    return _sim(connection.execute(query).mappings().first())


def lock(connection: sa.Connection, iccid: str) -> Sim | None:
    query = sa.select(*_OPEN).where(SIM.c.iccid == iccid).with_for_update()
    return _sim(connection.execute(query).mappings().first())


def of_product(connection: sa.Connection, product_id: str) -> list[Sim]:
    query = sa.select(*_OPEN).where(SIM.c.product_id == product_id).order_by(SIM.c.iccid)
    return [Sim(**row) for row in connection.execute(query).mappings()]


def change(connection: sa.Connection, iccid: str, now: datetime, **values: Any) -> None:
    connection.execute(
        sa.update(SIM)
        .where(SIM.c.iccid == iccid)
        .values(revision=SIM.c.revision + 1, last_update=now, **values)
    )


def hand_over(
    connection: sa.Connection, product_id: str, customer_id: str, now: datetime
) -> list[str]:
    """Another customer has the product; which SIMs go with it."""
    query = sa.update(SIM).where(
        SIM.c.product_id == product_id, SIM.c.used_by.is_distinct_from(customer_id)
    )
    query = query.values(used_by=customer_id, revision=SIM.c.revision + 1, last_update=now)
    return sorted(connection.scalars(query.returning(SIM.c.iccid)))


def add(connection: sa.Connection, row: dict[str, Any]) -> bool:
    """A new SIM; False when its ICCID or IMSI is there already."""
    statement = insert(SIM).values(row).on_conflict_do_nothing().returning(SIM.c.iccid)
    return connection.execute(statement).first() is not None


def codes(connection: sa.Connection, iccid: str) -> Codes | None:
    row = connection.execute(
        sa.select(SIM.c.pin1, SIM.c.puk1).where(SIM.c.iccid == iccid)
    ).one_or_none()
    return None if row is None else Codes(row.pin1, row.puk1)


def documents(connection: sa.Connection, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The TMF639 documents of these resources."""
    query = sa.select(RESOURCE.c.document).where(RESOURCE.c.id.in_(ids)).order_by(RESOURCE.c.id)
    return list(connection.scalars(query))


def _sim(row: sa.RowMapping | None) -> Sim | None:
    return None if row is None else Sim(**row)
