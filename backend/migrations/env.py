"""Alembic's environment: runs the migrations on the connection it is given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from backend.database import METADATA


def run() -> None:
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


run()
