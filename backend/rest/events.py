"""Writes what happened into the transaction in which it happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from backend.rest.resource import Audience, Context, Document, Resource, everybody
from backend.rest.tables import EVENT

CHANNEL = "jackfield_event"
"""The PostgreSQL channel that wakes every server process when an event is committed."""

OPERATOR_ONLY = ""
"""In place of a reseller: an event no reseller sees."""


def publish(context: Context, resource: Resource, change: str, document: Document) -> None:
    """Write the TMF event `change` (Create, AttributeValueChange, StateChange, Delete…)."""
    audience = resource.audience(context, document)
    event_type = resource.event_type(change)
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
    context.connection.execute(
        sa.insert(EVENT).values(
            event_id=event_id,
            event_time=context.now,
            event_type=event_type,
            domain=resource.api.domain,
            correlation_id=context.correlation_id,
            resource=resource.name,
            resource_id=document["id"],
            read_right=resource.rights.read,
            customer_id=audience.customer_id,
            reseller=_reseller(resource, audience),
            document=sa.cast(sa.literal(orjson.dumps(envelope).decode(), sa.Text), JSONB),
        )
    )
    # equal notifications of one transaction are sent once, after it commits
    context.connection.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))


def _reseller(resource: Resource, audience: Audience) -> str | None:
    """Who besides the operator may see it: None everybody, `OPERATOR_ONLY` nobody."""
    if resource.visible is everybody:
        return None
    return audience.reseller or OPERATOR_ONLY


def forget_before(connection: sa.Connection, moment: datetime) -> int:
    """Delete events older than `moment`; returns how many. A job calls it."""
    return connection.execute(sa.delete(EVENT).where(EVENT.c.event_time < moment)).rowcount


def timestamp(moment: datetime) -> str:
    """RFC 3339 with milliseconds and Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
