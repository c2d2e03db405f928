"""A call that is no longer wanted ends, wherever it is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from backend_client import BearerToken, Cancel, Cancelled, Client, Settings
from backend_client.clock import SystemClock
from tests.backend_client.conftest import Clock
from tests.backend_client.server import Fault, Reply, Server


def test_cancelling_ends_a_call_that_waits_for_the_server(
    server: Server, clock: Clock, settings: Settings
) -> None:
    server.faults.append(Fault.SLOW)
    patient = replace(settings, read_timeout=60)
    cancel = Cancel()
    with (
        Client(server.url, tokens=BearerToken("t"), settings=patient, clock=clock) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        running = pool.submit(client.customers.get, "KF-1", cancel=cancel)
        assert server.arrived.wait(10)
        cancel.cancel()
        with pytest.raises(Cancelled):
            running.result(10)


def test_cancelling_ends_a_call_in_the_middle_of_its_answer(
    server: Server, clock: Clock, settings: Settings
) -> None:
    half = threading.Event()
    reply = Reply(200, b'{"id": ', {"Content-Length": "5000"})
    server.answering = lambda _request: reply
    patient = replace(settings, read_timeout=60)
    cancel = Cancel()
    with (
        Client(server.url, tokens=BearerToken("t"), settings=patient, clock=clock) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        running = pool.submit(client.customers.get, "KF-1", cancel=cancel)
        assert server.arrived.wait(10)
        half.wait(0.05)  # the head is on its way; earlier or later, the outcome is the same
        cancel.cancel()
        with pytest.raises(Cancelled):
            running.result(10)


def test_a_cancelled_call_is_not_sent(server: Server, client: Client) -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(Cancelled):
        client.customers.get("KF-1", cancel=cancel)
    assert server.requests == []


def test_cancelling_between_attempts_ends_the_retries(server: Server, settings: Settings) -> None:
    cancel = Cancel()

    class Impatient(Clock):
        def wait(self, seconds: float, cancel: Cancel | None) -> None:
            super().wait(seconds, cancel)
            assert cancel is not None
            cancel.cancel()

    server.faults.append(Fault.STATUS_503)
    with (
        Client(server.url, tokens=BearerToken("t"), settings=settings, clock=Impatient()) as client,
        pytest.raises(Cancelled),
    ):
        client.customers.get("KF-1", cancel=cancel)
    assert len(server.requests) == 1


def test_watchers_are_called_once_and_not_after_they_left() -> None:
    cancel = Cancel()
    calls: list[str] = []
    with cancel.watched_by(lambda: calls.append("left")):
        pass
    with cancel.watched_by(lambda: calls.append("watching")):
        cancel.cancel()
        cancel.cancel()
    assert calls == ["watching"]
    with pytest.raises(Cancelled), cancel.watched_by(lambda: None):
        pytest.fail("too late to begin")


def test_the_systems_clock_wakes_when_cancelled() -> None:
    clock, cancel = SystemClock(), Cancel()
    cancel.cancel()
    clock.wait(3600, cancel)
    clock.wait(0, None)
    assert 0 <= clock.chance() < 1
    assert clock.now().tzinfo is not None
    assert clock.monotonic() <= clock.monotonic()
