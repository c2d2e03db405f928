"""The search: at most twenty customers for whatever an agent types, best first."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from app.store.asking import Asked, Asking
from app.store.database import Database
from app.store.kinds import Kind, kind_of
from app.store.records import Conventions, Customer, Found
from app.store.spelling import match_spans, plain, spellings, word_spans

MOST_ROWS = 20
LOOKED_THROUGH = 40  # of hits for several words, so many of the most recent are ranked
_MOST_LONGER = 32

ROWS = (
    "SELECT customer.docid, customer.shown FROM words"
    " CROSS JOIN customer ON customer.docid = words.rowid"
    " WHERE words MATCH ? ORDER BY words.rowid LIMIT ?"
)
_LONGER = "SELECT word FROM long_word WHERE word >= ? AND word < ? LIMIT ?"
_AFTER_ALL = chr(0x10FFFF)


class Search:
    """Finds customers by name, number, telephone, e-mail, postcode, order, ICCID or address."""

    def __init__(self, database: Database, conventions: Conventions) -> None:
        self._database = database
        self._conventions = conventions
        self._decoder = msgspec.json.Decoder(Customer)

    def kind_of(self, text: str) -> Kind:
        """What the text is taken for, to be shown in the field."""
        return kind_of(text, self._conventions)

    def find(self, text: str) -> tuple[Found, ...]:
        """At most twenty customers who match every word of `text`; none for an empty text.

        A whole word goes before a beginning, the last name before other names, these before
        address and numbers; within each the last contact decides.
        """
        with self._database.read() as connection:
            asked = Asking(self._conventions, lambda term: _longer(connection, term)).ask(text)
            if asked is None:
                return ()
            shown = _rows(connection, asked)
        customers = [self._decoder.decode(row) for row in shown]
        if len(asked.tiers) == 1:
            customers.sort(key=lambda customer: -_closeness(customer.name, asked.marked))
        return tuple(_found(customer, asked.marked) for customer in customers[:MOST_ROWS])


def _rows(connection: sa.Connection, asked: Asked) -> list[bytes]:
    most = MOST_ROWS if len(asked.tiers) > 1 else LOOKED_THROUGH
    found: dict[int, bytes] = {}
    for tier in asked.tiers:
        for docid, shown in connection.exec_driver_sql(ROWS, (tier.expression, most)):
            found.setdefault(docid, shown)
        if len(found) >= most or (tier.sure and found):
            break
    return list(found.values())


def _longer(connection: sa.Connection, term: str) -> Sequence[str] | None:
    limits = (term, term + _AFTER_ALL, _MOST_LONGER + 1)
    words = connection.exec_driver_sql(_LONGER, limits).scalars().all()
    return words if len(words) <= _MOST_LONGER else None


def _closeness(name: str, marked: Sequence[str]) -> int:
    """How well the words fit the name: 100 for each that is a whole word of it, 1 for a hit."""
    if name.isascii() and name.replace(" ", "").isalpha():  # most names, and much faster
        ways: list[tuple[str, ...]] = [(word,) for word in name.lower().split()]
    else:
        ways = [spellings(plain(name[begin:end])) for begin, end in word_spans(name)]
    whole = sum(any(one in spelt for spelt in ways) for one in marked)
    begun = tuple(marked)
    hits = sum(any(way.startswith(begun) for way in spelt) for spelt in ways)
    return 100 * whole + hits


def _found(customer: Customer, marked: tuple[str, ...]) -> Found:
    return Found(
        id=customer.id,
        name=customer.name,
        number=customer.number,
        address=customer.address,
        telephone=customer.telephones[0] if customer.telephones else "",
        more_telephones=max(len(customer.telephones) - 1, 0),
        chip=customer.chip,
        last_contact=customer.last_contact,
        may_ask_for=customer.may_ask_for,
        matched=match_spans(customer.name, marked),
    )
