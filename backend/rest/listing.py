"""Answers a list: one page of documents, how many there are, and the neighbours' links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from urllib.parse import parse_qsl, urlencode

import orjson
import psycopg.errors
import sqlalchemy as sa

from backend.access.caller import Caller
from backend.rest.errors import Invalid
from backend.rest.filters import Test, order_by, where
from backend.rest.query import ListQuery, Order
from backend.rest.resource import Document, Resource


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the JSON of each resource, and the count over all pages."""

    items: list[bytes]
    total: int

    @property
    def body(self) -> bytes:
        return b"[" + b",".join(self.items) + b"]"


@dataclass(frozen=True, slots=True)
class _Statements:
    """A page with its count where that is needed, and the count alone."""

    page: sa.Select[str, int | None]
    count: sa.Select[int]


def page(connection: sa.Connection, resource: Resource, caller: Caller, query: ListQuery) -> Page:
    """The page that `query` asks for, of what `caller` may see."""
    asked = where(resource, query)
    tests = tuple(test for test, _values in asked)
    visible = resource.visible(caller)
    known = _known if visible is None else _statements
    statements = known(resource, tests, query.order, visible)
    values: dict[str, object] = {"limit": query.limit, "offset": query.offset}
    values |= zip(_names(), (value for _test, given in asked for value in given), strict=False)
    try:
        page = connection.execute(statements.page, values).all()
        found = [row[0].encode() for row in page]
        total = _total(query, len(found))
        if total is None and page:
            total = page[-1][1]
        if total is None:  # nothing on this page, which lies past the end or is to be empty
            total = int(connection.scalar(statements.count, values) or 0)
    except sa.exc.DBAPIError as error:
        raise _bad_filter(error) from error
    if query.fields is not None:
        found = [project(body, query.fields) for body in found]
    return Page(found, total)


def project(body: bytes, fields: frozenset[str]) -> bytes:
    """Only id, href and the first-level attributes asked for; absent ones stay absent."""
    document: Document = orjson.loads(body)
    wanted = fields | {"id", "href"}
    return orjson.dumps({name: value for name, value in document.items() if name in wanted})


def links(path: str, raw_query: str, query: ListQuery, total: int) -> str:
    """The Link header: first, prev, next and last page as far as there are any."""
    if query.limit == 0:
        return ""
    kept = urlencode(
        [
            pair
            for pair in parse_qsl(raw_query, keep_blank_values=True)
            if pair[0] not in {"offset", "limit"}
        ]
    )
    start = f"{path}?{kept}&" if kept else f"{path}?"
    return ", ".join(
        f'<{start}offset={offset}&limit={query.limit}>; rel="{name}"'
        for name, offset in _neighbours(query, total)
    )


def _neighbours(query: ListQuery, total: int) -> Iterator[tuple[str, int]]:
    last = max(total - 1, 0) // query.limit * query.limit
    yield "first", 0
    if query.offset > 0:
        yield "prev", max(min(query.offset - query.limit, last), 0)
    if query.offset + query.limit < total:
        yield "next", query.offset + query.limit
    yield "last", last


def _statements(
    resource: Resource,
    tests: tuple[Test, ...],
    order: tuple[Order, ...],
    visible: sa.ColumnElement[bool] | None,
) -> _Statements:
    """What a list asks the database, with places for all values."""
    names = _names()
    conditions = [
        test.sql([sa.bindparam(next(names), type_=kind) for kind in test.types]) for test in tests
    ]
    if visible is not None:
        conditions.append(visible)
    limit, offset = (sa.bindparam(name, type_=sa.BigInteger()) for name in ("limit", "offset"))
    rows = sa.select(sa.cast(resource.table.c.document, sa.Text)).where(*conditions)
    rows = rows.order_by(*order_by(resource, order)).limit(limit).offset(offset)
    total = sa.select(sa.func.count()).select_from(resource.table).where(*conditions)
    return _Statements(_with_count(rows, total, limit), total)


_known = lru_cache(maxsize=1_000)(_statements)
"""Statements of lists that were asked before: making one takes longer than carrying it out."""


def _names() -> Iterator[str]:
    """Names of the places for values, in order."""
    return (f"value_{number}" for number in count())


def _with_count(
    rows: sa.Select[str], counted: sa.Select[int], limit: sa.ColumnElement[int]
) -> sa.Select[str, int | None]:
    """The rows in their order; the last one of a full page carries the count, the others none.

    Only then it is counted at all: a page that is not full tells the count itself.
    """
    page = rows.subquery("page")
    place = sa.func.row_number().over()
    total = sa.case((place == limit, counted.scalar_subquery()))
    return sa.select(page.c[0], total).order_by(place)


def _total(query: ListQuery, found: int) -> int | None:
    """The count when the page itself tells it: it is the last and not past the end."""
    if 0 < found < query.limit or (found == 0 and query.offset == 0 and query.limit > 0):
        return query.offset + found
    return None


def _bad_filter(error: sa.exc.DBAPIError) -> Exception:
    if isinstance(error.orig, psycopg.errors.QueryCanceled):
        return Invalid("This filter takes too long.", "Narrow it.", code="filterTooSlow")
    if isinstance(
        error.orig, psycopg.errors.DataError | psycopg.errors.SyntaxErrorOrAccessRuleViolation
    ):
        return Invalid("The filter is not valid.", code="invalidFilter")
    return error
