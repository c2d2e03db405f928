"""What every request must pass before a route sees it: host, size, and headers going out."""

from __future__ import annotations

from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.rest.error_pages import answer

_LOOPBACK_NAMES = frozenset({b"localhost", b"127.0.0.1", b"[::1]"})
_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class HostShield:
    """On loopback answers only to this machine's own names.

    A web page whose name was made to point here (DNS rebinding) still sends its own name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_ours(_header(scope, b"host")):
            await answer(421, "This server is not known by that name.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


class SizeShield:
    """Refuses a body above `limit` bytes, whether its length was declared or not."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = _header(scope, b"content-length")
        if declared and (not declared.isdigit() or int(declared[:20]) > self._limit):
            await self._refuse(scope, receive, send)
            return
        counted = _Counted(receive, send, self._limit)
        with suppress(_TooLong):
            await self._app(scope, counted.receive, counted.send)
        if counted.too_long and not counted.answered:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        sentence = f"The request is too large: at most {self._limit // 1024} KiB."
        # the rest of the body is not read, so the connection cannot be used again
        await answer(413, sentence, {"Connection": "close"})(scope, receive, send)


class HeaderShield:
    """Puts the headers on every answer that keep browsers from misusing it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message["headers"]
                names = {name.lower() for name, _value in given}
                added = [*given, *_ALWAYS]
                if b"cache-control" not in names:
                    kept = b"private, no-cache" if b"etag" in names else b"no-store"
                    added.append((b"cache-control", kept))
                message = {**message, "headers": added}
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _TooLong(Exception):  # noqa: N818 - a signal between two functions here
    """The body went over the limit while it was read."""


class _Counted:
    """A request whose body is counted; once it is too long the app's own answer is dropped."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive = receive
        self._send = send
        self._left = limit
        self.too_long = False
        self.answered = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.too_long = True
            raise _TooLong
        return message

    async def send(self, message: Message) -> None:
        if self.too_long and not self.answered:
            return
        self.answered = True
        await self._send(message)


def _header(scope: Scope, wanted: bytes) -> bytes:
    found = (value for name, value in scope["headers"] if name == wanted)
    return next(found, b"")


def _is_ours(host: bytes) -> bool:
    name, _colon, port = host.lower().rpartition(b":")
    if not port.isdigit():
        name = host.lower()
    return name in _LOOPBACK_NAMES
