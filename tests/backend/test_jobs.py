"""Promising jobs: in our own transaction, in order, and not twice."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from backend.database import Database
from backend.jobs import Jobs


@pytest.fixture
def jobs() -> Jobs:
    jobs = Jobs()
    jobs.add("print", print)
    return jobs


def promised(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        rows = connection.execute(
            sa.text("SELECT task_name, args, lock, status::text FROM procrastinate_jobs")
        )
        return [tuple(row) for row in rows]


def test_a_job_is_promised_when_the_transaction_commits(database: Database, jobs: Jobs) -> None:
    with database.begin() as connection:
        assert jobs.defer(connection, "print", lock="order-1", order="KO-1") is not None
    assert promised(database) == [("print", {"order": "KO-1"}, "order-1", "todo")]


def test_a_job_is_not_promised_when_the_transaction_fails(database: Database, jobs: Jobs) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        jobs.defer(connection, "print")
        _ = 1 / 0
    assert promised(database) == []


def test_a_job_promised_once_is_not_promised_again_while_it_waits(
    database: Database, jobs: Jobs
) -> None:
    with database.begin() as connection:
        assert jobs.defer(connection, "print", once="daily") is not None
    with database.begin() as connection:
        assert jobs.defer(connection, "print", once="daily") is None
        assert jobs.defer(connection, "print", once="another") is not None
    assert len(promised(database)) == 2


def test_a_job_nobody_knows_can_not_be_promised(database: Database, jobs: Jobs) -> None:
    with pytest.raises(KeyError), database.begin() as connection:
        jobs.defer(connection, "unheard-of")


def test_two_kinds_of_job_can_not_share_a_name(jobs: Jobs) -> None:
    with pytest.raises(ValueError, match="two kinds of job"):
        jobs.add("print", print)


def test_a_job_that_waits_can_be_taken_back_once(database: Database, jobs: Jobs) -> None:
    with database.begin() as connection:
        number = jobs.defer(connection, "print")
        assert number is not None
        assert jobs.cancel(connection, number)
        assert not jobs.cancel(connection, number)
    assert promised(database)[0][3] == "cancelled"
