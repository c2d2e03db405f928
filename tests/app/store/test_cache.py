"""Documents are kept byte for byte, and no longer than they may be."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from app.store.cache import DocumentKind, Retention
from app.store.records import Cached
from app.store.store import Store
from tests.app.store.people import ANSELM, EDDA, EVERYBODY, KELDA, NOON, SetClock

ACCOUNT = DocumentKind.ACCOUNT


def test_a_document_comes_back_byte_for_byte_with_its_moment(store: Store) -> None:
    store.cache.put_document(ACCOUNT, "c1", b'{"name": "\xc3\x98"}', NOON)
    assert store.cache.document(ACCOUNT, "c1") == Cached(b'{"name": "\xc3\x98"}', NOON)
    assert store.cache.document(DocumentKind.HEADER, "c1") is None


def test_an_older_document_does_not_overwrite_a_newer_one(store: Store) -> None:
    store.cache.put_document(ACCOUNT, "c1", b"new", NOON)
    store.cache.put_document(ACCOUNT, "c1", b"old", NOON - timedelta(seconds=1))
    assert store.cache.document(ACCOUNT, "c1") == Cached(b"new", NOON)
    store.cache.put_document(ACCOUNT, "c1", b"newer", NOON + timedelta(seconds=1))
    assert store.cache.document(ACCOUNT, "c1") == Cached(b"newer", NOON + timedelta(seconds=1))


def test_a_document_can_be_dropped(store: Store) -> None:
    store.cache.put_document(ACCOUNT, "c1", b"{}", NOON)
    store.cache.drop_document(ACCOUNT, "c1")
    assert store.cache.document(ACCOUNT, "c1") is None


def test_each_kind_of_document_stays_for_its_own_time(store: Store, clock: SetClock) -> None:
    for kind in DocumentKind:
        store.cache.put_document(kind, "c1", b"{}", NOON)
    clock.forward(days=2)
    store.cache.tidy(Retention())
    assert store.cache.document(DocumentKind.USAGE, "c1") is None
    assert store.cache.document(DocumentKind.BILLS, "c1") is not None
    clock.forward(days=6)
    store.cache.tidy(Retention())
    assert store.cache.document(DocumentKind.BILLS, "c1") is None
    assert store.cache.document(ACCOUNT, "c1") is not None


def test_customers_nobody_looked_at_go_after_fourteen_days(store: Store, clock: SetClock) -> None:
    store.customers.put_many(EVERYBODY, NOON)
    store.cache.put_document(ACCOUNT, "c2", b"{}", NOON)
    clock.forward(days=10)
    store.customers.looked_at("c1")
    clock.forward(days=5)
    assert store.cache.tidy(Retention()) == len(EVERYBODY) - 1
    assert [found.id for found in store.search.find("marr")] == ["c1"]


def test_above_the_most_customers_those_seen_longest_ago_go(store: Store, clock: SetClock) -> None:
    for customer in (EDDA, ANSELM, KELDA):
        store.customers.put_many([customer], NOON)
        clock.forward(minutes=1)
    store.customers.looked_at("c1")
    assert store.cache.tidy(Retention(most_customers=2)) == 1
    assert {found.id for found in store.search.find("marr")} == {"c1", "c3"}


def test_a_thousand_too_many_go_in_several_steps(store: Store) -> None:
    many = [msgspec.structs.replace(EDDA, id=f"m{n}") for n in range(1_200)]
    store.customers.put_many(many, NOON)
    assert store.cache.tidy(Retention(most_customers=50)) == 1_150
    assert store.customers.count() == 50


def test_letters_used_longest_ago_make_room(store: Store, clock: SetClock) -> None:
    for number in range(3):
        store.cache.put_letter(f"L{number}", "c1", b"%PDF" * 25, NOON)
        clock.forward(seconds=1)
    assert store.cache.letter("L0") == Cached(b"%PDF" * 25, NOON)  # used again just now
    store.cache.tidy(Retention(letter_bytes=200))
    assert store.cache.letter("L1") is None
    assert store.cache.letter("L0") is not None
    assert store.cache.letter("L2") is not None


def test_letters_not_used_for_fourteen_days_go(store: Store, clock: SetClock) -> None:
    store.cache.put_letter("L0", "c1", b"%PDF", NOON)
    clock.forward(days=15)
    store.cache.tidy(Retention())
    assert store.cache.letter("L0") is None
