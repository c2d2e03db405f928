"""Live changes: a stream that outlives lost connections."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec
import requests

from backend_client.calls import Call
from backend_client.cancel import Cancel, Cancelled
from backend_client.decoding import read
from backend_client.errors import ServerFault, Trace, Unreachable
from backend_client.records import Record, Time
from backend_client.sse import Message, Parser, TooLong
from backend_client.transport import Transport

_CHUNK = 64 * 1024
_REMEMBERED = 1000
_LONGEST_PAUSE = 60.0
UNREADABLE = "Unreadable"
RESYNC = "ResyncEvent"
"""Our server's word that it no longer knows the place we asked to go on from."""


class Link(Enum):
    """Whether events are arriving; after LOST, what is on screen may be old."""

    OPEN = "open"
    LOST = "lost"


class Envelope(Record, frozen=True):
    """A TM Forum event as it is delivered. The official files spell one name `timeOcurred`."""

    event_id: str = ""
    event_type: str = ""
    event_time: Time | None = None
    time_ocurred: Time | None = None
    domain: str | None = None
    correlation_id: str | None = None
    customer_id: str | None = None
    event: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Event(Record, frozen=True):
    """One change.

    `id` goes back as `last_id` to go on from here. `resource` is TMF's name of what changed
    ("productOrder"), `document` its new state.
    """

    id: str
    type: str
    time: datetime | None = None
    customer_id: str | None = None
    resource: str = ""
    document: Mapping[str, Any] = msgspec.field(default_factory=dict)
    event_id: str = ""

    @property
    def read_anew(self) -> bool:
        """Something was missed: read again what is on screen."""
        return self.type in {UNREADABLE, RESYNC}


class Events:
    """`GET /desk-api/v1/events`, read for as long as somebody listens."""

    def __init__(self, transport: Transport, path: str = "/desk-api/v1/events") -> None:
        self._transport = transport
        self._path = path

    def listen(
        self,
        last_id: str = "",
        *,
        stop: Cancel | None = None,
        on_link: Callable[[Link], None] | None = None,
    ) -> Iterator[Event]:
        """Events after `last_id`, without end; each at least once, doubles of it left out.

        Reconnects by itself, with growing pauses, after a lost connection, a silent server or a
        server fault; `on_link` is told. Ends when `stop` is used. SignedOut, NotAllowed and
        Rejected (no such stream) are raised.
        """
        stop = stop or Cancel()
        tell = on_link or (lambda _link: None)
        parser = Parser(last_id)
        seen: deque[str] = deque(maxlen=_REMEMBERED)
        failures = 0
        while not stop.cancelled:
            asked: datetime | None = None
            try:
                for message in self._messages(parser, stop, tell):
                    failures = 0
                    event = _event(message)
                    if event.event_id not in seen:
                        yield event
                    if event.event_id:
                        seen.append(event.event_id)
            except Cancelled:
                return
            except (Unreachable, ServerFault) as error:
                asked = error.retry_at
            tell(Link.LOST)
            failures += 1
            self._pause(failures, parser, asked, stop)

    def _messages(
        self, parser: Parser, stop: Cancel, tell: Callable[[Link], None]
    ) -> Iterator[Message]:
        """Those of one connection, until it ends."""
        last_id = (
            parser.last_id if parser.last_id.isascii() and parser.last_id.isprintable() else ""
        )
        headers = (("Last-Event-ID", last_id),) if last_id else ()
        call = Call(
            method="GET", path=self._path, accept="text/event-stream", headers=headers, cancel=stop
        )
        with self._transport.open(call) as response:
            if "event-stream" not in response.headers.get("Content-Type", "").lower():
                raise ServerFault(trace=call.trace("", response.status_code, cause="no stream"))
            tell(Link.OPEN)
            fresh = Parser(parser.last_id)
            for chunk in _chunks(response):
                try:
                    yield from fresh.feed(chunk)
                except TooLong as error:
                    trace = call.trace("", response.status_code, cause="event too large")
                    raise ServerFault(trace=trace) from error
                parser.last_id = fresh.last_id
                parser.retry_seconds = fresh.retry_seconds
                stop.check()

    def _pause(self, failures: int, parser: Parser, asked: datetime | None, stop: Cancel) -> None:
        clock, retry = self._transport.clock, self._transport.settings.retry
        most = min(
            _LONGEST_PAUSE, max(retry.base, parser.retry_seconds or 0) * 2 ** min(failures, 8)
        )
        pause = clock.chance() * most
        if asked is not None:
            pause += min(_LONGEST_PAUSE, (asked - clock.now()).total_seconds())
        clock.wait(max(0.0, pause), stop)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """Bytes as they arrive, not when a buffer is full."""
    while chunk := response.raw.read1(_CHUNK):
        yield chunk


def _event(message: Message) -> Event:
    try:
        told = read(message.data.encode(), Envelope, Trace())
    except ServerFault:
        return Event(id=message.id, type=UNREADABLE)
    resource, document = next(iter(told.event.items()), ("", {}))
    return Event(
        id=message.id,
        type=told.event_type or message.event,
        time=told.event_time or told.time_ocurred,
        customer_id=told.customer_id,
        resource=resource,
        document=document if isinstance(document, dict) else {},
        event_id=told.event_id,
    )
