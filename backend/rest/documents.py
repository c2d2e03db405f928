"""Creates, reads, changes and deletes documents, each write with its event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
import psycopg.errors
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.access.caller import Caller
from backend.rest import etags, events
from backend.rest.checks import check
from backend.rest.errors import Conflict, Invalid, NotFound, Refused
from backend.rest.patches import Change
from backend.rest.resource import Context, Document, Resource, StateMachine


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
    query = _visible(_by_id(resource.table), resource, caller)
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
    check(resource, wanted)
    identity = identity or resource.new_id(context)
    document = {**wanted, "id": identity, "href": resource.href(identity)}
    document.setdefault("@type", resource.tmf_type)
    document[resource.stamp] = events.timestamp(context.now)
    if resource.states:
        _enter(resource.states, document)
    document = resource.rules.before_create(context, document)
    query = (
        sa.insert(resource.table)
        .values(id=identity, revision=1, **_columns(context, resource, document))
        .returning(sa.cast(resource.table.c.document, sa.Text))
    )
    with _constraints(resource):
        body: str = context.connection.execute(query).scalar_one()
    events.publish(context, resource, "Create", document)
    resource.rules.after_create(context, document)
    return Stored(body.encode(), 1)


def patch(
    context: Context,
    resource: Resource,
    identity: str,
    change: Change,
    *,
    if_match: str | None = None,
) -> Stored:
    """Change a document on behalf of the caller, with the noun's rules and states."""
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


def rewrite(context: Context, resource: Resource, identity: str, change: Change) -> Stored:
    """Change a document on behalf of the server's own rules.

    States are kept to; protected attributes may change and the noun's `before_patch` is not
    asked. Process flows move orders with this.
    """
    current = _locked(context, resource, identity)
    before = current.document
    after = change(before)
    if after == before:
        return current
    if resource.states:
        _move(resource.states, before, after)
    return _replace(context, resource, current, after)


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


def _visible(query: sa.Select[str, int], resource: Resource, caller: Caller) -> sa.Select[str, int]:
    visible = resource.visible(caller)
    return query if visible is None else query.where(visible)


def _locked(context: Context, resource: Resource, identity: str) -> Stored:
    query = _visible(_by_id(resource.table), resource, context.caller)
    # no key is changed: rows that refer to this one may be written meanwhile
    query = query.with_for_update(of=resource.table, key_share=True)
    row = context.connection.execute(query, {"identity": identity}).one_or_none()
    if row is None:
        raise not_found(resource)
    return Stored(row[0].encode(), row[1])


def _replace(context: Context, resource: Resource, current: Stored, after: Document) -> Stored:
    before = current.document
    after[resource.stamp] = events.timestamp(context.now)
    revision = current.revision + 1
    query = (
        sa.update(resource.table)
        .where(resource.table.c.id == before["id"])
        .values(revision=revision, **_columns(context, resource, after))
        .returning(sa.cast(resource.table.c.document, sa.Text))
    )
    with _constraints(resource):
        body: str = context.connection.execute(query).scalar_one()
    for kind in _changes(resource, before, after):
        events.publish(context, resource, kind, after)
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
    text = orjson.dumps(document, option=orjson.OPT_PASSTHROUGH_SUBCLASS).decode()
    return {
        "document": sa.cast(sa.literal(text, sa.Text), JSONB),
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
