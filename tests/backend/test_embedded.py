"""The embedded PostgreSQL starts again whatever its last end left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

from backend import embedded
from backend.database import Database
from backend.faults import ExitCode, StartError


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that other test runs leave alone, even those of root."""
    with TemporaryDirectory(prefix="jackfield-data-") as folder:
        yield Path(folder)


def answers(url: str) -> bool:
    database = Database(url)
    try:
        with database.read() as connection:
            return bool(connection.scalar(sa.text("SELECT true")))
    finally:
        database.close()


def first_run(data: Path) -> Path:
    """Start and stop once; the file in which the server keeps its process id."""
    with embedded.running(data) as url:
        assert answers(url)
    lock = data / "postgres" / "postmaster.pid"
    assert not lock.exists()
    return lock


@pytest.mark.parametrize(
    "left",
    [
        "", "4194000\n", "4194000\n/somewhere\n17", "no number\n",
        f"{os.getpid()}\n/x\n1795000000\n5432\n/x\n\n  1  1\nready\n",
    ],
    ids=["empty", "one line", "cut short", "garbage", "an id that another process has now"],
)  # fmt: skip
def test_a_lock_left_by_a_power_cut_does_not_keep_it_from_starting(data: Path, left: str) -> None:
    lock = first_run(data)
    lock.write_text(left)
    with embedded.running(data) as url:
        assert answers(url)
    assert not lock.exists()


def test_a_list_of_users_cut_short_is_begun_anew(data: Path) -> None:
    lock = first_run(data)
    (data / "postgres" / ".handle_pids.json").write_text("[12, 4")
    with embedded.running(data) as url:
        assert answers(url)
    assert not lock.exists(), "and the server is stopped by its last user"


def test_the_text_of_people_folds_alike_on_every_machine(data: Path) -> None:
    with embedded.running(data) as url:
        database = Database(url)
        with database.read() as connection:
            assert connection.scalar(sa.text("SELECT lower('ÆRØSKOV ÅSBLOM')")) == "ærøskov åsblom"
            kind = "SELECT datlocprovider FROM pg_database WHERE datname = current_database()"
            assert connection.scalar(sa.text(kind)) == "b"
        database.close()


def test_a_folder_that_holds_something_else_is_named_in_one_sentence(data: Path) -> None:
    (data / "postgres").mkdir()
    (data / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartError, match="does not start") as fault, embedded.running(data):
        pass
    assert fault.value.code is ExitCode.DATABASE
