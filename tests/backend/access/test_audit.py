"""The audit trail is added to and never changed; a change made behind its back shows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from backend.access import audit
from backend.access.audit import Entry
from backend.database import Database


def write(database: Database, count: int) -> None:
    for number in range(count):
        with database.begin() as connection:
            entry = Entry("customer.read", actor="u1", customer_id=f"KF-{number}")
            audit.record(connection, entry)


def behind_its_back(database: Database, statement: str) -> None:
    with database.begin() as connection:
        connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER audit_refuse"))
        connection.execute(sa.text(statement))
        connection.execute(sa.text("ALTER TABLE audit ENABLE TRIGGER audit_refuse"))


def broken(database: Database) -> int | None:
    with database.read() as connection:
        return audit.first_broken(connection)


def test_an_empty_trail_is_whole(database: Database) -> None:
    assert broken(database) is None


def test_what_was_written_is_whole(database: Database) -> None:
    write(database, 5)
    assert broken(database) is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET actor = 'u2'", "DELETE FROM audit", "TRUNCATE audit"],
)
def test_a_line_can_not_be_changed_or_taken_out(database: Database, statement: str) -> None:
    write(database, 1)
    with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), database.begin() as link:
        link.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("UPDATE audit SET actor = 'u2' WHERE seq = 3", 3),
        ("UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 2", 2),
        ("UPDATE audit SET reason = '' WHERE seq = 4", 4),
        ("UPDATE audit SET hash = sha256('x') WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq = 2", 3),
        ("DELETE FROM audit WHERE seq = 1", 2),
    ],
)
def test_a_change_behind_its_back_shows_where(database: Database, change: str, line: int) -> None:
    write(database, 5)
    behind_its_back(database, change)
    assert broken(database) == line


def test_writers_at_once_make_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: write(database, 10), range(6)))
    assert broken(database) is None
    with database.read() as connection:
        assert connection.scalar(sa.text("SELECT max(seq) FROM audit")) == 60


def test_a_line_that_was_taken_back_leaves_no_gap(database: Database) -> None:
    write(database, 1)
    with pytest.raises(ZeroDivisionError), database.begin() as connection:
        audit.record(connection, Entry("customer.read"))
        _ = 1 / 0
    write(database, 1)
    assert broken(database) is None
