"""What an agent types, and whom it finds."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.kinds import Kind
from app.store.records import Chip, Customer
from app.store.store import Store
from tests.app.store.people import ANSELM, EDDA, EVERYBODY, NOON


@pytest.fixture
def full(store: Store) -> Store:
    """A store that knows everybody."""
    assert store.customers.put_many(EVERYBODY, NOON) == len(EVERYBODY)
    return store


def ids(store: Store, text: str) -> list[str]:
    return [found.id for found in store.search.find(text)]


def test_last_names_go_before_addresses_and_recent_contacts_before_old_ones(full: Store) -> None:
    assert ids(full, "marr") == ["c1", "c3", "c2", "c9"]


def test_a_whole_name_goes_before_the_beginning_of_a_last_name(store: Store) -> None:
    first = Customer(id="a", name="Ivo Loomis", number="1")
    last = Customer(id="b", name="Pim Ivorsen", number="2", last_contact=NOON)
    store.customers.put_many((last, first), NOON)
    assert ids(store, "ivo") == ["a", "b"]


def test_a_row_shows_what_the_agent_needs(full: Store) -> None:
    edda = full.search.find("edda")[0]
    assert (edda.name, edda.number, edda.address) == (EDDA.name, EDDA.number, EDDA.address)
    assert (edda.telephone, edda.more_telephones) == ("07700 900471", 1)
    assert edda.chip == Chip("Order, Tue 24 Nov")
    assert edda.last_contact == NOON
    assert edda.matched == ((0, 4),)


@pytest.mark.parametrize(
    "text",
    [
        "e",
        "EDDA",
        "edda marr",
        "marr edda",
        "marrowby, edda",
        "m e pebble",
        "edda 07700 900471",
        "marrowby qx4 7tr",
        "marr 0471",
        "14 pebblewick",
        "pebblewick rise",
        "KF-0041873-6",
        "kf 0041873-6",
        "kf0041873",
        "0041873",
        "41873",
        "07700 900471",
        "07700900471",
        "+447700900471",
        "+44 (0)7700 900471",
        "0044 7700 900471",
        "07700 9004",
        "0471",
        "020 7946 0318 edda",
        "edda.marrowby@example.org",
        "Edda.Marr@",
        "qx4 7tr",
        "QX47TR",
        "qx4 7",
        "KO-0093317-4",
        "0093317",
        "8944110068842917307",
        "8944 1100",
    ],
)
def test_edda_is_found_by(full: Store, text: str) -> None:
    assert "c1" in ids(full, text)


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("aeros", "c4"),
        ("ærø", "c4"),
        ("aroskov", "c4"),
        ("odegard", "c5"),
        ("ødegaard", "c5"),
        ("oedegå", "c5"),
        ("aasblom", "c6"),
        ("ASB", "c6"),
        ("åsblom cosmo", "c6"),
        ("ohara", "c7"),
        ("o'hara", "c7"),
        ("jonsd", "c7"),
        ("hara-jons", "c7"),
        ("joinery", "c8"),
        ("wrenh", "c8"),
    ],
)
def test_names_are_found_however_they_are_typed(full: Store, text: str, customer: str) -> None:
    if text == "hara-jons":  # not the beginning of a word
        assert ids(full, text) == []
    else:
        assert ids(full, text) == [customer]


@pytest.mark.parametrize("text", ["", " ", "-", "'", "zzz", "edda loomis", "+", "()", "\x00", "@"])
def test_nobody_is_found_by(full: Store, text: str) -> None:
    assert ids(full, text) == []


@pytest.mark.parametrize(
    "text", ['"', '" OR "l', "* ", "marr*", "NEAR(a b)", "terms:marr", "a AND b", "^marr", "{x}: y"]
)
def test_the_language_of_the_index_is_only_text(full: Store, text: str) -> None:
    full.search.find(text)


def test_three_digits_are_too_few_to_be_the_end_of_a_telephone_number(full: Store) -> None:
    assert "c1" not in ids(full, "471")


def test_a_foreign_number_is_found_with_and_without_its_country(store: Store) -> None:
    store.customers.put_many(
        [Customer(id="n", name="N", number="1", telephones=("+47 22 12 34 56",))], NOON
    )
    assert ids(store, "+47 2212") == ["n"]
    assert ids(store, "22123456") == ["n"]
    assert ids(store, "3456") == ["n"]


def test_a_person_who_may_ask_is_found_by_the_customers_number(store: Store) -> None:
    lorcan = Customer(id="p", name="Lorcan Marrowby", number="", may_ask_for="KF-0041873-6")
    store.customers.put_many([lorcan], NOON)
    assert store.search.find("0041873")[0].may_ask_for == "KF-0041873-6"


def test_no_more_than_twenty_rows_the_most_recent(store: Store) -> None:
    many = [
        msgspec.structs.replace(
            ANSELM, id=f"m{day}", last_contact=NOON - timedelta(days=day), number=f"KF-{day:07}-0"
        )
        for day in range(30)
    ]
    store.customers.put_many(many, NOON)
    assert ids(store, "anselm marr") == [f"m{day}" for day in range(20)]
    assert ids(store, "mar") == [f"m{day}" for day in range(20)]


def test_more_long_words_than_can_be_named_are_still_found(store: Store) -> None:
    many = [
        Customer(
            id=f"w{n}", name=f"Pim Marrowb{chr(97 + n // 26)}{chr(97 + n % 26)}", number=str(n)
        )
        for n in range(60)
    ]
    store.customers.put_many(many, NOON)
    assert len(ids(store, "marrowb")) == 20
    assert ids(store, "marrowbba") == ["w26"]


def test_a_changed_name_is_found_by_the_new_one_only(full: Store) -> None:
    full.customers.put_many([msgspec.structs.replace(EDDA, name="Edda Loomis")], NOON)
    assert "c1" in ids(full, "loomis")
    assert ids(full, "edda marrowby") == []


def test_the_field_says_what_a_text_was_taken_for(full: Store) -> None:
    assert full.search.kind_of("0471") is Kind.TELEPHONE


@settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=80) | st.text(alphabet="\"*()^+-:'@ aeøå07KF{}[]|&", max_size=40))
def test_no_text_whatever_is_an_error(full: Store, text: str) -> None:
    assert len(full.search.find(text)) <= 20


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_beginning_of_every_word_of_a_name_finds_it(full: Store, data: st.DataObject) -> None:
    customer = data.draw(st.sampled_from(EVERYBODY))
    words = customer.name.replace("-", " ").split()
    begun = [word[: data.draw(st.integers(1, len(word)))] for word in words]
    assert customer.id in ids(full, " ".join(data.draw(st.permutations(begun))))
