"""How long steps took in the last 90 days: by it things are promised, or in danger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from backend.database import METADATA
from backend.flows.definition import UNDO

LOOKED_BACK = timedelta(days=90)
ENOUGH = 20
"""From so many times on the past is trusted more than the definition."""

STEP_DURATION = sa.Table(
    "step_duration",
    METADATA,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("step", sa.Text, primary_key=True),
    sa.Column("usual", sa.Interval, nullable=False),
    sa.Column("most", sa.Interval, nullable=False),
    sa.Column("samples", sa.Integer, nullable=False),
)

_LOCK = sa.text("SELECT pg_advisory_xact_lock(7204702)")  # one process at a time counts
_FORGET = sa.text("DELETE FROM step_duration")
_COUNT = sa.text(f"""
    INSERT INTO step_duration (code, step, usual, most, samples)
    SELECT code, step,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY took),
           percentile_cont(0.9) WITHIN GROUP (ORDER BY took),
           count(*)
    FROM (
        SELECT specification.code, task.step,
               task.ended - CAST(task.document->>'startDate' AS timestamptz) AS took
        FROM task_flow task
        JOIN process_flow flow ON flow.id = task.process_flow_id
        JOIN process_flow_specification specification ON specification.id = flow.specification_id
        WHERE task.state = 'completed' AND task.outcome = 'done' AND task.ended >= :since
          AND task.step NOT LIKE '{UNDO}%'
    ) done
    WHERE took >= interval '0'
    GROUP BY code, step
    HAVING count(*) >= {ENOUGH}
""")  # noqa: S608 - our own constants


@dataclass(frozen=True, slots=True)
class Duration:
    """Real time: half of all times it took `usual` or less, nine of ten times `most` or less."""

    usual: timedelta
    most: timedelta


def recount(connection: sa.Connection, now: datetime) -> int:
    """Count anew from the steps done since 90 days ago; of how many steps enough is known."""
    connection.execute(_LOCK)
    connection.execute(_FORGET)
    return connection.execute(_COUNT, {"since": now - LOOKED_BACK}).rowcount


def durations(
    connection: sa.Connection, codes: Collection[str]
) -> Mapping[tuple[str, str], Duration]:
    """What is known of the steps of these flows, by code and step."""
    table = STEP_DURATION
    query = sa.select(table.c.code, table.c.step, table.c.usual, table.c.most)
    rows = connection.execute(query.where(table.c.code.in_(sorted(codes))))
    return {(row.code, row.step): Duration(row.usual, row.most) for row in rows}
