"""Reads the query string of a list: paging, projection, sorting, conditions (TMF630 part 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from backend.rest.errors import Invalid

DEFAULT_LIMIT = 50
MOST = 500
_HIGHEST_OFFSET = 1_000_000_000
_LONGEST_QUERY = 8_000
_MOST_CONDITIONS = 40
_RESERVED = {"fields", "offset", "limit", "sort", "filter"}
_NOT_OFFERED = {"depth", "expand", "before", "after"}
_PATH = re.compile(r"@?[A-Za-z_][\w-]*(\.@?[A-Za-z_][\w-]*)*")
_SIGNS = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte", "==": "eq", "=~": "regex", "*=": "regex"}
_WORDS = {"gt", "gte", "lt", "lte", "eq", "ne", "regex"}
_INLINE = re.compile(r"(?P<path>[^<>=*~]+)(?P<sign>>=|<=|==|=~|\*=|>|<|=)(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One attribute against values: true when any value fits (`ne`: when none does)."""

    path: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    path: str
    descending: bool


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A list request, read and bounded. `fields` None means the whole resource."""

    offset: int = 0
    limit: int = DEFAULT_LIMIT
    fields: frozenset[str] | None = None
    order: tuple[Order, ...] = ()
    conditions: tuple[Condition, ...] = ()
    json_filter: str | None = None


def read(raw: str) -> ListQuery:
    """The query string of a list as a ListQuery; Invalid when it can not be understood."""
    given: dict[str, str] = {}
    conditions: dict[tuple[str, str], list[str]] = {}
    for path, operator, value in _components(raw):
        if operator == "eq" and path in _RESERVED:
            given[path] = f"{given[path]},{value}" if path in given else value
            continue
        if path in _NOT_OFFERED:
            raise Invalid(f"{path} is not offered here.", code="invalidQuery")
        conditions.setdefault((path, operator), []).extend(_values(path, operator, value))
    if len(conditions) > _MOST_CONDITIONS:
        raise Invalid("There are too many conditions.", code="invalidQuery")
    return ListQuery(
        offset=_number(given, "offset", 0, _HIGHEST_OFFSET),
        limit=min(_number(given, "limit", DEFAULT_LIMIT, _HIGHEST_OFFSET), MOST),
        fields=projection(given.get("fields")),
        order=tuple(_orders(given.get("sort", ""))),
        conditions=tuple(
            Condition(path, operator, tuple(values))
            for (path, operator), values in conditions.items()
        ),
        json_filter=given.get("filter"),
    )


def projection(text: str | None) -> frozenset[str] | None:
    """The first-level names of a `fields` parameter; `none` asks for id and href only."""
    if text is None or not text.strip():
        return None
    names = {name.strip().partition(".")[0] for name in text.split(",")}
    return frozenset(names - {"", "none"})


def _components(raw: str) -> Iterator[tuple[str, str, str]]:
    if len(raw) > _LONGEST_QUERY:
        raise Invalid("The query is too long.", code="invalidQuery")
    for component in raw.split("&"):
        if not component:
            continue
        path, operator, value = _component(component)
        if "\x00" in path or "\x00" in value:
            raise Invalid("Text must not hold the character NUL.", code="invalidText")
        if not _PATH.fullmatch(path):
            raise Invalid("A name in the query is not an attribute.", code="invalidQuery")
        yield path, operator, value


def _component(component: str) -> tuple[str, str, str]:
    """Path, operator and value of one component.

    The operator stands as a suffix (`a.gt=5`), as signs in the name (`a%3E=5`), or as signs
    instead of the equals sign (`a%3E5`, `a>=5`).
    """
    raw_name, equals, raw_value = component.partition("=")
    if not equals or raw_name.endswith((">", "<", "*")):
        return _inline(unquote_plus(component))
    name, value = unquote_plus(raw_name), unquote_plus(raw_value)
    signs = re.fullmatch(r"([^<>=*~]+)(>=|<=|==|=~|>|<|\*)", name)
    if signs:
        return signs[1], {**_SIGNS, "*": "regex"}[signs[2]], value
    path, dot, word = name.rpartition(".")
    if dot and word in _WORDS:
        return path, word, value
    return name, "eq", value


def _inline(text: str) -> tuple[str, str, str]:
    match = _INLINE.fullmatch(text)
    if match is None:
        raise Invalid("A part of the query has no value.", code="invalidQuery")
    return match["path"], _SIGNS.get(match["sign"], "eq"), match["value"]


def _values(path: str, operator: str, text: str) -> list[str]:
    """The alternatives in a value: split at commas and semicolons outside quotes."""
    if operator == "regex":
        return [_unquoted(text)]
    pieces = re.findall(r"""(?:"[^"]*"|'[^']*'|[^,;"']|["'])+""", text) or [""]
    own = f"{path}="
    return [_unquoted(piece.removeprefix(own)) for piece in pieces]


def _unquoted(text: str) -> str:
    quotes = ("'", '"')
    if len(text) > 1 and text[0] == text[-1] and text[0] in quotes:
        return text[1:-1]
    return text


def _number(given: dict[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > most:  # noqa: PLR2004 - digits of the highest offset
        raise Invalid(f"{name} must be a whole number from 0.", code="invalidQuery")
    return int(text)


def _orders(text: str) -> Iterator[Order]:
    for piece in text.split(","):
        name = piece.strip()  # an unescaped + arrives as a space
        if not name:
            continue
        path = name.lstrip("+-")
        if not _PATH.fullmatch(path):
            raise Invalid("A name in sort is not an attribute.", code="invalidQuery")
        yield Order(path, descending=name.startswith("-"))
