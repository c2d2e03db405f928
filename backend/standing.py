"""How the whole system stands, read from its database when Prometheus asks."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import structlog
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.database import Database

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.standing")
_KEPT = 5.0  # seconds: several who ask at once cost one look


@dataclass(frozen=True, slots=True)
class Figure:
    """A gauge: its labels and its value are the columns of a query."""

    name: str
    text: str
    labels: tuple[str, ...]
    query: str


FIGURES = (
    Figure(
        "jackfield_queue_jobs",
        "Jobs in the queue: due, waiting for their time, being done, or failed for good",
        ("task", "state"),
        """
        SELECT task_name, CASE WHEN status = 'todo' AND scheduled_at > now() THEN 'waiting'
            WHEN status = 'todo' THEN 'due' ELSE status::text END, count(*)
        FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
        """,
    ),
    Figure(
        "jackfield_queue_oldest_due_seconds",
        "How long the oldest job that could be done waits for a worker",
        (),
        """
        SELECT coalesce(max(extract(epoch FROM now() - coalesce(job.scheduled_at, event.at))), 0)
        FROM procrastinate_jobs job
        LEFT JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
        WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
        """,
    ),
    Figure(
        "jackfield_workers",
        "Workers that gave a sign of life in the last five seconds",
        (),
        "SELECT count(*) FROM procrastinate_workers "
        "WHERE last_heartbeat > now() - interval '5 seconds'",
    ),
    Figure(
        "jackfield_steps_held",
        "Steps of process flows that people must help",
        ("outcome",),
        "SELECT outcome, count(*) FROM task_flow WHERE state = 'hold' GROUP BY 1",
    ),
    Figure(
        "jackfield_orders_open",
        "Orders that have not come to an end",
        ("state",),
        "SELECT state, count(*) FROM product_order WHERE state IN "
        "('acknowledged', 'inProgress', 'pending', 'held', 'assessingCancellation', "
        "'pendingCancellation') GROUP BY 1",
    ),
)


class Standing(Collector):
    """Reads `FIGURES`; without a database there are none of them, and the rest is told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: list[Metric] = []
        self._until = 0.0

    def describe(self) -> Iterable[Metric]:
        return ()  # nothing is read before anybody asks

    def collect(self) -> Iterable[Metric]:
        if time.monotonic() >= self._until:
            self._read = self._look()
            self._until = time.monotonic() + _KEPT
        return self._read

    def _look(self) -> list[Metric]:
        try:
            with self._database.read() as connection:
                return [
                    _metric(figure, connection.execute(sa.text(figure.query)).all())
                    for figure in FIGURES
                ]
        except sa.exc.SQLAlchemyError as fault:
            _LOG.info("the database does not tell its figures", fault=type(fault).__name__)
            return []


def _metric(figure: Figure, rows: Sequence[Any]) -> Metric:
    metric = GaugeMetricFamily(figure.name, figure.text, labels=figure.labels)
    for row in rows:
        metric.add_metric([str(label) for label in row[:-1]], float(row[-1]))
    return metric
