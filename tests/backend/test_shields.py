"""What never reaches a route: foreign names, bodies without measure; and what every answer has."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from backend.shields import HostShield, SizeShield
from tests.support.backend import RunningBackend

LIMIT = 100


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8620", "[::1]:8620", "LOCALHOST:1"])
def test_the_machines_own_names_are_answered(shared_backend: RunningBackend, host: str) -> None:
    answer = shared_backend.call("GET", "/health", user=None, headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8620", "[::2]", "::1", "@"],
)
def test_a_name_made_to_point_here_is_not(shared_backend: RunningBackend, host: str) -> None:
    answer = shared_backend.call("GET", "/auth/me", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["@type"] == "Error"


def test_a_server_for_other_machines_answers_to_every_name() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("in")(scope, receive, send)

    assert status(asked(HostShield(app), [], host=b"evil.example")) == 421
    assert status(asked(HostShield(app), [], host=b"localhost")) == 200


def test_every_answer_keeps_browsers_from_misusing_it(shared_backend: RunningBackend) -> None:
    for path in ("/health", "/auth/me", "/nothing-here"):
        headers = shared_backend.call("GET", path, user=None).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers


def test_another_origin_gets_no_leave_to_ask(shared_backend: RunningBackend) -> None:
    asking = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = shared_backend.call("OPTIONS", "/auth/token", user=None, headers=asking)
    assert answer.status_code == 405
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_body_that_says_it_is_too_large_is_refused_at_once(
    shared_backend: RunningBackend,
) -> None:
    host, port = shared_backend.url.removeprefix("http://").split(":")
    head = "POST /auth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(head.encode())
        answer = b"".join(iter(lambda: connection.recv(10_000), b""))
    assert answer.startswith(b"HTTP/1.1 413")
    assert b'"@type":"Error"' in answer


def test_a_body_that_does_not_say_and_is_too_large_is_refused(
    shared_backend: RunningBackend,
) -> None:
    pieces = shared_backend.application.parts.settings.body_limit // 65_536 + 1

    def body() -> Iterator[bytes]:
        for _ in range(pieces):
            yield b" " * 65_536

    path = "/tmf-api/customerManagement/v4/customer"
    headers = {"Content-Type": "application/json"}
    try:
        answer = shared_backend.call("POST", path, data=body(), headers=headers)
    except requests.ConnectionError:
        return  # it hung up while we were still sending, which is as good
    assert answer.status_code == 413


async def measure(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads all and answers how much it was."""
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


async def stubborn(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers whatever happens to its reading."""
    try:
        await measure(scope, receive, send)
    except Exception:  # noqa: BLE001 - that is what it is here to do
        await PlainTextResponse("never mind", 400)(scope, receive, send)


def asked(app: object, pieces: list[bytes], host: bytes = b"localhost") -> list[Message]:
    """What `app` sends when it is asked with a body in `pieces`."""
    sent: list[Message] = []
    waiting = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
        for number, piece in enumerate(pieces, 1)
    ] or [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/", "headers": [(b"host", host)],
        "query_string": b"",
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))  # type: ignore[operator]  # any ASGI application
    return sent


def status(sent: list[Message]) -> int:
    starts = [message["status"] for message in sent if message["type"] == "http.response.start"]
    assert len(starts) == 1
    return int(starts[0])


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_the_limit_is_exact_however_the_body_comes(pieces: list[bytes]) -> None:
    size = sum(map(len, pieces))
    expected = 200 if size <= LIMIT else 413
    assert status(asked(SizeShield(measure, LIMIT), pieces)) == expected


def test_an_application_that_answers_all_the_same_is_not_heard() -> None:
    assert status(asked(SizeShield(stubborn, LIMIT), [b"x" * 60] * 2)) == 413


@pytest.mark.parametrize("declared", [b"-1", b"many", b"9" * 40, b"101"])
def test_a_length_that_is_none_or_too_much_is_refused(declared: bytes) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scope["headers"] = [(b"content-length", declared)]
        await SizeShield(measure, LIMIT)(scope, receive, send)

    assert status(asked(app, [])) == 413
