"""Brings a database to the newest migration, and tells how far it is."""

from __future__ import annotations

from collections.abc import Iterable
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
        heads = set(MigrationContext.configure(connection).get_current_heads())
    parents = _parents()
    if not heads <= set(parents):
        return Schema.NEWER
    return Schema.CURRENT if _with_all_before(heads, parents) == set(parents) else Schema.BEHIND


@cache
def _parents() -> dict[str, frozenset[str]]:
    """Every migration of this program, and what each needs to have run before."""
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return {
        script.revision: frozenset(_names(script.down_revision) + _names(script.dependencies))
        for script in scripts
    }


def _with_all_before(heads: set[str], parents: dict[str, frozenset[str]]) -> set[str]:
    run: set[str] = set()
    open_ends = set(heads)
    while open_ends:
        run |= open_ends
        open_ends = set().union(*(parents[revision] for revision in open_ends)) - run
    return run


def _names(given: str | Iterable[str] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
