"""Answers and network faults, translated into the six kinds of error in one place."""

from __future__ import annotations

import re
import ssl
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec
import requests
from urllib3 import exceptions as wire

from backend_client.calls import Answer
from backend_client.errors import (
    ApiError,
    Conflict,
    NotAllowed,
    Rejected,
    ServerFault,
    SignedOut,
    Trace,
    Unreachable,
)

_LONGEST_TEXT = 300
_DEEPEST = 10
_LONGEST_WAIT = timedelta(days=1)
_CODE = re.compile(r"[^A-Za-z0-9._-]+")
_BUSY = frozenset({408, 425, 429, 502, 503, 504})
_DONE_NOTHING = frozenset({408, 425, 429})
_NEVER_BETTER = frozenset({501, 505})
_NEVER_SENT = (
    wire.NewConnectionError,
    wire.ConnectTimeoutError,
    wire.ProxyError,
)


def fault_of(answer: Answer, now: datetime) -> ApiError | None:
    """The error that an answer stands for, or None where it is a good one."""
    if 200 <= answer.status < 300 or answer.status == 304:  # noqa: PLR2004 - HTTP's own numbers
        return None
    told = _told(answer)
    fault = _fault(answer, told, now)
    fault.told = told
    return fault


def _fault(answer: Answer, told: Mapping[str, Any], now: datetime) -> ApiError:
    status = answer.status
    trace = replace(answer.trace, code=_CODE.sub("", _text(told.get("code")))[:40])
    reason, detail = _sentences(told)
    if status == 407:  # noqa: PLR2004 - HTTP's own number
        sentence = "The network's proxy asks for a sign-in. Tell your IT department."
        return Unreachable(sentence, trace=trace, retry_helps=False)
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        return SignedOut(reason, detail=detail, trace=trace)
    if status == 403:  # noqa: PLR2004 - HTTP's own number
        return NotAllowed(reason, detail=detail, trace=trace)
    if status in {409, 412}:
        return Conflict(reason, detail=detail, trace=trace)
    if status in _BUSY:
        return Unreachable(
            reason or "The server is busy. Try again in a moment.",
            detail=detail,
            trace=trace,
            retry_at=retry_at(answer.headers.get("retry-after"), now),
            may_have_happened=not answer.reads and status not in _DONE_NOTHING,
        )
    if 400 <= status < 500:  # noqa: PLR2004 - HTTP's own numbers
        return Rejected(reason, fields=_fields(told), detail=detail, trace=trace)
    return ServerFault(
        trace=trace,
        detail=detail,
        retry_helps=status >= 500 and status not in _NEVER_BETTER,  # noqa: PLR2004 - HTTP's own
        may_have_happened=not answer.reads and status >= 500,  # noqa: PLR2004 - HTTP's own
    )


def unreadable(trace: Trace, cause: str, *, reads: bool) -> ServerFault:
    """An answer came, and nothing can be made of it. A change in it may well have happened."""
    return ServerFault(trace=replace(trace, cause=cause), may_have_happened=not reads)


def lost(error: Exception, trace: Trace, *, reads: bool) -> ApiError:
    """The error that an exception of the network libraries stands for."""
    kinds = _causes(error)
    trace = replace(trace, cause=type(kinds[-1]).__name__)
    if any(isinstance(kind, ssl.SSLCertVerificationError) for kind in kinds):
        return Unreachable(
            "No safe connection: the server's certificate is not trusted on this computer.",
            trace=trace,
            retry_helps=False,
        )
    if any(isinstance(kind, wire.DecodeError | wire.LocationParseError) for kind in kinds):
        return unreadable(trace, trace.cause, reads=reads)
    unsent = isinstance(error, requests.exceptions.ConnectTimeout) or any(
        isinstance(kind, _NEVER_SENT) for kind in kinds
    )
    return Unreachable(trace=trace, may_have_happened=not reads and not unsent)


def retry_at(header: str | None, now: datetime) -> datetime | None:
    """When a Retry-After header (RFC 9110 10.2.3: seconds or a date) asks to be called again.

    A past or negative time means now, a time beyond a day a day; None where it says nothing.
    """
    if header is None:
        return None
    text = header.strip()
    try:
        wait = timedelta(seconds=float(text)) if _is_number(text) else _until(text, now)
    except (ValueError, OverflowError, TypeError):
        return None
    return now + min(max(wait, timedelta()), _LONGEST_WAIT)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", text) is not None


def _until(text: str, now: datetime) -> timedelta:
    date = parsedate_to_datetime(text)
    return (date if date.tzinfo else date.replace(tzinfo=UTC)) - now


def _causes(error: BaseException) -> list[BaseException]:
    """The exception and those it was made of, outermost first."""
    found: list[BaseException] = []
    following: object = error
    while isinstance(following, BaseException) and len(found) < _DEEPEST:
        found.append(following)
        inner = getattr(following, "reason", None)
        if not isinstance(inner, BaseException):
            inner = following.args[0] if following.args else None
        following = inner if isinstance(inner, BaseException) else following.__cause__
    return found


def _told(answer: Answer) -> Mapping[str, Any]:
    """The error document of TMF630 part 1, or nothing where the body is no such thing."""
    try:
        told = msgspec.json.decode(answer.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _sentences(told: Mapping[str, Any]) -> tuple[str, str]:
    """Reason and detail; other servers' words for them (RFC 9457, OAuth2) are taken too."""
    texts = [
        text
        for name in ("reason", "message", "error_description", "title", "detail")
        if (text := _text(told.get(name)))
    ]
    unique = list(dict.fromkeys(texts))
    return (unique[0] if unique else "", unique[1] if len(unique) > 1 else "")


def _fields(told: Mapping[str, Any]) -> Mapping[str, str]:
    """Sentences by dotted path: a mapping, or a list of {field, reason}, as servers differ."""
    raw = next((told[name] for name in ("fields", "errors", "detail") if name in told), None)
    if isinstance(raw, dict):
        return {_text(name): text for name, value in raw.items() if (text := _text(value))}
    entries = raw if isinstance(raw, list) else []
    found: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        name = next((entry[key] for key in ("field", "path", "loc", "name") if key in entry), None)
        path = ".".join(map(str, name)) if isinstance(name, list) else _text(name)
        text = next((t for key in ("reason", "message", "msg") if (t := _text(entry.get(key)))), "")
        if path and text:
            found.setdefault(path, text)
    return found


def _text(value: object) -> str:
    """A server's text, fit for one line on a screen: no control or direction marks, no novel."""
    if not isinstance(value, str | int):
        return ""
    kept = (
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in str(value)[: 4 * _LONGEST_TEXT]
        if unicodedata.category(sign) not in {"Cf", "Cs", "Co"}
    )
    line = " ".join("".join(kept).split())
    return line if len(line) <= _LONGEST_TEXT else line[: _LONGEST_TEXT - 1].rstrip() + "…"
