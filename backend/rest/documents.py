"""Creates, reads, changes and deletes documents, each write with its event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import orjson
import psycopg.errors
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.access.caller import Caller
from backend.database import first_row
from backend.rest import etags, events
from backend.rest.checks import check
from backend.rest.errors import Conflict, Invalid, NotFound, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document, Resource, StateMachine


@dataclass(frozen=True, slots=True)
class New:
    """A document to store; `columns` are values of its row that it does not tell itself."""

    resource: Resource
    document: Document
    identity: str | None = None
    columns: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows for one table; `resource` names them when the database refuses one."""

    resource: Resource
    rows: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as it lies in the database."""

    body: bytes
    revision: int

    @property
    def document(self) -> Document:
        document: Document = orjson.loads(self.body)
        return document

    @property
    def etag(self) -> str:
        return etags.etag(self.revision)

    @property
    def href(self) -> str:
        href: str = self.document["href"]
        return href


def read(connection: sa.Connection, resource: Resource, caller: Caller, identity: str) -> Stored:
    """The stored bytes, untouched; NotFound also when the caller may not see it."""
    visible = resource.visible(caller)
    if visible is None:
        row = first_row(connection, _plainly_by_id(resource.table), identity)
    else:
        query = _by_id(resource.table).where(visible)
        row = connection.execute(query, {"identity": identity}).one_or_none()
    if row is None:
        raise not_found(resource)
    return Stored(row[0].encode(), row[1])


def find(context: Context, resource: Resource, identity: str) -> Document:
    """The document for a rule, as the caller may see it; NotFound otherwise."""
    return read(context.connection, resource, context.caller, identity).document


def create(
    context: Context, resource: Resource, wanted: Document, *, identity: str | None = None
) -> Stored:
    """Store a new document and its Create event.

    `wanted` is what a client may write; the server's own attributes are added here and by
    `before_create`. Raises Invalid, Refused (dangling reference), Conflict (already there).
    """
    return create_many(context, [New(resource, wanted, identity)])[0]


def create_many(context: Context, wanted: Sequence[New]) -> list[Stored]:
    """Store documents as `create` does, with one statement for each table and one for events.

    Tables are written in the order in which they are first named: a row that others refer to
    comes first. Every `before_create` is asked before anything is written.
    """
    made = [(new, _complete(context, new)) for new in wanted]
    batches: dict[tuple[sa.Table, tuple[str, ...]], _Batch] = {}
    for new, document in made:
        row = {**_row(context, new.resource, document), **new.columns}
        key = (new.resource.table, tuple(row))
        batches.setdefault(key, _Batch(new.resource)).rows.append(row)
    bodies: dict[tuple[str, str], str] = {}
    for (table, columns), batch in batches.items():
        with _constraints(batch.resource):
            rows = {"rows": orjson.dumps(batch.rows).decode()}
            for identity, body in context.connection.execute(_insert(table, columns), rows):
                bodies[table.name, identity] = body
    events.publish_many(
        context, [events.News(new.resource, "Create", document) for new, document in made]
    )
    for new, document in made:
        new.resource.rules.after_create(context, document)
    return [
        Stored(bodies[new.resource.table.name, document["id"]].encode(), 1)
        for new, document in made
    ]


def patch(
    context: Context,
    resource: Resource,
    identity: str,
    change: Change,
    *,
    if_match: str | None = None,
) -> Stored:
    """Change a document on behalf of the caller, with the noun's rules and states."""
    resource.rules.lock(context, identity)
    current = _locked(context, resource, identity)
    etags.require(if_match, current.revision)
    before = current.document
    after = change(before)
    if after == before:
        return current
    after.setdefault("@type", resource.tmf_type)
    check(resource, after)
    if resource.states:
        _move(resource.states, before, after)
    after = resource.rules.before_patch(context, before, after)
    return _replace(context, resource, current, after)


def rewrite(
    context: Context,
    resource: Resource,
    identity: str,
    change: Change,
    columns: Mapping[str, object] | None = None,
) -> Stored:
    """Change a document on behalf of the server's own rules.

    States are kept to; protected attributes may change and the noun's `before_patch` is not
    asked. Process flows move orders with this. `columns` are values of the row that the
    document does not tell; they are written along with it.
    """
    current = _locked(context, resource, identity)
    before = current.document
    after = change(before)
    if after == before and not columns:
        return current
    if resource.states:
        _move(resource.states, before, after)
    return _replace(context, resource, current, after, columns or {})


def delete(
    context: Context, resource: Resource, identity: str, *, if_match: str | None = None
) -> None:
    """Delete a document; Conflict while others refer to it."""
    current = _locked(context, resource, identity)
    etags.require(if_match, current.revision)
    document = current.document
    resource.rules.before_delete(context, document)
    events.publish(context, resource, "Delete", document)
    try:
        context.connection.execute(sa.delete(resource.table).where(resource.table.c.id == identity))
    except sa.exc.IntegrityError as error:
        raise Conflict(f"This {resource.name} is still in use.", code="stillReferenced") from error
    resource.rules.after_delete(context, document)


def not_found(resource: Resource) -> NotFound:
    return NotFound(f"There is no such {resource.name}.", code="notFound")


@cache
def _by_id(table: sa.Table) -> sa.Select[str, int]:
    """The read by id, made once for each table: making it takes longer than running it."""
    columns = sa.select(sa.cast(table.c.document, sa.Text), table.c.revision)
    return columns.where(table.c.id == sa.bindparam("identity"))


@cache
def _plainly_by_id(table: sa.Table) -> str:
    """The same for psycopg itself, for callers whom nothing bounds."""
    return f'SELECT document::text, revision FROM "{table.name}" WHERE id = %s'  # noqa: S608 - a table of ours


@cache
def _to_change(table: sa.Table) -> sa.Select[str, int]:
    """The read of a row that is then changed. No key is: others may refer to it meanwhile."""
    return _by_id(table).with_for_update(of=table, key_share=True)


@cache
def _update(table: sa.Table, names: frozenset[str]) -> sa.sql.dml.ReturningUpdate[str]:
    """The write of a row, made once for each set of columns."""
    values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
    values["document"] = sa.cast(sa.bindparam("new_document", type_=sa.Text), JSONB)
    query = sa.update(table).where(table.c.id == sa.bindparam("identity")).values(values)
    return query.returning(sa.cast(table.c.document, sa.Text))


@cache
def _insert(table: sa.Table, columns: tuple[str, ...]) -> sa.TextClause:
    """Rows come as one JSON value; the database gives each column its type."""
    names = ", ".join(f'"{name}"' for name in columns)
    return sa.text(
        f'INSERT INTO "{table.name}" ({names}) '  # noqa: S608 - names of our own columns
        f'SELECT {names} FROM jsonb_populate_recordset(NULL::"{table.name}", '
        "CAST(:rows AS jsonb)) RETURNING id, CAST(document AS text)"
    )


def _complete(context: Context, new: New) -> Document:
    """The document as it will be stored, checked, with what the server adds to it."""
    resource = new.resource
    check(resource, new.document)
    identity = new.identity or resource.new_id(context)
    document = {**new.document, "id": identity, "href": resource.href(identity)}
    document.setdefault("@type", resource.tmf_type)
    document[resource.stamp] = events.timestamp(context.now)
    if resource.states:
        _enter(resource.states, document)
    return resource.rules.before_create(context, document)


def _row(context: Context, resource: Resource, document: Document) -> dict[str, Any]:
    return {
        "id": document["id"],
        "document": document,
        "revision": 1,
        "last_update": context.now,
        **resource.promote(document),
    }


def _visible(query: sa.Select[str, int], resource: Resource, caller: Caller) -> sa.Select[str, int]:
    visible = resource.visible(caller)
    return query if visible is None else query.where(visible)


def _locked(context: Context, resource: Resource, identity: str) -> Stored:
    query = _visible(_to_change(resource.table), resource, context.caller)
    row = context.connection.execute(query, {"identity": identity}).one_or_none()
    if row is None:
        raise not_found(resource)
    return Stored(row[0].encode(), row[1])


def _replace(
    context: Context,
    resource: Resource,
    current: Stored,
    after: Document,
    columns: Mapping[str, object] | None = None,
) -> Stored:
    before = current.document
    after[resource.stamp] = events.timestamp(context.now)
    revision = current.revision + 1
    values = {"revision": revision, **_columns(context, resource, after), **(columns or {})}
    query = _update(resource.table, frozenset(values))
    given = {"identity": before["id"], **{f"new_{name}": one for name, one in values.items()}}
    with _constraints(resource):
        body: str = context.connection.execute(query, given).scalar_one()
    changes = [events.News(resource, kind, after) for kind in _changes(resource, before, after)]
    events.publish_many(context, changes)
    resource.rules.after_patch(context, before, after)
    return Stored(body.encode(), revision)


def _changes(resource: Resource, before: Document, after: Document) -> Iterator[str]:
    state = resource.states.attribute if resource.states else None
    if state and before.get(state) != after.get(state):
        yield "StateChange"
    ignored = {state, resource.stamp}
    names = (before.keys() | after.keys()) - ignored
    if any(before.get(name) != after.get(name) for name in names):
        yield "AttributeValueChange"


def _columns(context: Context, resource: Resource, document: Document) -> dict[str, Any]:
    return {
        "document": orjson.dumps(document, option=orjson.OPT_PASSTHROUGH_SUBCLASS).decode(),
        "last_update": context.now,
        **resource.promote(document),
    }


def _enter(states: StateMachine, document: Document) -> None:
    state = document.setdefault(states.attribute, states.first[0])
    _known(states, state)
    if state not in states.first:
        raise Refused(
            f"Nothing can be created with {states.attribute} {state}.",
            f"Choose one of: {', '.join(states.first)}.",
            code="illegalState",
        )


def _move(states: StateMachine, before: Document, after: Document) -> None:
    old, new = before.get(states.attribute), after.get(states.attribute)
    if old == new:
        return
    _known(states, new)
    allowed = states.transitions.get(str(old), frozenset())
    if new not in allowed:
        raise Refused(
            f"{states.attribute} can not go from {old} to {new}.",
            f"From {old} it may become: {', '.join(sorted(allowed)) or 'nothing else'}.",
            code="illegalTransition",
        )


def _known(states: StateMachine, state: object) -> None:
    if state not in states.states:
        raise Invalid(
            f"There is no such {states.attribute}.",
            f"Choose one of: {', '.join(sorted(states.states))}.",
            code="unknownState",
        )


@contextmanager
def _constraints(resource: Resource) -> Iterator[None]:
    """What the database refuses, said as the refusal it is."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        if isinstance(error.orig, psycopg.errors.ForeignKeyViolation):
            raise Refused(
                "It refers to something that is not there.", code="danglingReference"
            ) from error
        if isinstance(error.orig, psycopg.errors.UniqueViolation):
            raise Conflict(f"This {resource.name} is already there.", code="exists") from error
        raise Refused(f"This {resource.name} can not be stored.", code="constraint") from error
