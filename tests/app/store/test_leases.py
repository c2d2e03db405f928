"""Held numbers are remembered, so that none stays blocked for nothing."""

from __future__ import annotations

from datetime import timedelta

from app.store.leases import Lease
from app.store.store import Store
from tests.app.store.people import NOON


def test_a_hold_is_noted_prolonged_and_dropped(store: Store) -> None:
    store.leases.put(Lease("07700900471", "d1", NOON))
    store.leases.put(Lease("07700900472", "d1", NOON))
    store.leases.put(Lease("07700900471", "d1", NOON + timedelta(minutes=15)))
    store.leases.drop("07700900472")
    assert store.leases.of("d1") == (Lease("07700900471", "d1", NOON + timedelta(minutes=15)),)
    assert store.leases.of("d2") == ()
