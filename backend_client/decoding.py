"""JSON to records and back: exact money, aware times, and patience with other servers."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from datetime import datetime
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from backend_client.calls import Answer
from backend_client.errors import Trace
from backend_client.faults import unreadable

T = TypeVar("T")
Document = Mapping[str, Any]

_UNREADABLE = (ValueError, ArithmeticError, RecursionError, TypeError)
_NO_OFFSET = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?)?")
_TIMES = ("Date", "Time", "date", "lastUpdate", "lastModified", "asOf")
_DAYS = frozenset({"birthDate", "deathDate"})
_MOST_DIGITS = 300
_ENCODER = msgspec.json.Encoder(decimal_format="number")


def decoded(answer: Answer, kind: type[T]) -> T:
    """The answer's body as a record. ServerFault where it cannot be read as one."""
    media = answer.headers.get("content-type", "application/json").lower()
    if "json" not in media:
        raise unreadable(answer.trace, "not JSON", reads=answer.reads)
    return read(answer.body, kind, answer.trace, reads=answer.reads)


def read(body: bytes, kind: type[T], trace: Trace, *, reads: bool = True) -> T:
    """JSON as a record; a body of a looser server is tidied once and tried again."""
    try:
        return cast("T", _decoder(cast("Hashable", kind)).decode(body))
    except msgspec.ValidationError:
        pass
    except _UNREADABLE as error:
        raise unreadable(trace, "malformed JSON", reads=reads) from error
    try:
        return msgspec.convert(_tidy(_decoder(Any).decode(body)), kind, strict=False)
    except _UNREADABLE as error:
        raise unreadable(trace, "unexpected JSON", reads=reads) from error


def encoded(document: object) -> bytes:
    """A record or mapping as JSON; what a record leaves at its default is left out.

    ValueError for a time without offset and for numbers JSON has not: both are mistakes of the
    caller.
    """
    tree = msgspec.to_builtins(document, builtin_types=(datetime, Decimal), str_keys=True)
    _check(tree)
    return _ENCODER.encode(tree)


@lru_cache(maxsize=256)
def _decoder(kind: Hashable) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind, float_hook=_number)


def _number(text: str) -> Decimal:
    """Exact, and small enough to be written out."""
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise DecimalException(text[:20])
    return number


def _tidy(value: Any, name: str = "") -> Any:
    """What other servers write differently: null for absent, numeric ids, times without offset.

    A time without offset is read as UTC; RFC 3339, which TMF630 asks for, does not allow it.
    """
    if isinstance(value, dict):
        return {key: _tidy(inner, key) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_tidy(inner) for inner in value if inner is not None]
    if isinstance(value, int) and not isinstance(value, bool) and name.lower().endswith("id"):
        return str(value)
    if isinstance(value, str) and _is_time(name) and _NO_OFFSET.fullmatch(value):
        return f"{value}Z" if "T" in value else f"{value}T00:00:00Z"
    return value


def _is_time(name: str) -> bool:
    """A day of the calendar stays one: nobody's birthday is moved by an offset."""
    return name.endswith(_TIMES) and name not in _DAYS


def _check(value: Any) -> None:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a time needs its offset")
    if isinstance(value, Decimal | float) and not Decimal(value).is_finite():
        raise ValueError("JSON has no such number")
    if isinstance(value, dict):
        for inner in value.values():
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
