"""Customers found, written for people."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from app.customers.footing import answered, nobody, only_here, still_looking
from app.customers.rows import result_row, result_rows, searched_note, telephone
from app.customers.search import Answer
from app.store.kinds import Kind
from app.store.records import Chip, Found, Tone

NOW = dt.datetime(2026, 11, 20, 9, 14, tzinfo=dt.UTC)
EDDA = Found(
    id="KF-0041873-6",
    name="Edda Marrowby",
    number="KF-0041873-6",
    address="14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
    telephone="07700900471",
    more_telephones=1,
    chip=Chip("Order, Tue 24 Nov"),
    last_contact=NOW.replace(hour=8, minute=51),
    may_ask_for="",
    matched=((5, 9),),
)


def answer(*rows: Found, total: int = 250, from_server: bool = False) -> Answer:
    return Answer("marr", Kind.NAME, rows, total, 0.4, from_server=from_server)


def test_the_row_of_the_picture() -> None:
    row = result_row(EDDA, NOW)
    assert row.telephone == "07700 900471 +1"
    assert (row.chip, row.chip_kind) == ("Order, Tue 24 Nov", "info")
    assert row.last_contact == "Today 08:51"
    assert row.marks == ((5, 9),)
    assert row.spoken() == (
        "Edda Marrowby, KF-0041873-6, 14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR, "
        "07700 900471 +1, Order, Tue 24 Nov, last contact Today 08:51"
    )


def test_who_may_ask_for_another_says_for_whom() -> None:
    lorcan = msgspec.structs.replace(EDDA, may_ask_for="KF-0041873-6", chip=None)
    row = result_row(lorcan, NOW)
    assert row.number == "may ask for KF-0041873-6"
    assert row.chip == ""


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (None, "–"),
        (NOW - dt.timedelta(days=1), "Yesterday"),
        (NOW - dt.timedelta(days=9), "11 Nov"),
        (NOW - dt.timedelta(days=500), "8 Jul 2025"),
    ],
)
def test_the_last_contact_is_brief(contact: dt.datetime | None, words: str) -> None:
    assert (
        result_row(msgspec.structs.replace(EDDA, last_contact=contact), NOW).last_contact == words
    )


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_its_chip(tone: Tone) -> None:
    row = result_row(msgspec.structs.replace(EDDA, chip=Chip("x", tone)), NOW)
    assert row.chip_kind == tone.value


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("07700900471", "07700 900471"),
        ("+447700900471", "07700 900471"),
        ("02079460318", "020 7946 0318"),
        ("+4533123456", "+45 33 12 34 56"),
        ("extension", "extension"),
    ],
)
def test_telephone_numbers_are_grouped_as_their_country_does(number: str, shown: str) -> None:
    assert telephone(number) == shown


def test_no_more_rows_than_there_is_room_for() -> None:
    assert len(result_rows(answer(*[EDDA] * 12), NOW, 8)) == 8


def test_the_field_says_how_many_of_how_many() -> None:
    assert searched_note(answer(EDDA, total=1_000_000), 5) == "5 of 1,000,000 customers · 1 ms"


def test_the_foot_says_who_has_answered() -> None:
    here = answer(EDDA)
    assert still_looking().text == "Shown from this machine. The server is still looking."
    more = answer(EDDA, EDDA, EDDA, from_server=True)
    assert answered(here, more).text == "Server has answered, 2 more found"
    nothing = answer(EDDA, from_server=True)
    assert answered(here, nothing).text == "Server has answered, nothing more found"
    assert answered(here, here).text == "Shown from this machine."


def test_the_foot_says_why_the_server_has_not() -> None:
    assert only_here(online=True).text.endswith("The server did not answer.")
    assert only_here(online=False).text.endswith("There is no connection.")
    assert only_here(online=True, on_server=False).text == "Shown from this machine."


def test_nobody_found_says_what_to_do() -> None:
    assert nobody("marr", may_create=True) == (
        'Nobody found for "marr". Ctrl+N makes a new customer with this name.'
    )
    assert nobody("ma{rr}", may_create=False) == 'Nobody found for "ma{rr}".'
