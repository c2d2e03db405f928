"""A server and a client for each test, with a clock that only tests move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from backend_client import BearerToken, Cancel, Client, Settings
from tests.backend_client.server import Server, running


class Clock:
    """Nobody sleeps: waiting moves the time and is written down."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        self.waits: list[float] = []
        self.cancels: list[Cancel | None] = []
        self.luck = 0.5

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    def wait(self, seconds: float, cancel: Cancel | None) -> None:
        self.waits.append(seconds)
        self.cancels.append(cancel)
        self.time += timedelta(seconds=seconds)

    def chance(self) -> float:
        return self.luck


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Server]:
    yield from running()


@pytest.fixture
def settings() -> Settings:
    return Settings(read_timeout=0.3, connect_timeout=1.0, heartbeat_timeout=0.3, proxies={})


@pytest.fixture
def client(server: Server, clock: Clock, settings: Settings) -> Iterator[Client]:
    with Client(server.url, tokens=BearerToken("t0"), settings=settings, clock=clock) as client:
        yield client
