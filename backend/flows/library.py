"""The published versions of flows: what is in force, and what running flows began with."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
import structlog

from backend.flows import own_definitions, papers, records
from backend.flows.definition import (
    Definition,
    FaultyDefinition,
    Vocabulary,
    numbered,
    read_definition,
)
from backend.flows.rules import PROCESS_FLOW_SPECIFICATION, TASK_FLOW_SPECIFICATION
from backend.rest import documents
from backend.rest.resource import Context

_LOG: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger("backend.flows")


class Library:
    """Hands out definitions; each version is read once a process."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._lock = threading.Lock()
        self._known: dict[str, Definition] = {}

    def publish(self, context: Context, text: str, *, own: bool = False) -> Definition:
        """Put a definition in force for flows that begin from now on; `own`: the operator's.

        FaultyDefinition names the line at fault; the old version stays in force then.
        The same text again changes nothing.
        """
        definition = read_definition(text, self._words)
        records.lock_publishing(context.connection)
        before = records.newest(context.connection, definition.code)
        if before is not None:
            identity, version, source = before
            if source == text:
                return numbered(definition, version)
            _retire(context, identity)
        definition = numbered(definition, before[1] + 1 if before else 1)
        _store(context, definition, text, own=own)
        return definition

    def publish_all(self, context: Context, folder: Path | None = None) -> None:
        """Put the shipped flows in force, and over them those in the operator's own `folder`.

        One at fault is logged with its line, and what was in force stays. Without a folder the
        operator's own stay as they are: a worker or a command need not know where they lie.
        """
        base = own_definitions.shipped()
        if folder is None:
            theirs = records.own_codes(context.connection)
            base = {code: one for code, one in base.items() if code not in theirs}
        over = [] if folder is None else own_definitions.own(folder, self._words)
        for one in over:
            if one.fault is not None:
                _not_published(one.name, one.fault)
        in_force = records.newest_ids(context.connection)
        for one in own_definitions.laid_over(base, over, in_force):
            try:
                self.publish(context, one.text, own=one in over)
            except FaultyDefinition as fault:
                _not_published(one.name, fault)

    def in_force(self, connection: sa.Connection, code: str) -> Definition | None:
        """The version that new flows begin with; None when there is no such flow."""
        newest = records.newest_id(connection, code)
        return None if newest is None else self._readable(connection, newest)

    def text(self, connection: sa.Connection, code: str) -> str | None:
        """The text that is in force, as its author wrote it."""
        newest = records.newest_id(connection, code)
        return None if newest is None else records.source(connection, newest)[1]

    def all_in_force(self, connection: sa.Connection) -> Callable[[str], Definition | None]:
        """Finds the version of each flow that is in force now: one read for all."""
        newest = records.newest_ids(connection)

        def found(code: str) -> Definition | None:
            return self._readable(connection, newest[code]) if code in newest else None

        return found

    def _readable(self, connection: sa.Connection, newest: str) -> Definition | None:
        """The version named, or the newest before it that this program can read.

        While a new program takes the place of an old one, its flows may name what the old one
        does not know yet.
        """
        code, _dash, number = newest.rpartition("-")
        for version in range(int(number), 0, -1):
            try:
                return self.version(connection, papers.specification_id(code, version))
            except FaultyDefinition as fault:
                _LOG.info("flow of a newer program", flow=code, version=version, fault=fault.fault)
        return None

    def version(self, connection: sa.Connection, specification: str) -> Definition:
        """One published version, as running flows need it. `specification` is its id."""
        with self._lock:
            known = self._known.get(specification)
        if known is None:
            version, text = records.source(connection, specification)
            known = numbered(read_definition(text, self._words), version)
            with self._lock:
                self._known[specification] = known
        return known


def _retire(context: Context, identity: str) -> None:
    retired = {"lifecycleStatus": "Retired"}
    before = documents.rewrite(
        context, PROCESS_FLOW_SPECIFICATION, identity, lambda old: {**old, **retired}
    ).document
    for step in before["taskFlowSpecification"]:
        documents.rewrite(
            context, TASK_FLOW_SPECIFICATION, step["id"], lambda old: {**old, **retired}
        )


def _store(context: Context, definition: Definition, text: str, *, own: bool) -> None:
    identity = papers.specification_id(definition.code, definition.version)
    documents.create(
        context,
        PROCESS_FLOW_SPECIFICATION,
        papers.flow_specification(definition),
        identity=identity,
    )
    records.keep_source(context.connection, identity, text, own=own)
    for step in definition.steps:
        documents.create(
            context,
            TASK_FLOW_SPECIFICATION,
            papers.step_specification(definition, step),
            identity=papers.step_specification_id(definition, step.id),
        )


def _not_published(name: str, fault: FaultyDefinition) -> None:
    _LOG.error("flow not published", file=name, line=fault.line, fault=fault.fault)
