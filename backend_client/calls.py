"""What is asked of a server and what it answers, as records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode

from backend_client.cancel import Cancel
from backend_client.errors import Rejected, Trace

_KEY = re.compile(r"[!-~]{1,255}")

Params = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request.

    `path` is percent-encoded and starts with a slash, `route` is the same with placeholders for
    ids and is all that logs see. A change is `keyed` when the server takes it as one effect
    however often it arrives: by `key` (sent as Idempotency-Key) or by its own path. Only such
    changes are ever repeated.
    """

    method: str
    path: str
    route: str = ""
    params: Params = ()
    headers: Params = ()
    body: bytes | None = None
    content_type: str = "application/json"
    accept: str = "application/json"
    key: str | None = None
    keyed: bool = False
    signed: bool = True
    size_cap: int | None = None
    cancel: Cancel | None = None

    def __post_init__(self) -> None:
        if self.key is not None and not _KEY.fullmatch(self.key):
            raise ValueError("a key is 1 to 255 printable characters without blanks")

    @property
    def reads(self) -> bool:
        return self.method in {"GET", "HEAD"}

    @property
    def repeatable(self) -> bool:
        return self.reads or self.keyed or self.key is not None

    @property
    def target(self) -> str:
        """Path and query; a blank is %20 and a plus %2B, as TMF630 asks of dates."""
        if not self.params:
            return self.path
        return f"{self.path}?{urlencode(self.params, quote_via=quote, safe='')}"

    def trace(self, request_id: str, status: int | None = None, **more: str) -> Trace:
        return Trace(
            method=self.method,
            route=self.route or self.path,
            request_id=request_id,
            status=status,
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A complete answer; `headers` are looked up in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    trace: Trace
    reads: bool = True


class Sender(Protocol):
    """What carries calls: the `Transport`, or anything that stands in for it."""

    def send(self, call: Call) -> Answer:
        """The server's answer of the 2xx kind or 304; any other ends in an ApiError."""


def segment(identifier: str) -> str:
    """An id as one segment of a path. Ids are opaque: anything may be in them.

    Raises Rejected for what no server can hold: an empty id, or dots that mean a folder.
    """
    if identifier in {"", ".", ".."}:
        raise Rejected("There is no such thing.", trace=Trace(status=404, cause="bad id"))
    return quote(identifier, safe="")
