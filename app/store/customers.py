"""Customers in the cache: what the search finds, loaded one by one or by the million."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from app.store.cache_tables import COUNTER, CUSTOMER, DOCUMENT, LETTER, TOMBSTONE
from app.store.database import Database
from app.store.moments import Clock, to_text, utc_now
from app.store.records import Conventions, Customer
from app.store.terms import long_words, terms_of

_BATCH = 20_000
_MANY = 50_000  # after so many rows in one go the index is put in order
_COUNTER_BITS = 26
_LAST_MINUTE = 2**26  # minutes since 2000: enough until 2127
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class _Stored(NamedTuple):
    docid: int
    indexed: bytes
    as_of: str


class _Entry(NamedTuple):
    customer: Customer
    terms: str
    indexed: bytes


class Customers:
    """Writes customers from the server's answers and takes them out again."""

    def __init__(
        self, database: Database, conventions: Conventions, clock: Clock = utc_now
    ) -> None:
        self._database = database
        self._conventions = conventions
        self._clock = clock
        self._encoder = msgspec.json.Encoder()

    def put_many(self, customers: Iterable[Customer], as_of: datetime) -> int:
        """Write customers as the server knew them at `as_of`; returns how many were taken.

        Each batch of 20,000 is a transaction. What the file knows better (a newer row, or that
        the customer was deleted since) stays. The same id twice: the last one counts.
        """
        taken, remaining = 0, iter(customers)
        while batch := list(islice(remaining, _BATCH)):
            with self._database.write() as connection:
                taken += self._put_batch(connection, batch, to_text(as_of))
        if taken >= _MANY:
            with self._database.write() as connection:
                connection.exec_driver_sql("INSERT INTO words(words) VALUES ('optimize')")
            with self._database.outside() as connection:  # hundreds of MB wait in the journal
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        return taken

    def count(self) -> int:
        """How many customers this machine knows."""
        with self._database.read() as connection:
            return _counter(connection, "rows")

    def looked_at(self, customer_id: str) -> None:
        """The agent opened this customer: it is the last to be thrown out for want of space."""
        now = to_text(self._clock())
        with self._database.write() as connection:
            connection.execute(
                CUSTOMER.update().where(CUSTOMER.c.id == customer_id).values(seen=now)
            )

    def remove(self, customer_ids: Iterable[str], at: datetime) -> None:
        """The server has deleted them: nothing stays, and no older answer brings them back."""
        with self._database.write() as connection:
            for customer_id in dict.fromkeys(customer_ids):
                erase(connection, [customer_id])
                values = {"customer": customer_id, "at": to_text(at)}
                connection.execute(TOMBSTONE.insert().prefix_with("OR REPLACE").values(values))

    def _put_batch(self, connection: sa.Connection, batch: Sequence[Customer], as_of: str) -> int:
        entries = {customer.id: self._entry(customer) for customer in batch}
        stored = _stored(connection, list(entries))
        buried = _buried(connection, list(entries), as_of)
        wanted = [
            entry
            for customer_id, entry in entries.items()
            if customer_id not in buried
            and (customer_id not in stored or stored[customer_id].as_of <= as_of)
        ]
        same = [e for e in wanted if _is_indexed(e, stored.get(e.customer.id))]
        self._rewrite(connection, same, as_of)
        moved = [e for e in wanted if not _is_indexed(e, stored.get(e.customer.id))]
        old = [stored[e.customer.id].docid for e in moved if e.customer.id in stored]
        _delete_rows(connection, old)
        self._insert(connection, moved, as_of)
        return len(wanted)

    def _entry(self, customer: Customer) -> _Entry:
        terms = terms_of(customer, self._conventions)
        recency = _minutes_ago(customer.last_contact).to_bytes(4)
        return _Entry(customer, terms, blake2b(recency + terms.encode(), digest_size=12).digest())

    def _rewrite(self, connection: sa.Connection, entries: list[_Entry], as_of: str) -> None:
        rows = [(self._encoder.encode(e.customer), as_of, e.customer.id) for e in entries]
        if rows:
            change = "UPDATE customer SET shown = ?, as_of = ? WHERE id = ?"
            connection.exec_driver_sql(change, rows)

    def _insert(self, connection: sa.Connection, entries: list[_Entry], as_of: str) -> None:
        if not entries:
            return
        counter = _counter(connection, "docid")
        seen = to_text(self._clock())
        rows, terms, words = [], [], set[str]()
        for number, entry in enumerate(entries, counter):
            minutes = _minutes_ago(entry.customer.last_contact)
            docid = minutes << _COUNTER_BITS | number % 2**_COUNTER_BITS
            shown = self._encoder.encode(entry.customer)
            rows.append((docid, entry.customer.id, shown, entry.indexed, as_of, seen))
            terms.append((docid, entry.terms))
            words.update(long_words(entry.terms))
        # In the order of the index: out of order, FTS5 writes a segment for each row.
        connection.exec_driver_sql("INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?)", sorted(rows))
        connection.exec_driver_sql("INSERT INTO words (rowid, terms) VALUES (?, ?)", sorted(terms))
        if words:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO long_word VALUES (?)", [(word,) for word in sorted(words)]
            )
        _count(connection, "docid", len(entries))
        _count(connection, "rows", len(entries))


def erase(connection: sa.Connection, customer_ids: Sequence[str]) -> None:
    """Take customers and all that hangs on them out of the cache."""
    _delete_rows(connection, [row.docid for row in _stored(connection, customer_ids).values()])
    for table in (DOCUMENT, LETTER):
        connection.execute(table.delete().where(table.c.customer.in_(customer_ids)))


def _minutes_ago(last_contact: datetime | None) -> int:
    """A number that is the smaller the later the contact was; the largest for none."""
    if last_contact is None:
        return _LAST_MINUTE
    minutes = int((last_contact - _EPOCH).total_seconds() // 60)
    return _LAST_MINUTE - min(max(minutes, 0), _LAST_MINUTE)


def _is_indexed(entry: _Entry, stored: _Stored | None) -> bool:
    return stored is not None and stored.indexed == entry.indexed


def _stored(connection: sa.Connection, customer_ids: Sequence[str]) -> dict[str, _Stored]:
    if not _counter(connection, "rows"):
        return {}
    found = connection.exec_driver_sql(
        "SELECT id, docid, indexed, as_of FROM customer"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (msgspec.json.encode(customer_ids).decode(),),
    )
    return {row.id: _Stored(row.docid, row.indexed, row.as_of) for row in found}


def _buried(connection: sa.Connection, customer_ids: Sequence[str], as_of: str) -> set[str]:
    found = connection.exec_driver_sql(
        "SELECT customer FROM tombstone"
        " WHERE at >= ? AND customer IN (SELECT value FROM json_each(?))",
        (as_of, msgspec.json.encode(customer_ids).decode()),
    )
    return set(found.scalars())


def _delete_rows(connection: sa.Connection, docids: Sequence[int]) -> None:
    if docids:
        rows = [(docid,) for docid in sorted(docids)]
        connection.exec_driver_sql("DELETE FROM words WHERE rowid = ?", rows)
        connection.exec_driver_sql("DELETE FROM customer WHERE docid = ?", rows)
        _count(connection, "rows", -len(rows))


def _counter(connection: sa.Connection, name: str) -> int:
    query = sa.select(COUNTER.c.value).where(COUNTER.c.name == name)
    return int(connection.execute(query).scalar_one())


def _count(connection: sa.Connection, name: str, more: int) -> None:
    connection.execute(
        COUNTER.update().where(COUNTER.c.name == name).values(value=COUNTER.c.value + more)
    )
