"""The line to the server: who is told when it goes, and how it is looked for."""

from __future__ import annotations

import datetime as dt
import threading

from app.changes import Change, Changes, Kind
from app.connection import Connection, LineWatch
from tests.support.waiting import PATIENCE, eventually

START = dt.datetime(2026, 11, 20, 9, 12, tzinfo=dt.UTC)


class Scene:
    """A connection with a clock to set, and everything that was announced."""

    def __init__(self) -> None:
        self.now = START
        self.told: list[Change] = []
        changes = Changes()
        changes.watch(self.told.append)
        self.connection = Connection(changes, lambda: self.now)


def test_it_starts_connected_and_says_nothing() -> None:
    scene = Scene()
    scene.connection.answered()
    assert scene.connection.online
    assert scene.told == []


def test_a_lost_line_is_told_once_with_its_hour() -> None:
    scene = Scene()
    scene.now += dt.timedelta(minutes=2)
    scene.connection.failed()
    scene.now += dt.timedelta(minutes=1)
    next_try = scene.now + dt.timedelta(seconds=12)
    scene.connection.failed(next_try)
    assert [change.kind for change in scene.told] == [Kind.CONNECTION]
    assert scene.connection.line.since == START + dt.timedelta(minutes=2)
    assert scene.connection.line.next_try == next_try


def test_a_line_that_is_back_is_told_and_wakes_those_who_wait() -> None:
    scene = Scene()
    scene.connection.failed()
    woken = threading.Event()

    def wait() -> None:
        scene.connection.wait(PATIENCE)
        woken.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    eventually(lambda: bool(scene.connection._woken._waiters))  # type: ignore[attr-defined]  # the only sign that it waits
    scene.connection.answered()
    assert woken.wait(PATIENCE)
    waiting.join()
    assert [change.kind for change in scene.told] == [Kind.CONNECTION, Kind.CONNECTION]


def test_a_wake_up_call_before_the_wait_is_not_missed() -> None:
    scene = Scene()
    seen = scene.connection.wait(0)
    scene.connection.try_now()
    assert scene.connection.wait(PATIENCE, since=seen) == seen + 1


def test_a_failed_call_alone_does_not_make_it_offline() -> None:
    scene = Scene()
    scene.connection.doubted()
    assert scene.connection.online


class Server:
    """A server that is there or not."""

    def __init__(self) -> None:
        self.there = True
        self.asked = 0

    def is_there(self) -> bool:
        self.asked += 1
        return self.there


def test_the_watch_looks_at_a_doubt_and_finds_the_server_gone_then_back() -> None:
    scene, server = Scene(), Server()
    watch = LineWatch(scene.connection, server.is_there, lambda: scene.now)
    thread = threading.Thread(target=watch.run)
    thread.start()
    scene.connection.doubted()
    eventually(lambda: server.asked > 0)
    assert scene.connection.online  # the call was lost, the server was not
    server.there = False
    scene.connection.doubted()
    eventually(lambda: not scene.connection.online)
    next_try = scene.connection.line.next_try
    assert next_try is not None
    assert next_try > scene.now
    server.there = True
    scene.connection.try_now()
    eventually(lambda: scene.connection.online)
    watch.stop()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_the_pauses_between_two_looks_grow_to_half_a_minute() -> None:
    scene, server = Scene(), Server()
    server.there = False
    watch = LineWatch(scene.connection, server.is_there, lambda: scene.now)
    pauses: list[float] = []
    pause: float | None = None
    for _ in range(8):
        pause = watch._look(pause)
        assert pause is not None
        pauses.append(pause)
    assert pauses[0] <= 2
    assert pauses[-1] > pauses[0]
    assert max(pauses) <= 30
    server.there = True
    assert watch._look(pause) is None
