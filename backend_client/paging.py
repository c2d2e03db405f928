"""Lists, page by page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from backend_client.calls import Answer, Params
from backend_client.records import Entity

E = TypeVar("E", bound=Entity)

_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,\"]+))*)")
_NEXT = re.compile(r"\brel\s*=\s*\"?(?:[^\"]*\s)?next\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page(Generic[E]):
    """A part of a list. `total` counts the whole list, None where the server does not say.

    `following` are the query parameters of the next page where the server links to one.
    """

    records: tuple[E, ...]
    offset: int = 0
    total: int | None = None
    following: Params | None = None


def page_of(answer: Answer, records: tuple[E, ...], offset: int, path: str) -> Page[E]:
    """200 and 206 alike; headers a server leaves out or gets wrong are as if absent."""
    total = answer.headers.get("x-total-count", "").strip()
    return Page(
        records,
        offset,
        int(total) if re.fullmatch(r"[0-9]{1,12}", total) else None,
        _following(answer.headers.get("link", ""), path),
    )


def every(turn: Callable[[Params | None, int], Page[E]]) -> Iterator[E]:
    """Each record once, lazily. `turn` gets the parameters of the next page, or an offset.

    Ends when the total is reached, at an empty page, or at one that brings nothing new: a server
    may shrink the page, leave out the count, repeat itself, or move rows between two pages.
    """
    seen: set[str] = set()
    page = turn(None, 0)
    while True:
        fresh = [each for each in page.records if not each.id or each.id not in seen]
        seen.update(each.id for each in fresh)
        yield from fresh
        offset = page.offset + len(page.records)
        done = page.total is not None and offset >= page.total
        if not any(each.id for each in fresh) or (done and page.following is None):
            return
        page = turn(page.following, offset)


def _following(header: str, path: str) -> Params | None:
    """Only the query is taken from a link: where it leads is ours to decide (RFC 8288)."""
    for target, parameters in _LINK.findall(header[:8192]):
        if not _NEXT.search(parameters):
            continue
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        if parts.path and not parts.path.endswith(path):
            return None
        return tuple(parse_qsl(parts.query, keep_blank_values=True)) or None
    return None
