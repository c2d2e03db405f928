"""Alembic's environment: runs the scripts on the connection it is given, in its transaction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from app.store.desk_tables import METADATA


def run() -> None:
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        transactional_ddl=False,  # the transaction is the caller's, begun by hand
    )
    context.run_migrations()


run()
