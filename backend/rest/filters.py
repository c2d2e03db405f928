"""Turns conditions on attributes into SQL, by promoted column or inside the document."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.types import TypeEngine

from backend.rest import json_filter
from backend.rest.errors import Invalid
from backend.rest.query import Condition, ListQuery, Order
from backend.rest.resource import Resource

_LONGEST_REGEX = 200
_BACK_REFERENCE = re.compile(r"\\[1-9]")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?")
_TEXT = sa.Text()
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "gt": lambda column, value: column > value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "lte": lambda column, value: column <= value,
}
_SIGN = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


Places = Sequence[sa.ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Test:
    """A condition without its values, for one resource: equal ones are the same SQL.

    `sql` is given as many places as there are `types`, each for a value of that type.
    """

    key: tuple[Hashable, ...]
    types: tuple[TypeEngine[Any], ...] = field(compare=False)
    sql: Callable[[Places], sa.ColumnElement[bool]] = field(compare=False, repr=False)


Asked = tuple[Test, Sequence[object]]
"""A test, and the values for its places."""


def where(resource: Resource, query: ListQuery) -> list[Asked]:
    """All conditions of a list; Invalid when one can not be understood."""
    found = [_condition(resource, condition) for condition in query.conditions]
    if query.json_filter is not None:
        found.append(_in_document(resource, [_plain(json_filter.compiled(query.json_filter))]))
    return found


def order_by(resource: Resource, order: tuple[Order, ...]) -> list[sa.ColumnElement[Any]]:
    """The sort keys of a list; the id comes last, so that no two rows are equal."""
    keys: list[sa.ColumnElement[Any]] = []
    for one in order:
        column = _column(resource, one.path)
        if column is None:
            _must_be_known(resource, one.path)
            path = sa.cast(sa.literal(_path(one.path), sa.Text), JSONPATH)
            column = sa.func.jsonb_path_query_first(resource.table.c.document, path)
        keys.append((column.desc() if one.descending else column.asc()).nulls_last())
    keys.append(resource.table.c.id.asc())
    return keys


def _condition(resource: Resource, condition: Condition) -> Asked:
    search = resource.searches.get(condition.path)
    if search is not None and condition.operator == "eq":
        return _alike(("search", condition.path), _TEXT, search, condition.values)
    if condition.operator == "regex":
        for value in condition.values:
            _safe_regex(value)
    column = _column(resource, condition.path)
    if column is not None:
        return _on_column(column, condition)
    _must_be_known(resource, condition.path)
    return _on_document(resource, condition)


def _alike(
    key: tuple[Hashable, ...],
    kind: TypeEngine[Any],
    test: Callable[[sa.ColumnElement[Any]], sa.ColumnElement[bool]],
    values: Sequence[object],
) -> Asked:
    """True where the same test is, of any of the values."""

    def sql(places: Places) -> sa.ColumnElement[bool]:
        return sa.or_(*map(test, places))

    return Test((*key, len(values)), (kind,) * len(values), sql), values


def _column(resource: Resource, path: str) -> sa.ColumnElement[Any] | None:
    table = resource.table.c
    own: dict[str, sa.ColumnElement[Any]] = {
        "id": table.id,
        "lastUpdate": table.last_update,  # one name for all, for clients that ask what is new
        resource.stamp: table.last_update,
    }
    return own.get(path, resource.columns.get(path))


def _must_be_known(resource: Resource, path: str) -> None:
    """Invalid for a first-level name no such resource has: a slip, not an empty list."""
    first = path.partition(".")[0]
    fields = resource.model.model_fields
    known = {field.alias or name for name, field in fields.items()} | resource.protected
    if first not in known and not first.startswith("@"):
        raise Invalid(f"A {resource.name} has no attribute {first}.", code="unknownAttribute")


def _on_column(column: sa.ColumnElement[Any], condition: Condition) -> Asked:
    key = ("column", condition.path, condition.operator)
    if condition.operator == "regex":
        text = sa.cast(column, sa.Text)
        return _alike(key, _TEXT, text.regexp_match, condition.values)
    values = [_typed(column, value, condition.path) for value in condition.values]
    types = (column.type,) * len(values)
    if condition.operator == "eq":
        return Test((*key, len(values)), types, column.in_), values
    if condition.operator == "ne":
        return Test((*key, len(values)), types, partial(_is_none_of, column)), values
    return _alike(key, column.type, partial(_COMPARE[condition.operator], column), values)


def _is_none_of(column: sa.ColumnElement[Any], places: Places) -> sa.ColumnElement[bool]:
    return sa.or_(column.is_(None), column.not_in(places))


def _typed(column: sa.ColumnElement[Any], text: str, path: str) -> object:
    try:
        if isinstance(column.type, sa.DateTime):
            return _moment(text)
        if isinstance(column.type, sa.Date):
            return date.fromisoformat(text[:10])
        if isinstance(column.type, sa.Boolean):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(column.type, sa.Integer):
            return int(text)
        if isinstance(column.type, sa.Numeric):
            return Decimal(text)
    except (ValueError, KeyError, InvalidOperation) as error:
        raise Invalid(f"The value for {path} is not of its kind.", code="invalidValue") from error
    return text


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text.replace(" ", "+", 1) if "T" in text else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _JsonPath:
    """A path with a filter; `moments` where it compares times in any offset."""

    text: str
    moments: bool


def _plain(text: str) -> _JsonPath:
    return _JsonPath(text, moments=False)


def _on_document(resource: Resource, condition: Condition) -> Asked:
    path, operator = _path(condition.path), condition.operator
    if operator in {"eq", "ne"}:
        tests = [test for value in condition.values for test in _equal(value)]
        found = [_plain(f"{path} ? ({' || '.join(tests)})")]
        return _in_document(resource, found, negated=operator == "ne")
    if operator == "regex":
        tests = [f"@ like_regex {_quoted(value)}" for value in condition.values]
        return _in_document(resource, [_plain(f"{path} ? ({' || '.join(tests)})")])
    sign = _SIGN[operator]
    return _in_document(resource, [_beyond(path, sign, value) for value in condition.values])


def _in_document(resource: Resource, paths: list[_JsonPath], *, negated: bool = False) -> Asked:
    """Whether any of the paths finds anything in the document, or whether none does."""
    moments = tuple(path.moments for path in paths)
    document = resource.table.c.document

    def sql(places: Places) -> sa.ColumnElement[bool]:
        tests = [
            _moments_found(document, place) if of_moments else _found(document, place)
            for place, of_moments in zip(places, moments, strict=True)
        ]
        return sa.not_(sa.or_(*tests)) if negated else sa.or_(*tests)

    test = Test(("document", moments, negated), (_TEXT,) * len(paths), sql)
    return test, [path.text for path in paths]


def _found(document: sa.ColumnElement[Any], path: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    return document.op("@?", return_type=sa.Boolean())(sa.cast(path, JSONPATH))


def _moments_found(
    document: sa.ColumnElement[Any], path: sa.ColumnElement[str]
) -> sa.ColumnElement[bool]:
    return sa.func.jsonb_path_exists_tz(
        document,
        sa.cast(path, JSONPATH),
        sa.literal_column("'{}'::jsonb"),
        sa.true(),
        type_=sa.Boolean,
    )


def _beyond(path: str, sign: str, value: str) -> _JsonPath:
    """Greater or smaller: as numbers, as moments, or as text, by what the value looks like."""
    if _NUMBER.fullmatch(value):
        return _plain(f"{path} ? (@ {sign} {value})")
    if _MOMENT.fullmatch(value):
        try:
            moment = _quoted(_moment(value).isoformat())
        except ValueError as error:
            raise Invalid("This is not a date and time.", code="invalidValue") from error
        test = f"{path} ? (@.timestamp_tz() {sign} {moment}.timestamp_tz())"
        return _JsonPath(test, moments=True)
    return _plain(f"{path} ? (@ {sign} {_quoted(value)})")


def _equal(value: str) -> list[str]:
    """Values come as text; a number or truth value in the document fits as well."""
    tests = [f"@ == {_quoted(value)}"]
    if _NUMBER.fullmatch(value) or value in {"true", "false"}:
        tests.append(f"@ == {value}")
    return tests


def _path(dotted: str) -> str:
    return "$" + "".join(f".{_quoted(step)}" for step in dotted.split("."))


def _quoted(text: str) -> str:
    return orjson.dumps(text).decode()


def _safe_regex(pattern: str) -> None:
    """Bounded patterns only; the statement's time limit does the rest."""
    if len(pattern) > _LONGEST_REGEX or _BACK_REFERENCE.search(pattern):
        raise Invalid("The regular expression is too complex.", code="invalidRegex")
