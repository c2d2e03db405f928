"""How the whole system stands, as any process tells it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from backend.database import Database
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.standing import Standing


def told(database: Database) -> dict[str, float]:
    """Our figures as Prometheus reads them."""
    metrics = Metrics()
    metrics.add(Standing(database))
    lines = metrics.render().decode().splitlines()
    figures = (line.rsplit(" ", 1) for line in lines if line.startswith("jackfield_"))
    return {name: float(value) for name, value in figures}


def test_jobs_are_told_by_kind_and_state_and_how_long_the_oldest_waits(database: Database) -> None:
    jobs = Jobs()
    jobs.add("flow-step", lambda: None)
    with database.begin() as connection:
        jobs.defer(connection, "flow-step")
        jobs.defer(connection, "flow-step", run_at=datetime.now(UTC) + timedelta(days=1))
        connection.execute(sa.text("UPDATE procrastinate_events SET at = at - interval '1 minute'"))
    figures = told(database)
    assert figures['jackfield_queue_jobs{state="due",task="flow-step"}'] == 1
    assert figures['jackfield_queue_jobs{state="waiting",task="flow-step"}'] == 1
    assert 60 <= figures["jackfield_queue_oldest_due_seconds"] < 120


def test_workers_count_as_long_as_they_give_signs_of_life(database: Database) -> None:
    with database.begin() as connection:
        for seconds in (1, 60):
            connection.execute(
                sa.text(
                    "INSERT INTO procrastinate_workers (last_heartbeat) "
                    "VALUES (now() - make_interval(secs => :seconds))"
                ),
                {"seconds": seconds},
            )
    assert told(database)["jackfield_workers"] == 1


def test_without_a_database_the_rest_is_told() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    metrics = Metrics()
    metrics.add(Standing(away))
    metrics.request("GET", "/health", 200, 0.001)
    figures = metrics.render()
    away.close()
    assert b"jackfield_request_seconds_count" in figures
    assert b"jackfield_workers" not in figures
