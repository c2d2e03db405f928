"""Server-sent events: what happened, as it happens (`GET /desk-api/v1/events`)."""
# annotations are evaluated here: the dependency on the caller is a value, not a name

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Header
from fastapi.responses import StreamingResponse

from backend.access.caller import Caller
from backend.rest import feed, openapi
from backend.rest.feed import EventFeed, Happened, Position
from backend.rest.router import Wiring

HEARTBEAT = 15.0
"""Seconds between signs of life."""
LONGEST = 900.0
"""Seconds after which the stream ends: the desk comes back with a fresh token."""

RESYNC = b'event: resync\ndata: {"eventType": "ResyncEvent", "@type": "ResyncEvent"}\n\n'
"""Sent when the given id is no longer known: whoever listens must read anew."""


class Stream:
    """One desk's stream, from where it left off."""

    def __init__(
        self,
        wiring: Wiring,
        events: EventFeed,
        caller: Caller,
        *,
        heartbeat: float = HEARTBEAT,
        longest: float = LONGEST,
    ) -> None:
        self._wiring = wiring
        self._events = events
        self._caller = caller
        self._heartbeat = heartbeat
        self._longest = longest

    async def messages(self, last_id: str | None) -> AsyncIterator[bytes]:
        """SSE messages; they end with the server, when left behind, or after `longest` seconds."""
        subscriber = self._events.subscribe(self._caller)
        try:
            position, known = await anyio.to_thread.run_sync(self._start, last_id)
            yield b"retry: 2000\n" + (b"" if known else RESYNC) + _place(position)
            while page := await anyio.to_thread.run_sync(self._page, position):
                position = page[-1].position
                for event in page:
                    if event.visible_to(self._caller):
                        yield _message(event)
            async for message in self._live(subscriber.queue, position):
                yield message
        finally:
            self._events.unsubscribe(subscriber)

    async def _live(
        self, queue: asyncio.Queue[Happened | None], position: Position
    ) -> AsyncIterator[bytes]:
        ends = asyncio.get_running_loop().time() + self._longest
        while (left := ends - asyncio.get_running_loop().time()) > 0:
            try:
                event = await asyncio.wait_for(queue.get(), min(self._heartbeat, left))
            except TimeoutError:
                yield b": still here\n\n"
                continue
            if event is None:
                return
            if event.position > position:  # not seen while catching up
                yield _message(event)

    def _start(self, last_id: str | None) -> tuple[Position, bool]:
        """Where to go on, and whether that is where the caller left off."""
        self._events.wait_until_ready()
        given = Position.parse(last_id) if last_id else None
        with self._wiring.database.read() as connection:
            if given is not None and feed.known(connection, given):
                return given, True
            return feed.newest(connection), not last_id

    def _page(self, position: Position) -> list[Happened]:
        with self._wiring.database.read() as connection:
            return feed.after(connection, position)


def router(wiring: Wiring, events: EventFeed) -> APIRouter:
    """The route of the stream; every signed-in caller may listen and sees what it may read."""
    routes = APIRouter(tags=["desk"])
    current = wiring.current_caller

    async def listen(
        caller: Annotated[Caller, Depends(current)],
        last_event_id: Annotated[str | None, Header()] = None,
    ) -> StreamingResponse:
        stream = Stream(wiring, events, caller)
        return StreamingResponse(
            stream.messages(last_event_id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    routes.add_api_route(
        "/desk-api/v1/events",
        listen,
        operation_id="listenToEvents",
        summary="Live changes as server-sent events",
        response_model=None,
        responses={
            200: {"description": "Events", "content": {"text/event-stream": {}}},
            **openapi.errors(401, 500),
        },
    )
    return routes


def _message(event: Happened) -> bytes:
    return f"id: {event.position}\ndata: {event.body}\n\n".encode()


def _place(position: Position) -> bytes:
    """An id without data: remembered by the listener, shown to nobody."""
    return f"id: {position}\n\n".encode()
