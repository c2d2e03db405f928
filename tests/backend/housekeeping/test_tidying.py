"""What is old goes, what is young stays, a little at a time, once for all processes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from backend import logs
from backend.database import Database
from backend.housekeeping.tidying import (
    EVENTS_KEPT,
    JOBS_KEPT,
    KEYS_KEPT,
    TIDY,
    Chore,
    Housekeeping,
)
from backend.jobs import Jobs
from backend.metrics import Metrics
from backend.worker import Pace, Worker
from tests.support.waiting import eventually

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def joined_log() -> None:
    logs.join_structlog()


def tidy(database: Database, *, batch: int = 1_000, most_batches: int = 200) -> None:
    Housekeeping(
        database, Jobs(), lambda: NOON, batch=batch, most_batches=most_batches
    ).tidy(0)  # fmt: skip


def add_events(database: Database, *moments: datetime) -> None:
    with database.begin() as connection:
        for number, moment in enumerate(moments):
            connection.execute(
                sa.text("""
                    INSERT INTO event (event_id, event_time, event_type, domain, correlation_id,
                        resource, resource_id, read_right, document)
                    VALUES (:id, :moment, 'XEvent', 'x', 'x', 'x', 'x', 'x', '{}')
                """),
                {"id": f"{moment}-{number}", "moment": moment},
            )


def count(database: Database, table: str) -> int:
    with database.read() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0)


def test_events_are_forgotten_after_a_month(database: Database) -> None:
    edge = NOON - EVENTS_KEPT
    add_events(database, edge - MINUTE, edge + MINUTE, NOON)
    tidy(database)
    assert count(database, "event") == 2


def test_idempotency_keys_are_forgotten_after_a_week(database: Database) -> None:
    with database.begin() as connection:
        for key, moment in (("old", NOON - KEYS_KEPT - MINUTE), ("young", NOON - KEYS_KEPT)):
            connection.execute(
                sa.text("INSERT INTO idempotency_key (user_id, key, fingerprint, created) "
                        "VALUES ('me', :key, '', :moment)"),
                {"key": key, "moment": moment},
            )  # fmt: skip
    tidy(database)
    assert count(database, "idempotency_key") == 1


def test_jobs_that_ended_are_forgotten_after_a_month_and_no_others(database: Database) -> None:
    jobs = Jobs()
    with database.begin() as connection:
        for name, state, moment in (
            ("old", "failed", NOON - JOBS_KEPT - MINUTE),
            ("young", "failed", NOON),
            ("waits", "todo", NOON - JOBS_KEPT - MINUTE),
        ):
            jobs.add(name, print)
            values = {"job": jobs.defer(connection, name), "state": state, "moment": moment}
            for statement in (
                "UPDATE procrastinate_jobs SET status = :state WHERE id = :job",
                "UPDATE procrastinate_events SET at = :moment WHERE job_id = :job",
            ):
                connection.execute(sa.text(statement), values)
    tidy(database)
    with database.read() as connection:
        left = connection.scalars(sa.text("SELECT task_name FROM procrastinate_jobs ORDER BY id"))
        assert list(left) == ["young", "waits"]


def test_what_time_has_ended_leaves_its_number_free(database: Database) -> None:
    with database.begin() as connection:
        for value, until in (("02079460000", NOON - MINUTE), ("02079460001", NOON + MINUTE)):
            connection.execute(
                sa.text("""
                    INSERT INTO telephone_number (value, display, type, area, pool, grade, why,
                        memorable, state, until, last_update)
                    VALUES (:value, :value, 'geographic', '020', 'public', 'standard', '', '',
                        'quarantine', :until, :until)
                """),
                {"value": value, "until": until},
            )
    tidy(database)
    with database.read() as connection:
        states = connection.scalars(sa.text("SELECT state FROM telephone_number ORDER BY value"))
        assert list(states) == ["free", "quarantine"]


def test_much_is_done_in_small_transactions_and_the_rest_next_time(database: Database) -> None:
    add_events(database, *([NOON - EVENTS_KEPT - MINUTE] * 25))
    tidy(database, batch=5, most_batches=3)
    assert count(database, "event") == 10
    tidy(database, batch=5)
    assert count(database, "event") == 0


def test_a_chore_that_fails_does_not_keep_the_others_from_being_done(database: Database) -> None:
    def fail(connection: sa.Connection, _now: datetime, _most: int) -> int:
        connection.execute(sa.text("SELECT 1 / 0"))
        return 0

    def count_on(_connection: sa.Connection, _now: datetime, _most: int) -> int:
        done.append("second")
        return 0

    done: list[str] = []
    chores = (Chore("first", fail), Chore("second", count_on))
    with pytest.raises(ExceptionGroup, match="not done"):
        Housekeeping(database, Jobs(), lambda: NOON, chores=chores).tidy(0)
    assert done == ["second"]


def test_two_processes_do_it_once(database: Database) -> None:
    """Their own clocks tell both the same times; the database lets one of them promise it."""

    def work(timestamp: int) -> None:
        done.append(timestamp)

    workers = []
    done: list[int] = []
    for _ in range(2):
        jobs = Jobs()
        jobs.every("* * * * *", TIDY, work)
        workers.append(Worker(database, jobs, Metrics(), pace=Pace(poll=0.05)))
    for worker in workers:
        worker.start()
    try:
        eventually(lambda: len(done) > 0)
        eventually(lambda: count(database, "procrastinate_jobs") == 0)
    finally:
        for worker in workers:
            worker.stop()
    assert len(done) == len(set(done))
