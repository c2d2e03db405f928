"""The shared core of all APIs: one kind of resource, read, listed and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Generic, TypeVar

from backend_client.calls import Answer, Call, Params, Sender, segment
from backend_client.cancel import Cancel
from backend_client.decoding import Document, decoded, encoded
from backend_client.filters import Where
from backend_client.paging import Page, every, page_of
from backend_client.records import Entity, Record

E = TypeVar("E", bound=Entity)

PAGE = 50
_ETAG = re.compile(r'(?:W/)?"[!#-~]*"')


@dataclass(frozen=True, slots=True)
class Version(Generic[E]):
    """A resource as the server held it when it answered.

    `etag` is sent back as If-Match by `change`; `document` is the whole JSON, with what the
    record does not know; `as_of` is the server's time, None where it does not say.
    """

    record: E
    document: bytes
    etag: str | None = None
    as_of: datetime | None = None


class Reading(Generic[E]):
    """One kind of resource that is read and listed."""

    def __init__(self, sender: Sender, path: str, kind: type[E], route: str = "") -> None:
        self._sender = sender
        self._path = path
        self._kind = kind
        self._route = route or path

    def get(
        self, identifier: str, *, fields: Sequence[str] = (), cancel: Cancel | None = None
    ) -> E:
        """One record by its id; `fields` names the first-level attributes wanted."""
        call = self._one("GET", identifier, params=_shown(fields), cancel=cancel)
        return decoded(self._sender.send(call), self._kind)

    def read(
        self,
        identifier: str,
        *,
        known: Version[E] | None = None,
        cancel: Cancel | None = None,
    ) -> Version[E]:
        """One resource with its version; `known` comes back where it is still the newest."""
        etag = known.etag if known else None
        headers = (("If-None-Match", etag),) if etag else ()
        answer = self._sender.send(self._one("GET", identifier, headers=headers, cancel=cancel))
        if known is not None and answer.status == 304:  # noqa: PLR2004 - HTTP's own number
            return known
        return self._version(answer)

    def page(
        self,
        where: Where | None = None,
        *,
        sort: str = "",
        fields: Sequence[str] = (),
        offset: int = 0,
        limit: int = PAGE,
        cancel: Cancel | None = None,
    ) -> Page[E]:
        """A part of the list. `sort` as TMF630 writes it: "-orderDate,+id"."""
        asked = self._asked(where, sort, fields)
        numbers = (("offset", str(offset)), ("limit", str(limit)))
        return self._page((*asked, *numbers), offset, cancel)

    def all(
        self,
        where: Where | None = None,
        *,
        sort: str = "",
        fields: Sequence[str] = (),
        limit: int = PAGE,
        cancel: Cancel | None = None,
    ) -> Iterator[E]:
        """The whole list, one request per page, made when its first record is asked for."""
        asked = self._asked(where, sort, fields)

        def turn(following: Params | None, offset: int) -> Page[E]:
            numbers = (("offset", str(offset)), ("limit", str(limit)))
            return self._page(following or (*asked, *numbers), offset, cancel)

        return every(turn)

    def _asked(self, where: Where | None, sort: str, fields: Sequence[str]) -> Params:
        order = (("sort", sort),) if sort else ()
        return (*(where.params if where else ()), *order, *_shown(fields))

    def _page(self, params: Params, offset: int, cancel: Cancel | None) -> Page[E]:
        call = Call(method="GET", path=self._path, route=self._route, params=params, cancel=cancel)
        answer = self._sender.send(call)
        records: tuple[E, ...] = decoded(answer, tuple[self._kind, ...])  # type: ignore[name-defined]  # a type made at run time
        return page_of(answer, records, offset, self._path)

    def _one(self, method: str, identifier: str, **more: Any) -> Call:
        path = f"{self._path}/{segment(identifier)}"
        return Call(method=method, path=path, route=f"{self._route}/{{id}}", **more)

    def _version(self, answer: Answer) -> Version[E]:
        record = decoded(answer, self._kind)
        etag = _ETAG.fullmatch(answer.headers.get("etag", "").strip())
        return Version(record, answer.body, etag and etag[0], _time(answer.headers.get("date")))


class Collection(Reading[E]):
    """One kind of resource that is also created and changed.

    `key` is an Idempotency-Key, one per intended effect: with it, a change whose answer got lost
    is sent again. Give it only to servers that keep such keys.
    """

    def create(
        self, document: Document | Record, *, key: str | None = None, cancel: Cancel | None = None
    ) -> Version[E]:
        """POST; the answer holds what the server set: id, href, state, dates."""
        call = Call(
            method="POST",
            path=self._path,
            route=self._route,
            body=encoded(document),
            key=key,
            cancel=cancel,
        )
        return self._version(self._sender.send(call))

    def change(
        self,
        target: str | Version[E],
        changes: Document,
        *,
        key: str | None = None,
        cancel: Cancel | None = None,
    ) -> Version[E]:
        """PATCH by merge (RFC 7396): arrays are replaced whole, None deletes.

        Given a Version with an ETag, it ends in Conflict where somebody was faster.
        """
        identifier = target if isinstance(target, str) else target.record.id
        etag = None if isinstance(target, str) else target.etag
        strong = etag is not None and not etag.startswith("W/")  # RFC 9110 13.1.1
        headers = (("If-Match", etag),) if etag and strong else ()
        call = self._one(
            "PATCH", identifier, body=encoded(changes), headers=headers, key=key, cancel=cancel
        )
        return self._version(self._sender.send(call))

    def remove(
        self, identifier: str, *, key: str | None = None, cancel: Cancel | None = None
    ) -> None:
        """DELETE, where the API has it."""
        self._sender.send(self._one("DELETE", identifier, key=key, cancel=cancel))


def _shown(fields: Sequence[str]) -> Params:
    return (("fields", ",".join(fields)),) if fields else ()


def _time(header: str | None) -> datetime | None:
    try:
        time = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
