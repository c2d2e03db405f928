"""Writes many resources at once: COPY instead of a statement and an event for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson
import sqlalchemy as sa

from backend.database import METADATA, raw
from backend.rest import events
from backend.rest.resource import Document, Resource

_EACH = ("id", "document", "last_update")


class Batch:
    """Resources that are written together, each table after those it refers to.

    They come as they are, in any state and of any date, and nobody is told: a desk that asks
    for all customers gets these too. Only the demo's own data may come in this way.
    """

    def __init__(self) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, list[Sequence[object]]] = {}

    def add(self, resource: Resource, wanted: Document, moment: datetime) -> Document:
        """Complete a document with what the server sets; `moment` is when it last changed."""
        document = {
            "@type": resource.tmf_type,
            **wanted,
            "href": resource.href(wanted["id"]),
            resource.stamp: events.timestamp(moment),
        }
        promoted = resource.promote(document)
        table = resource.table.name
        self._names.setdefault(table, tuple(promoted))
        self._rows.setdefault(table, []).append(
            (document["id"], orjson.dumps(document).decode(), moment, *promoted.values())
        )
        return document

    def write(self, connection: sa.Connection) -> int:
        """Write and forget what was added; returns how many resources it was."""
        written = 0
        with raw(connection).cursor() as cursor:
            for table in METADATA.sorted_tables:
                rows = self._rows.pop(table.name, [])
                if not rows:
                    continue
                columns = ", ".join((*_EACH, *self._names[table.name]))
                with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                written += len(rows)
        return written
