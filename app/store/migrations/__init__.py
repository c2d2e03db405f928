"""Brings desk.db to the newest form, in one transaction and with a copy made before."""

from __future__ import annotations

import shutil
from pathlib import Path

import sqlalchemy as sa

from app.store.database import Database
from app.store.faults import FaultKind, StoreFault

NEWEST = 1  # the number of the last script; kept in the file as user_version
SCRIPTS = Path(__file__).parent


def migrate(database: Database, *, scripts: Path = SCRIPTS, newest: int = NEWEST) -> Path | None:
    """Run the scripts the file has not seen; returns the copy made before, if there was need.

    One process at a time: the caller holds the lock for opening (files.one_at_a_time).
    A file of a newer Jackfield is left alone: StoreFault(NEWER). After any error the file is as
    it was.
    """
    with database.outside() as connection:
        version = _version(connection)
        if version == newest:
            return None
        if version > newest:
            raise StoreFault(FaultKind.NEWER, f"version {version}")
        # Everything into the main file, so that the copy of it is whole.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    with database.write() as connection:
        path = database.path
        copy = _copied(path, version, newest) if version and path else None
        _run(connection, scripts)
        connection.exec_driver_sql(f"PRAGMA user_version={newest:d}")
    return copy


def _version(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _copied(path: Path, version: int, newest: int) -> Path:
    copy = path.with_name(f"{path.name}.before-{version}-to-{newest}")
    shutil.copy2(path, copy)
    return copy


def _run(connection: sa.Connection, scripts: Path) -> None:
    from alembic import command  # slow to import, and hardly ever needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")
