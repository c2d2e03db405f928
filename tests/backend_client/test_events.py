"""Live changes through lost connections, silent servers and expired tokens."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from backend_client import (
    BearerToken,
    Cancel,
    Client,
    Event,
    Link,
    NotAllowed,
    Rejected,
    Settings,
    SignedOut,
)
from backend_client.events import UNREADABLE
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Fault, Reply, Request, Server

STREAM = {"Content-Type": "text/event-stream"}


def change(number: int, **more: Any) -> bytes:
    envelope = {
        "eventId": f"e{number}",
        "eventType": "ProductOrderStateChangeEvent",
        "eventTime": "2026-11-20T09:00:00.000Z",
        "customerId": "KF-1",
        "event": {"productOrder": {"id": "O-1", "state": "completed"}},
        **more,
    }
    return f"id: {number}\nevent: change\ndata: {json.dumps(envelope)}\n\n".encode()


class Stream:
    """Connection by connection, what the server sends before it closes."""

    def __init__(self, *connections: Reply | bytes) -> None:
        self.connections = list(connections)

    def __call__(self, _request: Request) -> Reply:
        following = self.connections.pop(0) if self.connections else b""
        return following if isinstance(following, Reply) else Reply(200, following, STREAM)


def take(client: Client, count: int, last_id: str = "", **options: Any) -> list[Event]:
    return list(islice(client.events(last_id, **options), count))


def test_an_event_says_what_changed_for_whom(server: Server, client: Client) -> None:
    server.answering = Stream(b": welcome\n\n" + change(7))
    (event,) = take(client, 1)
    assert (event.id, event.type) == ("7", "ProductOrderStateChangeEvent")
    assert (event.resource, event.document["state"]) == ("productOrder", "completed")
    assert event.customer_id == "KF-1"
    assert event.time is not None
    assert event.time.tzinfo is not None
    request = server.requests[0]
    assert request.headers["accept"] == "text/event-stream"
    assert request.headers["authorization"] == "Bearer t0"
    assert "last-event-id" not in request.headers


def test_a_lost_connection_goes_on_where_it_ended(
    server: Server, client: Client, clock: Clock
) -> None:
    links: list[Link] = []
    server.answering = Stream(change(1) + change(2), b"", change(2) + change(3))
    events = take(client, 3, "0", on_link=links.append)
    assert [event.id for event in events] == ["1", "2", "3"]
    assert [r.headers["last-event-id"] for r in server.requests] == ["0", "2", "2"]
    assert links == [Link.OPEN, Link.LOST, Link.OPEN, Link.LOST, Link.OPEN]
    assert clock.waits == pytest.approx([0.3, 0.6])


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_outlived(server: Server, client: Client, fault: Fault) -> None:
    server.answering = Stream(*[change(1)] * 3)
    server.faults.extend([fault, fault])
    assert take(client, 1)[0].id == "1"


def test_a_silent_server_is_left_after_the_heartbeat_time(
    server: Server, settings: Settings, clock: Clock
) -> None:
    quick = replace(settings, heartbeat_timeout=0.2)
    silent = Reply(200, change(1), {**STREAM, "Content-Length": "5000"})
    server.answering = Stream(silent, change(2))
    with Client(server.url, tokens=BearerToken("t"), settings=quick, clock=clock) as client:
        assert [event.id for event in take(client, 2)] == ["1", "2"]


def test_pauses_grow_up_to_a_minute_and_heed_the_server(
    server: Server, client: Client, clock: Clock
) -> None:
    server.answering = Stream(
        Reply.of({}, 503, Retry_After="40"), *[Reply.of({}, 500)] * 9, b"retry: 9000\n\n", change(1)
    )
    take(client, 1)
    assert clock.waits[0] == pytest.approx(40.3)
    assert clock.waits[1:4] == pytest.approx([0.6, 1.2, 2.4])
    assert max(clock.waits[1:]) == 30


@pytest.mark.parametrize(("status", "kind"), [(401, SignedOut), (403, NotAllowed), (404, Rejected)])
def test_what_waiting_does_not_mend_is_raised(
    server: Server, client: Client, status: int, kind: type[Exception]
) -> None:
    server.says({}, status)
    with pytest.raises(kind):
        take(client, 1)


def test_an_expired_token_is_renewed(server: Server, settings: Settings, clock: Clock) -> None:
    def answer(request: Request) -> Reply:
        if request.path == "/auth/token":
            return Reply.of({"access_token": "new"})
        fresh = request.headers["authorization"] == "Bearer new"
        return Reply(200, change(1), STREAM) if fresh else Reply.of({}, 401)

    server.answering = answer
    with Client(server.url, settings=settings, clock=clock) as client:
        client.tokens._access = "old"
        client.tokens._refresh = "r"
        assert take(client, 1)[0].id == "1"


@pytest.mark.parametrize("data", [b"{", b"[]", b'"x"', b'{"eventTime": "no"}', b'{"event": 7}'])
def test_an_event_that_cannot_be_read_asks_to_read_anew(
    server: Server, client: Client, data: bytes
) -> None:
    server.answering = Stream(b"id: 4\ndata: " + data + b"\n\n" + change(5))
    events = take(client, 2)
    assert (events[0].id, events[0].type, events[0].read_anew) == ("4", UNREADABLE, True)
    assert events[1].id == "5"


def test_the_official_files_misspelling_of_the_time_is_read(server: Server, client: Client) -> None:
    server.answering = Stream(change(1, eventTime=None, timeOcurred="2026-11-20T09:00:00Z"))
    assert take(client, 1)[0].time is not None


@pytest.mark.parametrize("last", ["ø", "a\x7fb"])
def test_a_place_that_is_no_header_is_not_sent(server: Server, client: Client, last: str) -> None:
    server.answering = Stream(change(1))
    take(client, 1, last)
    assert "last-event-id" not in server.requests[0].headers


def test_an_answer_that_is_no_stream_is_tried_again(server: Server, client: Client) -> None:
    server.answering = Stream(Reply.of({}), change(1))
    assert take(client, 1)[0].id == "1"


def test_stopping_ends_a_listener_that_waits(server: Server, client: Client) -> None:
    stop = Cancel()
    waiting = Reply(200, change(1), {**STREAM, "Content-Length": "5000"})
    server.answering = Stream(waiting)
    events = client.events(stop=stop)
    assert next(events).id == "1"
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(list, events)
        stop.cancel()
        assert rest.result(10) == []


def test_stopping_ends_a_listener_that_is_between_connections(
    server: Server, settings: Settings
) -> None:
    stop = Cancel()

    class Impatient(Clock):
        def wait(self, seconds: float, cancel: Cancel | None) -> None:
            super().wait(seconds, cancel)
            stop.cancel()

    server.says({}, 503)
    with Client(
        server.url, tokens=BearerToken("t"), settings=settings, clock=Impatient()
    ) as client:
        assert list(client.events(stop=stop)) == []
    assert len(server.requests) == 1


def test_an_event_without_end_is_left_and_the_stream_read_anew(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend_client.sse.LONGEST", 1000)
    server.answering = Stream(b"data: " + b"x" * 2000 + b"\n\n", change(1))
    assert take(client, 1)[0].id == "1"


def test_an_answer_of_success_without_a_stream_is_tried_again(
    server: Server, client: Client
) -> None:
    server.answering = Stream(Reply(204, b""), change(1))
    assert take(client, 1)[0].id == "1"


def test_a_place_the_server_has_forgotten_asks_to_read_anew(server: Server, client: Client) -> None:
    resync = b'retry: 2000\nevent: resync\ndata: {"eventType": "ResyncEvent"}\n\nid: 9-1\n\n'
    server.answering = Stream(resync, change(10))
    first, second = take(client, 2, "1-1")
    assert first.read_anew
    assert not second.read_anew
    assert server.requests[1].headers["last-event-id"] == "9-1"
