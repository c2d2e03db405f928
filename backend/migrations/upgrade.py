"""Brings a database to the newest migration, and tells how far it is."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from backend.database import Database

_LOCK = 7_204_114  # one migrator at a time, whichever process comes first


class Schema(Enum):
    """How a database compares with this program."""

    CURRENT = "current"
    BEHIND = "behind"
    NEWER = "newer"


def upgrade(database: Database) -> None:
    """Run every migration that is missing; safe when several servers start together."""
    config = _config()
    with database.begin() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")


def schema(database: Database) -> Schema:
    """Whether migrations are missing, or there are some this program does not know."""
    with database.read() as connection:
        found = set(MigrationContext.configure(connection).get_current_heads())
    heads, known = _revisions()
    if found == heads:
        return Schema.CURRENT
    return Schema.BEHIND if found <= known else Schema.NEWER


@cache
def _revisions() -> tuple[frozenset[str], frozenset[str]]:
    scripts = ScriptDirectory.from_config(_config())
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return frozenset(scripts.get_heads()), known


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
