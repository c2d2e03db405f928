"""What the desk is shown of customers: hits of a search, rows of the directory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import sqlalchemy as sa

from backend import identifiers
from backend.access import audit
from backend.access.caller import Caller
from backend.desk import records
from backend.desk.records import ENTRY
from backend.document import rules as letters
from backend.numbers import rules as numbers
from backend.ordering import rules as ordering
from backend.ordering.states import LatestOrder
from backend.rest import events, listing, query
from backend.rest.errors import Invalid
from backend.rest.resource import Context, Document

MOST_HITS = 100
MOST_ROWS = 5_000
_WARNING = frozenset({"held", "failed", "partial"})


def search(context: Context, text: str, limit: int) -> Document:
    """Customers by anything that is known of them, best first, and how many there are.

    `text` may be any part of a name, address or e-mail, a number of ours, a telephone number in
    any spelling, a postcode or an ICCID; several words narrow each other.
    """
    found = text.strip()
    if "\x00" in found:
        raise Invalid("Text must not hold the character NUL.", code="invalidText")
    if identifiers.verify(found.upper(), identifiers.Kind.LETTER):
        rows = records.named(
            context.connection, _of_letter(context, found.upper()), *_bounds(context.caller)
        )
        total = len(rows)
    else:
        rows, total = records.find(context.connection, found, limit, *_bounds(context.caller))
    latest = ordering.latest(context.connection, [row.customer_id for row in rows])
    _looked(context, "customer.search", [row.customer_id for row in rows])
    return {"total": total, "hits": [_hit(row, latest) for row in rows]}


def directory(context: Context, after: str, limit: int) -> Document:
    """A page of search rows, by customer number; `next` goes back as `after`."""
    bounds = _bounds(context.caller)
    if "\x00" in after:
        raise Invalid("Text must not hold the character NUL.", code="invalidText")
    rows = records.page(context.connection, after, limit, *bounds)
    latest = ordering.latest(context.connection, [row.customer_id for row in rows])
    audit.record(
        context.connection,
        audit.Entry(
            action="customer.directory",
            actor=context.caller.user_id,
            details={"after": after, "rows": len(rows)},
        ),
    )
    return {
        "rows": [_row(row, latest) for row in rows],
        "next": rows[-1].customer_id if len(rows) == limit else None,
        "total": records.count(context.connection, *bounds),
    }


def _looked(context: Context, action: str, customer_ids: list[str]) -> None:
    entry = audit.Entry(
        action=action, actor=context.caller.user_id, details={"customers": customer_ids}
    )
    if customer_ids:
        audit.record(context.connection, entry)


def _bounds(caller: Caller) -> list[sa.ColumnElement[bool]]:
    return [] if caller.reseller is None else [ENTRY.c.reseller == caller.reseller]


def _of_letter(context: Context, number: str) -> list[str]:
    """Who was sent the letter with this number."""
    asked = query.read(f"characteristic.value={number}")
    page = listing.page(context.connection, letters.DOCUMENT, context.caller, asked)
    owners = (letters.customer_of(orjson.loads(body)) for body in page.items)
    return [owner for owner in owners if owner is not None]


def _hit(row: sa.Row[Any], latest: Mapping[str, LatestOrder]) -> Document:
    order = latest.get(row.customer_id)
    telephones = row.telephones
    return {
        "customerId": row.customer_id,
        "name": row.name,
        "address": row.address,
        "telephone": numbers.display(telephones[0]) if telephones else None,
        "moreTelephones": max(len(telephones) - 1, 0),
        "chip": _chip(order, overdue=row.overdue),
        "lastContact": _last_contact(order),
    }


def _row(row: sa.Row[Any], latest: Mapping[str, LatestOrder]) -> Document:
    order = latest.get(row.customer_id)
    return {
        "customerId": row.customer_id,
        "name": row.name,
        "givenName": row.given_name,
        "familyName": row.family_name,
        "address": row.address,
        "postcode": row.postcode,
        "telephones": row.telephones,
        "emails": row.emails,
        "orderNumbers": row.order_numbers,
        "iccids": row.iccids,
        "chip": _chip(order, overdue=row.overdue),
        "lastContact": _last_contact(order),
        "revision": row.revision,
    }


def _chip(order: LatestOrder | None, *, overdue: bool) -> Document | None:
    """The most urgent fact: money owed, then an order that is under way or went wrong."""
    if overdue:
        return {"text": "Payment overdue", "tone": "bad"}
    if order is None or (order.over and order.state not in _WARNING):
        return None
    if order.state == "held":
        return {"text": "Order on hold", "tone": "warn"}
    if order.over:
        return {"text": "Order failed", "tone": "warn"}
    day = order.expected or order.ordered
    return {"text": f"Order, {day:%a} {day.day} {day:%b}", "tone": "info"}


def _last_contact(order: LatestOrder | None) -> str | None:
    """When the customer last ordered: other contacts are not written down here."""
    return None if order is None else events.timestamp(order.ordered)
