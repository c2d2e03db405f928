"""Customers come only from the server's answers, and the newest answer wins."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.cache import DocumentKind
from app.store.records import Customer
from app.store.store import Store
from tests.app.store.people import ANSELM, EDDA, EVERYBODY, KELDA, NOON

LATER = NOON + timedelta(hours=1)


def names(store: Store, text: str) -> list[str]:
    return [found.name for found in store.search.find(text)]


def test_an_older_answer_does_not_overwrite_a_newer_one(store: Store) -> None:
    store.customers.put_many([msgspec.structs.replace(EDDA, name="Edda Loomis")], LATER)
    assert store.customers.put_many([EDDA], NOON) == 0
    assert names(store, "edda") == ["Edda Loomis"]


def test_a_new_contact_moves_a_customer_to_the_top(store: Store) -> None:
    store.customers.put_many([EDDA, ANSELM, KELDA], NOON)
    store.customers.put_many([msgspec.structs.replace(ANSELM, last_contact=LATER)], LATER)
    assert names(store, "marr") == [ANSELM.name, EDDA.name, KELDA.name]


def test_what_is_only_shown_changes_without_a_new_index_entry(store: Store) -> None:
    store.customers.put_many([EDDA], NOON)
    store.customers.put_many([msgspec.structs.replace(EDDA, chip=None)], LATER)
    assert store.search.find("edda")[0].chip is None
    assert store.customers.count() == 1


def test_the_last_of_two_rows_for_one_customer_counts(store: Store) -> None:
    again = msgspec.structs.replace(EDDA, name="Edda Loomis")
    assert store.customers.put_many([EDDA, again], NOON) == 1
    assert names(store, "edda") == ["Edda Loomis"]


def test_a_deleted_customer_leaves_nothing_and_does_not_come_back(store: Store) -> None:
    store.customers.put_many(EVERYBODY, NOON)
    store.cache.put_document(DocumentKind.ACCOUNT, "c1", b"{}", NOON)
    store.cache.put_letter("LT01-1", "c1", b"%PDF", NOON)
    store.customers.remove(["c1", "nobody"], LATER)

    assert store.customers.put_many([EDDA], NOON) == 0
    store.cache.put_document(DocumentKind.ACCOUNT, "c1", b"{}", NOON)
    store.cache.put_letter("LT01-1", "c1", b"%PDF", NOON)

    assert names(store, "edda") == []
    assert store.cache.document(DocumentKind.ACCOUNT, "c1") is None
    assert store.cache.letter("LT01-1") is None
    assert store.customers.count() == len(EVERYBODY) - 1


def test_a_customer_that_the_server_has_again_later_is_there_again(store: Store) -> None:
    store.customers.remove(["c1"], NOON)
    assert store.customers.put_many([EDDA], LATER) == 1
    assert names(store, "edda") == [EDDA.name]


def test_many_thousands_go_in_at_once(store: Store) -> None:
    many = (
        Customer(id=f"n{n}", name=f"Pim {chr(97 + n % 26)}loomis", number=f"KF-{n:07}-0")
        for n in range(51_000)
    )
    assert store.customers.put_many(many, NOON) == 51_000
    assert store.customers.count() == 51_000
    assert names(store, "KF-0050999")


WORDS = st.sampled_from(["edda", "ivo", "marrowby", "marrack", "loomis", "ødegård", "pim"])
PEOPLE = st.builds(
    lambda number, first, last, ago: Customer(
        id=f"c{number}",
        name=f"{first} {last}",
        number=str(number),
        last_contact=NOON - timedelta(minutes=ago),
    ),
    st.integers(1, 8),
    WORDS,
    WORDS,
    st.integers(0, 5),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.lists(PEOPLE, max_size=5), max_size=6), gone=st.integers(1, 8))
def test_after_any_history_the_index_knows_what_the_table_knows(
    store: Store, batches: list[list[Customer]], gone: int
) -> None:
    store.customers.remove([f"c{number}" for number in range(1, 9)], NOON - timedelta(days=1))
    known: dict[str, Customer] = {}
    for batch in batches:
        store.customers.put_many(batch, NOON)
        known.update({customer.id: customer for customer in batch})
    store.customers.remove([f"c{gone}"], NOON - timedelta(days=1))
    known.pop(f"c{gone}", None)
    assert store.customers.count() == len(known)
    for text in ("e", "marr", "marrowby", "ødeg", "pim"):
        wanted = {
            customer.id
            for customer in known.values()
            if any(word.startswith(text) for word in customer.name.split())
        }
        assert {found.id for found in store.search.find(text)} == wanted
