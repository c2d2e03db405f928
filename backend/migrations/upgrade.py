"""Brings a database to the newest migration."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from backend.database import Database

_LOCK = 7_204_114  # one migrator at a time, whichever process comes first


def upgrade(database: Database) -> None:
    """Run every migration that is missing; safe when several servers start together."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
