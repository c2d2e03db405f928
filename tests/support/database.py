"""A fresh PostgreSQL database for each test that asks, cloned from a migrated one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from backend import embedded
from backend.database import Database
from backend.migrations.upgrade import upgrade

_ROOM = 4 * 2**30  # bytes


@dataclass
class DatabaseServer:
    """One embedded PostgreSQL with a migrated template database."""

    server: embedded.EmbeddedServer
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def prepare(self) -> None:
        # what a test writes need not outlive a power cut
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._run(f"ALTER SYSTEM SET {setting} = off")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE migrated")
        database = Database(self.server.get_uri("migrated"))
        upgrade(database)
        database.close()

    def clone(self, template: str = "migrated") -> str:
        """The URL of a new database that starts as a copy of `template`."""
        name = f"{template}_{next(self.numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.server.get_uri(name)

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


def quick_folder() -> str | None:
    """A folder in memory where the system has one with room: each test copies a database."""
    memory = Path("/dev/shm")  # noqa: S108 - the data is worth nothing, and its folder has a new name
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM:
        return str(memory)
    return None


@pytest.fixture(scope="session")
def database_server() -> Iterator[DatabaseServer]:
    # not below pytest's own folder: each session that starts closes it to other users, and
    # PostgreSQL started by root runs as one
    with TemporaryDirectory(prefix="jackfield-postgres-", dir=quick_folder()) as folder:
        server = DatabaseServer(embedded.start(Path(folder) / "data"))
        server.prepare()
        yield server
        server.server.cleanup()


@pytest.fixture
def database(database_server: DatabaseServer) -> Iterator[Database]:
    """An empty, migrated database of the test's own."""
    database = Database(database_server.clone())
    yield database
    database.close()
    database_server.drop(str(database.engine.url.database))
