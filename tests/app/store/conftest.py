"""Fixtures of the store's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.store import Store, open_store
from tests.app.store.people import FakeKeychain, SetClock


@pytest.fixture
def keychain() -> FakeKeychain:
    return FakeKeychain()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kestrelfjord"


@pytest.fixture
def store(folder: Path, keychain: FakeKeychain, clock: SetClock) -> Iterator[Store]:
    """Maren's store, empty and on disk."""
    opened = open_store(folder, "maren", keychain, clock=clock)
    assert opened.durable
    yield opened
    opened.close()
