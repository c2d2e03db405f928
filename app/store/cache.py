"""Documents and letters in the cache, and how long everything in it may stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from app.store import customers
from app.store.cache_tables import CUSTOMER, DOCUMENT, LETTER, TOMBSTONE
from app.store.database import Database
from app.store.moments import Clock, from_text, to_text, utc_now
from app.store.records import Cached

_ERASED_AT_ONCE = 500
_TOMBSTONES_KEPT = timedelta(days=90)


class DocumentKind(StrEnum):
    """What a document about a customer is; each kind may stay for its own time."""

    HEADER = "header"
    ACCOUNT = "account"
    USAGE = "usage"
    BILLS = "bills"


_DAYS = {
    DocumentKind.HEADER: timedelta(days=14),
    DocumentKind.ACCOUNT: timedelta(days=14),
    DocumentKind.USAGE: timedelta(days=1),
    DocumentKind.BILLS: timedelta(days=7),
}


@dataclass(frozen=True, slots=True)
class Retention:
    """How much stays on the machine: `letter_bytes` in bytes; None for customers is no limit."""

    customers: timedelta = timedelta(days=14)
    most_customers: int | None = None
    documents: Mapping[DocumentKind, timedelta] = field(default_factory=lambda: dict(_DAYS))
    letters: timedelta = timedelta(days=14)
    letter_bytes: int = 200_000_000


class Cache:
    """Keeps the server's documents byte for byte, with the moment they were true."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def put_document(
        self, kind: DocumentKind, customer_id: str, document: bytes, as_of: datetime
    ) -> None:
        """Keep a document, unless a newer one is there or the customer was deleted since."""
        moment = to_text(as_of)
        values: dict[str, object] = {"document": document, "as_of": moment}
        here = (DOCUMENT.c.kind == kind) & (DOCUMENT.c.customer == customer_id)
        with self._database.write() as connection:
            if _is_buried(connection, customer_id, moment):
                return
            stored = connection.execute(sa.select(DOCUMENT.c.as_of).where(here)).scalar()
            if stored is None:
                key = {"kind": kind, "customer": customer_id}
                connection.execute(DOCUMENT.insert().values(**key, **values))
            elif stored <= moment:
                connection.execute(DOCUMENT.update().where(here).values(values))

    def document(self, kind: DocumentKind, customer_id: str) -> Cached | None:
        """The document last kept, however old; None where there is none."""
        query = sa.select(DOCUMENT.c.document, DOCUMENT.c.as_of).where(
            DOCUMENT.c.kind == kind, DOCUMENT.c.customer == customer_id
        )
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        return Cached(row.document, from_text(row.as_of)) if row else None

    def drop_document(self, kind: DocumentKind, customer_id: str) -> None:
        """Forget one document, for example because an event says that it has changed."""
        here = (DOCUMENT.c.kind == kind) & (DOCUMENT.c.customer == customer_id)
        with self._database.write() as connection:
            connection.execute(DOCUMENT.delete().where(here))

    def put_letter(self, letter_id: str, customer_id: str, pdf: bytes, as_of: datetime) -> None:
        """Keep the bytes of a letter, unless its customer was deleted since."""
        with self._database.write() as connection:
            if _is_buried(connection, customer_id, to_text(as_of)):
                return
            connection.execute(
                LETTER.insert()
                .prefix_with("OR REPLACE")
                .values(
                    id=letter_id,
                    customer=customer_id,
                    size=len(pdf),
                    used=to_text(self._clock()),
                    as_of=to_text(as_of),
                    pdf=pdf,
                )
            )

    def letter(self, letter_id: str) -> Cached | None:
        """The bytes of a letter, which counts as used by this."""
        here = LETTER.c.id == letter_id
        with self._database.write() as connection:
            row = connection.execute(sa.select(LETTER.c.pdf, LETTER.c.as_of).where(here)).first()
            connection.execute(LETTER.update().where(here).values(used=to_text(self._clock())))
        return Cached(row.pdf, from_text(row.as_of)) if row else None

    def tidy(self, retention: Retention) -> int:
        """Throw out what may not stay; returns how many customers went."""
        now = self._clock()
        with self._database.write() as connection:
            for kind, kept in retention.documents.items():
                old = (DOCUMENT.c.kind == kind) & (DOCUMENT.c.as_of < to_text(now - kept))
                connection.execute(DOCUMENT.delete().where(old))
            aged = LETTER.c.used < to_text(now - retention.letters)
            connection.execute(LETTER.delete().where(aged))
            _shrink_letters(connection, retention.letter_bytes)
            forgotten = TOMBSTONE.c.at < to_text(now - _TOMBSTONES_KEPT)
            connection.execute(TOMBSTONE.delete().where(forgotten))
        return self._erase_old(now - retention.customers) + self._erase_above(
            retention.most_customers
        )

    def _erase_old(self, moment: datetime) -> int:
        query = sa.select(CUSTOMER.c.id).where(
            CUSTOMER.c.as_of < to_text(moment), CUSTOMER.c.seen < to_text(moment)
        )
        return self._erase(query)

    def _erase_above(self, most: int | None) -> int:
        if most is None:
            return 0
        kept = sa.select(CUSTOMER.c.docid).order_by(CUSTOMER.c.seen.desc(), CUSTOMER.c.docid)
        query = sa.select(CUSTOMER.c.id).where(CUSTOMER.c.docid.not_in(kept.limit(most)))
        return self._erase(query)

    def _erase(self, query: sa.Select[str]) -> int:
        """Erase in small transactions, so that nobody waits long for the file."""
        erased = 0
        while True:
            with self._database.write() as connection:
                found = connection.execute(query.limit(_ERASED_AT_ONCE)).scalars().all()
                customers.erase(connection, found)
            erased += len(found)
            if len(found) < _ERASED_AT_ONCE:
                return erased


def _is_buried(connection: sa.Connection, customer_id: str, as_of: str) -> bool:
    query = sa.select(TOMBSTONE.c.at).where(TOMBSTONE.c.customer == customer_id)
    at = connection.execute(query).scalar()
    return at is not None and at >= as_of


def _shrink_letters(connection: sa.Connection, most_bytes: int) -> None:
    """Delete the letters that were used longest ago until the rest fits."""
    running = sa.func.sum(LETTER.c.size).over(order_by=(LETTER.c.used.desc(), LETTER.c.id))
    sized = sa.select(LETTER.c.id, running.label("until_here")).subquery()
    over = sa.select(sized.c.id).where(sized.c.until_here > most_bytes)
    connection.execute(LETTER.delete().where(LETTER.c.id.in_(over)))
