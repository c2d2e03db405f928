"""Writes what happened into the transaction in which it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa

from backend.jobs import promise_of
from backend.rest.resource import Audience, Context, Document, Resource, everybody
from backend.rest.tables import EVENT

CHANNEL = "jackfield_event"
"""The PostgreSQL channel that wakes every server process when an event is committed."""

OPERATOR_ONLY = ""
"""In place of a reseller: an event no reseller sees."""


_GATHERED = ("event", "gathered")

SPREAD = "hub.spread"
"""The job that finds out who subscribed to an event; promised only where anybody did."""

# One journey to the database: the events in their order, the call that wakes readers (equal
# calls of one transaction are sent once, after it commits), and the jobs for the subscribers.
_WRITE = sa.text(f"""
    WITH told AS (
        SELECT * FROM jsonb_to_recordset(CAST(:events AS jsonb)) AS told (
            place integer, event_id text, event_time timestamptz, event_type text, domain text,
            correlation_id text, resource text, resource_id text, read_right text,
            customer_id text, reseller text, document jsonb
        )
    ), written AS (
        INSERT INTO event (event_id, event_time, event_type, domain, correlation_id, resource,
            resource_id, read_right, customer_id, reseller, document)
        SELECT event_id, event_time, event_type, domain, correlation_id, resource,
            resource_id, read_right, customer_id, reseller, document
        FROM told ORDER BY place
        RETURNING sequence, domain
    )
    SELECT pg_notify(:channel, ''), (
        SELECT {promise_of(":task", "jsonb_build_object('sequence', written.sequence)")}
        WHERE EXISTS (SELECT FROM hub_subscription WHERE domain = written.domain)
    ) FROM written ORDER BY sequence
""")  # noqa: S608 - put together from constants only


@dataclass(frozen=True, slots=True)
class News:
    """That `document` has changed in the way `change` names (see `publish`)."""

    resource: Resource
    change: str
    document: Document


def publish(context: Context, resource: Resource, change: str, document: Document) -> None:
    """Write the TMF event `change` (Create, AttributeValueChange, StateChange, Delete…)."""
    publish_many(context, [News(resource, change, document)])


def publish_many(context: Context, news: Sequence[News]) -> None:
    """Write these events in this order, with one statement."""
    waiting: list[News] | None = context.read_once.get(_GATHERED)
    if waiting is not None:
        waiting.extend(news)
    elif news:
        _write(context, news)


@contextmanager
def gathered(context: Context) -> Iterator[None]:
    """What is published meanwhile is written at the end, with one statement."""
    news: list[News] = []
    context.read_once[_GATHERED] = news
    try:
        yield
    finally:
        del context.read_once[_GATHERED]
    publish_many(context, news)


@contextmanager
def part(context: Context) -> Iterator[None]:
    """A part of the transaction that may fail alone: what it wrote and published goes with it."""
    waiting: list[News] = context.read_once.get(_GATHERED, [])
    before = len(waiting)
    try:
        with context.connection.begin_nested():
            yield
    except BaseException:
        del waiting[before:]
        raise


def _write(context: Context, news: Sequence[News]) -> None:
    rows = [_row(context, place, one) for place, one in enumerate(news)]
    values = {"events": orjson.dumps(rows).decode(), "channel": CHANNEL, "task": SPREAD}
    context.connection.execute(_WRITE, values)


def _row(context: Context, place: int, news: News) -> dict[str, Any]:
    resource, document = news.resource, news.document
    audience = resource.audience(context, document)
    event_type = resource.event_type(news.change)
    event_id = uuid4().hex
    envelope: dict[str, Any] = {
        "eventId": event_id,
        "eventTime": timestamp(context.now),
        "eventType": event_type,
        "correlationId": context.correlation_id,
        "domain": resource.api.domain,
        "title": event_type,
        "event": {resource.name: document},
        "@type": event_type,
    }
    if audience.customer_id is not None:
        envelope["customerId"] = audience.customer_id
    return {
        "place": place,
        "event_id": event_id,
        "event_time": context.now,
        "event_type": event_type,
        "domain": resource.api.domain,
        "correlation_id": context.correlation_id,
        "resource": resource.name,
        "resource_id": document["id"],
        "read_right": resource.rights.read,
        "customer_id": audience.customer_id,
        "reseller": _reseller(resource, audience),
        "document": envelope,
    }


def _reseller(resource: Resource, audience: Audience) -> str | None:
    """Who besides the operator may see it: None everybody, `OPERATOR_ONLY` nobody."""
    if resource.visible is everybody:
        return None
    return audience.reseller or OPERATOR_ONLY


def forget_before(connection: sa.Connection, moment: datetime, most: int) -> int:
    """Delete at most so many events older than `moment`; returns how many. A job calls it."""
    old = sa.select(EVENT.c.sequence).where(EVENT.c.event_time < moment)
    old = old.order_by(EVENT.c.event_time).limit(most)
    return connection.execute(sa.delete(EVENT).where(EVENT.c.sequence.in_(old))).rowcount


def timestamp(moment: datetime) -> str:
    """RFC 3339 with milliseconds and Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
