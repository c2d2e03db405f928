"""My day counts what really happened, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.home.day import MyDay
from app.store.store import Store, open_store
from tests.app.store.people import FakeKeychain, SetClock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "desk", "maren", FakeKeychain())
    yield opened
    opened.close()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


def test_a_day_on_which_nothing_happened_has_no_figures(store: Store, clock: SetClock) -> None:
    assert MyDay(store.preferences, clock).figures() == ()


def test_each_customer_counts_once(store: Store, clock: SetClock) -> None:
    day = MyDay(store.preferences, clock)
    for customer in ("a", "b", "a"):
        day.opened(customer)
    (contacts,) = day.figures()
    assert contacts.value == "2"
    assert contacts.caption == f"contacts since {clock.now:%H:%M}"


def test_waiting_is_added_up(store: Store, clock: SetClock) -> None:
    day = MyDay(store.preferences, clock)
    day.opened("a")
    day.waited(0.4)
    day.waited(1.7)
    assert [(figure.value, figure.caption) for figure in day.figures()] == [
        ("1", f"contact since {clock.now:%H:%M}"),
        ("2.1 s", "waited for 2 answers"),
    ]


def test_the_day_goes_on_after_a_new_start(store: Store, clock: SetClock) -> None:
    MyDay(store.preferences, clock).opened("a")
    again = MyDay(store.preferences, clock)
    again.opened("b")
    assert again.figures()[0].value == "2"


def test_a_new_day_begins_at_nothing(store: Store, clock: SetClock) -> None:
    day = MyDay(store.preferences, clock)
    day.opened("a")
    clock.forward(days=1)
    assert day.figures() == ()


def test_figures_of_another_version_are_left_alone(store: Store, clock: SetClock) -> None:
    store.preferences.put("myDay", {"day": "never"})
    assert MyDay(store.preferences, clock).figures() == ()
