"""The tables of cache.db: copies of the server's answers, made anew whenever in doubt."""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = 1  # another number in the file: the file is thrown away
METADATA = sa.MetaData()

# `docid` is the row's number in the index too. It grows with the time since the last contact,
# so that the index hands out the most recent first, without sorting.
CUSTOMER = sa.Table(
    "customer",
    METADATA,
    sa.Column("docid", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("shown", sa.LargeBinary, nullable=False),
    sa.Column("indexed", sa.LargeBinary, nullable=False),
    sa.Column("as_of", sa.Text, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Index("ix_customer_seen", "seen"),
)

DOCUMENT = sa.Table(
    "document",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("customer", sa.Text, primary_key=True),
    sa.Column("document", sa.LargeBinary, nullable=False),
    sa.Column("as_of", sa.Text, nullable=False),
    sa.Index("ix_document_customer", "customer"),
    sa.Index("ix_document_as_of", "kind", "as_of"),
)

LETTER = sa.Table(
    "letter",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("customer", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("used", sa.Text, nullable=False),
    sa.Column("as_of", sa.Text, nullable=False),
    sa.Column("pdf", sa.LargeBinary, nullable=False),
    sa.Index("ix_letter_customer", "customer"),
    sa.Index("ix_letter_used", "used", "size"),
)

TOMBSTONE = sa.Table(
    "tombstone",
    METADATA,
    sa.Column("customer", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
)

COUNTER = sa.Table(
    "counter",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
)

# Beginnings of two to seven letters (the first is the class) are held ready; longer ones are
# looked up among the long words. `ascii` leaves our words whole, as they are folded already.
_INDEX = """
CREATE VIRTUAL TABLE words USING fts5(
    terms, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='2 3 4 5 6 7'
)"""
# So many bytes are gathered before a piece of the index is written: fewer pieces, less merging.
_GATHER = "INSERT INTO words (words, rank) VALUES ('hashsize', 33554432)"
_LONG_WORDS = "CREATE TABLE long_word (word TEXT PRIMARY KEY) WITHOUT ROWID"


def create(connection: sa.Connection) -> None:
    """Make the tables in an empty file."""
    METADATA.create_all(connection)
    connection.exec_driver_sql(_INDEX)
    connection.exec_driver_sql(_GATHER)
    connection.exec_driver_sql(_LONG_WORDS)
    connection.execute(
        COUNTER.insert(), [{"name": "rows", "value": 0}, {"name": "docid", "value": 0}]
    )
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
