"""Translates the JSONPath of `filter=` (TMF630 part 6) into PostgreSQL's own JSON path."""

from __future__ import annotations

import orjson
from jsonpath import JSONPath, JSONPathEnvironment
from jsonpath.exceptions import JSONPathError
from jsonpath.filter import (
    BaseExpression,
    BooleanLiteral,
    FilterExpression,
    FloatLiteral,
    InfixExpression,
    IntegerLiteral,
    Nil,
    PrefixExpression,
    RegexLiteral,
    RelativeFilterQuery,
    StringLiteral,
)
from jsonpath.segments import JSONPathChildSegment, JSONPathSegment
from jsonpath.selectors import (
    Filter,
    IndexSelector,
    JSONPathSelector,
    NameSelector,
    WildcardSelector,
)

from backend.rest.errors import Invalid, NotSupported

_LONGEST = 2_000
_DEEPEST = 12
_OPERATORS = {"&&", "||", "==", "!=", "<", "<=", ">", ">="}


def compiled(text: str) -> str:
    """PostgreSQL's path that finds something exactly in the resources the filter keeps.

    `$` is the list of resources, so a filter reads `$[?(@.status=='held')]`; a path without
    `$` (`relatedParty[?(@.role=='customer')]`) is read within each resource. Invalid when it
    is no JSONPath, NotSupported when it uses more than this server offers.
    """
    if len(text) > _LONGEST:
        raise Invalid("The filter is too long.", code="invalidFilter")
    relative = not text.lstrip().startswith("$")
    try:
        path = JSONPathEnvironment().compile(f"$.{text.strip()}" if relative else text)
    except (JSONPathError, RecursionError) as error:
        raise Invalid("The filter is not a valid JSONPath.", code="invalidFilter") from error
    if not isinstance(path, JSONPath):
        raise _unsupported("union of paths")
    segments = path.segments
    if relative or not segments or not _selects_items(segments[0]):
        return _path("$", segments, 0)
    return _path(f"${_selector(segments[0].selectors[0], 0)}", segments[1:], 0)


def _selects_items(segment: JSONPathSegment) -> bool:
    """Whether this first segment chooses resources out of the list."""
    return len(segment.selectors) == 1 and isinstance(
        segment.selectors[0], Filter | WildcardSelector
    )


def _path(root: str, segments: tuple[JSONPathSegment, ...], depth: int) -> str:
    steps = [root]
    for segment in segments:
        if not isinstance(segment, JSONPathChildSegment) or len(segment.selectors) != 1:
            raise _unsupported("descent or several selectors")
        steps.append(_selector(segment.selectors[0], depth))
    return "".join(steps)


def _selector(selector: JSONPathSelector, depth: int) -> str:
    if isinstance(selector, NameSelector):
        return f".{_quoted(selector.name)}"
    if isinstance(selector, WildcardSelector):
        return "[*]"
    if isinstance(selector, IndexSelector) and selector.index >= 0:
        return f"[{selector.index}]"
    if isinstance(selector, Filter):
        return f"[*] ? ({_truth(selector.expression, depth + 1)})"
    raise _unsupported("this selector")


def _truth(expression: BaseExpression, depth: int) -> str:
    """An expression that is true or false."""
    if depth > _DEEPEST:
        raise Invalid("The filter is nested too deeply.", code="invalidFilter")
    if isinstance(expression, FilterExpression):
        return _truth(expression.expression, depth)
    if isinstance(expression, PrefixExpression) and expression.operator == "!":
        return f"!({_truth(expression.right, depth + 1)})"
    if isinstance(expression, RelativeFilterQuery):
        return f"exists({_path('@', _relative(expression), depth)})"
    if isinstance(expression, InfixExpression):
        return _comparison(expression, depth)
    raise _unsupported("this expression")


def _comparison(expression: InfixExpression, depth: int) -> str:
    operator = expression.operator
    if operator in {"&&", "||"}:
        left, right = (_truth(one, depth + 1) for one in (expression.left, expression.right))
        return f"({left}) {operator} ({right})"
    if operator == "=~" and isinstance(expression.right, RegexLiteral):
        return f"{_value(expression.left, depth)} like_regex {_regex(expression.right)}"
    if operator not in _OPERATORS:
        raise _unsupported(f"the operator {operator}")
    left, right = _value(expression.left, depth), _value(expression.right, depth)
    if operator == "!=":  # also true where the attribute is missing
        return f"!({left} == {right})"
    return f"{left} {operator} {right}"


def _value(expression: BaseExpression, depth: int) -> str:
    if isinstance(expression, RelativeFilterQuery):
        return _path("@", _relative(expression), depth)
    if isinstance(expression, StringLiteral | IntegerLiteral | FloatLiteral | BooleanLiteral):
        return orjson.dumps(expression.value).decode()
    if isinstance(expression, Nil):
        return "null"
    raise _unsupported("this value")


def _relative(query: RelativeFilterQuery) -> tuple[JSONPathSegment, ...]:
    if not isinstance(query.path, JSONPath):
        raise _unsupported("union of paths")
    return query.path.segments


def _regex(literal: RegexLiteral) -> str:
    pattern = literal.value.pattern
    if len(pattern) > 200 or ("\\" in pattern and any(f"\\{n}" in pattern for n in range(1, 10))):  # noqa: PLR2004 - as in filters
        raise Invalid("The regular expression is too complex.", code="invalidRegex")
    flag = ' flag "i"' if "i" in str(literal).rpartition("/")[2] else ""
    return f"{_quoted(pattern)}{flag}"


def _quoted(text: str) -> str:
    return orjson.dumps(text).decode()


def _unsupported(what: str) -> NotSupported:
    return NotSupported(
        "This filter is not offered here.", f"The server can not do: {what}.", code="notSupported"
    )
