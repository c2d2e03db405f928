"""Writes that happen once, however often they are sent (draft IETF Idempotency-Key)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from backend.rest.errors import Invalid, Refused
from backend.rest.resource import Context
from backend.rest.tables import IDEMPOTENCY_KEY

_LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write answered: all that is needed to answer the same again."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def fingerprint(*parts: str | bytes) -> bytes:
    """One value for a whole request: method, path, kind and body."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def once(context: Context, key: str | None, request: bytes, work: Callable[[], Answer]) -> Answer:
    """Do `work`, or give the answer it gave the first time this user sent `key`.

    `request` is the fingerprint of what was sent. The key is written in the transaction of
    the work: a twin that arrives meanwhile waits for it and then replays; when the work
    fails, nothing is kept and the key may be used again. Refused when the key was used for
    another request.
    """
    if key is None:
        return work()
    if not 0 < len(key) <= _LONGEST_KEY or not key.isprintable():
        raise Invalid("The Idempotency-Key must be 1 to 255 characters.", code="invalidKey")
    table, user = IDEMPOTENCY_KEY, context.caller.user_id
    claim = insert(table).values(user_id=user, key=key, fingerprint=request, created=context.now)
    claimed = claim.on_conflict_do_nothing().returning(table.c.key)
    if context.connection.execute(claimed).one_or_none() is None:
        return _replay(context, key, request)
    answer = work()
    context.connection.execute(
        sa.update(table)
        .where(table.c.user_id == user, table.c.key == key)
        .values(status=answer.status, headers=dict(answer.headers), body=answer.body)
    )
    return answer


def forget_before(connection: sa.Connection, moment: datetime, most: int) -> int:
    """Delete at most so many keys older than `moment` (at least a day ago); returns how many."""
    table = IDEMPOTENCY_KEY
    own = (table.c.user_id, table.c.key)
    old = sa.select(*own).where(table.c.created < moment).order_by(table.c.created).limit(most)
    return connection.execute(sa.delete(table).where(sa.tuple_(*own).in_(old))).rowcount


def _replay(context: Context, key: str, request: bytes) -> Answer:
    table = IDEMPOTENCY_KEY
    row = context.connection.execute(
        sa.select(table).where(table.c.user_id == context.caller.user_id, table.c.key == key)
    ).one()
    if row.fingerprint != request:
        raise Refused(
            "This Idempotency-Key was used for another request.",
            "Make a new key for a new request.",
            code="idempotencyKeyReused",
        )
    return Answer(row.status, {**row.headers, "Idempotency-Replayed": "true"}, row.body)
