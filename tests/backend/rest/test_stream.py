"""The stream of live changes, as a desk reads it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from backend.access.caller import Caller
from backend.database import Database
from backend.rest.feed import EventFeed
from backend.rest.router import Wiring
from backend.rest.stream import RESYNC, Stream
from tests.support.rest import AGENT, RESELLER, Api, messages

PEOPLE = "/tmf-api/party/v4/individual"
EDDA = {"givenName": "Edda", "familyName": "Marrowby"}


@contextmanager
def listening(api: Api, last_id: str | None = None) -> Iterator[Iterator[dict[str, str]]]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    answer = api.as_caller(api.callers[api.caller]).call(
        "GET", "/desk-api/v1/events", stream=True, headers=headers
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    try:
        yield messages(answer)
    finally:
        answer.close()


def test_a_change_arrives_while_one_listens(api: Api) -> None:
    with listening(api) as events:
        hello = next(events)
        assert "data" not in hello
        person = api.made(PEOPLE, EDDA)
        event = json.loads(next(events)["data"])
    assert event["eventType"] == "IndividualCreateEvent"
    assert event["event"]["individual"] == person


def test_whoever_comes_back_gets_what_was_missed(api: Api) -> None:
    with listening(api) as events:
        next(events)
        api.made(PEOPLE, EDDA)
        seen = next(events)
    missed = [api.made(PEOPLE, EDDA)["id"] for _ in range(3)]
    with listening(api, seen["id"]) as events:
        assert "event" not in next(events)
        again = [json.loads(next(events)["data"]) for _ in range(3)]
        live = api.made(PEOPLE, EDDA)["id"]
        again.append(json.loads(next(events)["data"]))
    assert [one["event"]["individual"]["id"] for one in again] == [*missed, live]


def test_an_unknown_place_asks_to_read_anew(api: Api) -> None:
    api.made(PEOPLE, EDDA)
    for last_id in ("999-999", "nonsense"):
        with listening(api, last_id) as events:
            assert next(events)["event"] == "resync"


def test_a_reseller_hears_of_its_own_only(api: Api) -> None:
    reseller = api.as_caller(RESELLER)
    with listening(reseller) as events:
        next(events)
        api.made(PEOPLE, EDDA)
        own = reseller.made(PEOPLE, EDDA)
        event = json.loads(next(events)["data"])
    assert event["event"]["individual"]["id"] == own["id"]


def test_many_listeners_hear_the_same(api: Api) -> None:
    first, second = listening(api), listening(api)
    with first as one, second as other:
        next(one), next(other)
        for _ in range(5):
            api.made(PEOPLE, EDDA)
        assert [next(one)["id"] for _ in range(5)] == [next(other)["id"] for _ in range(5)]


def collected(stream: Stream, last_id: str | None = None) -> list[bytes]:
    async def collect() -> list[bytes]:
        return [message async for message in stream.messages(last_id)]

    return asyncio.run(collect())


def stream_of(database: Database, stopping: threading.Event, caller: Caller = AGENT) -> Stream:
    wiring = Wiring(database, lambda: caller)
    return Stream(wiring, EventFeed(database, stopping), caller, heartbeat=0.01, longest=0.1)


def test_a_silent_stream_shows_life_and_ends_in_time(database: Database) -> None:
    first, *others = collected(stream_of(database, threading.Event()))
    assert first == b"retry: 2000\nid: 0-0\n\n"
    assert set(others) == {b": still here\n\n"}


def test_a_stream_that_begins_while_its_server_ends_is_over_at_once(database: Database) -> None:
    stopping = threading.Event()
    stopping.set()
    wiring = Wiring(database, lambda: AGENT)
    feed = EventFeed(database, stopping)

    async def listen() -> list[bytes]:
        return [message async for message in Stream(wiring, feed, AGENT).messages(None)]

    for _ in range(3):  # whether the feed's thread or the stream is first
        assert len(asyncio.run(asyncio.wait_for(listen(), 5))) == 1


def test_a_stream_ends_with_its_server(database: Database) -> None:
    stopping = threading.Event()
    wiring = Wiring(database, lambda: AGENT)
    stream = Stream(wiring, EventFeed(database, stopping), AGENT)

    async def listen() -> list[bytes]:
        found = []
        async for message in stream.messages("gone"):
            found.append(message)
            stopping.set()
        return found

    (only,) = asyncio.run(asyncio.wait_for(listen(), 20))
    assert RESYNC in only
