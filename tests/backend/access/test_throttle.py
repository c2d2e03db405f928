"""Guessing passwords gets slow, however it is tried."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from backend.access.throttle import ACCOUNT, ADDRESS, Throttle
from backend.database import Database

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Clock:
    """A time that only moves when told."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time

    def wait(self, span: timedelta) -> None:
        self.time += span


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(database: Database, clock: Clock) -> Throttle:
    return Throttle(database, clock.now)


def tries_within_an_hour(throttle: Throttle, clock: Clock, *, name: str | None) -> int:
    """How many tries somebody gets who never gives up; on one name, or each time another."""
    checked = 0
    while clock.time < START + timedelta(hours=1):
        wait = throttle.take(name or f"name-{checked}", "203.0.113.7")
        checked += wait is None
        clock.wait(wait or timedelta(seconds=0.1))
    return checked


def test_one_account_gets_fewer_than_20_tries_in_an_hour(throttle: Throttle, clock: Clock) -> None:
    assert ACCOUNT.free <= tries_within_an_hour(throttle, clock, name="agent") < 20


def test_one_address_gets_fewer_than_100_tries_in_an_hour(throttle: Throttle, clock: Clock) -> None:
    assert ADDRESS.free <= tries_within_an_hour(throttle, clock, name=None) < 100


def test_waiting_doubles(throttle: Throttle, clock: Clock) -> None:
    for _ in range(ACCOUNT.free):
        assert throttle.take("agent", "a") is None
    waits = []
    for _ in range(4):
        wait = throttle.take("agent", "a")
        assert wait is not None
        waits.append(wait.total_seconds())
        clock.wait(wait)
        assert throttle.take("agent", "a") is None
    assert waits == [1, 2, 4, 8]


def test_many_tries_at_once_gain_nothing(throttle: Throttle) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _: throttle.take("agent", "a"), range(40)))
    assert sum(wait is None for wait in waits) == ACCOUNT.free


def test_a_right_password_gives_the_account_a_new_start(
    throttle: Throttle, database: Database
) -> None:
    for _ in range(3):
        throttle.take("agent", "a")
    with database.begin() as connection:
        throttle.succeeded(connection, "agent", "a")
    assert [throttle.take("agent", "a") for _ in range(ACCOUNT.free)] == [None] * ACCOUNT.free
    assert throttle.take("agent", "a") is not None


def test_an_office_whose_people_sign_in_rightly_is_never_slowed(
    throttle: Throttle, database: Database
) -> None:
    for number in range(3 * ADDRESS.free):
        assert throttle.take(f"agent-{number}", "office") is None
        with database.begin() as connection:
            throttle.succeeded(connection, f"agent-{number}", "office")


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_on_one_machine_only_the_account_counts(throttle: Throttle, address: str) -> None:
    names = [f"name-{number}" for number in range(2 * ADDRESS.free)]
    assert [throttle.take(name, address) for name in names] == [None] * len(names)
    waits = [throttle.take("agent", address) for _ in range(ACCOUNT.free + 1)]
    assert waits[-1] is not None


def test_after_a_quiet_hour_all_is_forgotten(throttle: Throttle, clock: Clock) -> None:
    for _ in range(ACCOUNT.free):
        throttle.take("agent", "a")
    clock.wait(timedelta(hours=1, seconds=2))
    assert [throttle.take("agent", "a") for _ in range(ACCOUNT.free)] == [None] * ACCOUNT.free
