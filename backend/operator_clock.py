"""How fast the operator's time passes: the server writes it down, its workers read it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.database import METADATA, Database
from backend.settings import USUAL_TIME_SCALE

_CLOCK = sa.Table(
    "operator_clock",
    METADATA,
    sa.Column("single", sa.Boolean, primary_key=True, server_default=sa.true()),
    sa.Column("time_scale", sa.Double, nullable=False),
    sa.CheckConstraint("single", name="one_row"),
    sa.CheckConstraint("time_scale > 0", name="forward"),
)


def tell(database: Database, time_scale: float) -> None:
    """Workers of this database that begin from now on take this scale; the last word counts."""
    told = insert(_CLOCK).values(single=True, time_scale=time_scale)
    with database.begin() as connection:
        connection.execute(
            told.on_conflict_do_update(index_elements=["single"], set_={"time_scale": time_scale})
        )


def told(database: Database) -> float:
    """What a server of this database said; the usual pace where none ever did."""
    with database.read() as connection:
        if not sa.inspect(connection).has_table(_CLOCK.name):  # a database that nobody served yet
            return USUAL_TIME_SCALE
        return connection.scalar(sa.select(_CLOCK.c.time_scale)) or USUAL_TIME_SCALE
