"""What is known of a place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.address import rules
from backend.address.seeding import address_id, seed_addresses
from backend.database import Database

PERSONAS = Path(__file__).parents[4] / "shared" / "demo" / "personas.json"
HOMES = {
    "P1 Edda Marrowby": "14 Pebblewick Rise, Norsby-on-Tarn",
    "P2 Torvald Quillfeather": "2 Herring Steps, Little Skerrow",
    "P3 Pim Ashgrove": "Flat 2, 34 Old Lantern Row, Ulvermere",
    "P4 Sorrel Vantongeren": "7 Sprucegate, Ulvermere",
    "P5 Wrenhallow Joinery Ltd": "5 Cooper's Hythe, Norsby-on-Tarn",
    "P6 visitor": "21 Sprucegate, Little Skerrow",
    "P7 Bettany Loomis": "10 Old Lantern Row, Norsby-on-Tarn",
    "P8 Ivo Harkstrand": "18 Pebblewick Rise, Ulvermere",
}


def labels(places: Database, text: str) -> list[str]:
    with places.read() as connection:
        return [one["label"] for one in rules.complete(connection, text)]


def test_there_are_some_six_hundred_addresses_with_safe_postcodes(database: Database) -> None:
    with database.begin() as connection:
        assert seed_addresses(connection) == 603
        assert {one["postcode"][0] for one in rules.complete(connection, "s", 700)} <= set("QVX")


@pytest.mark.skipif(not PERSONAS.is_file(), reason="the personas' facts are not at hand here")
@pytest.mark.parametrize("persona", HOMES)
def test_each_persona_lives_where_the_network_is_as_its_story_says(
    places: Database, persona: str
) -> None:
    story = json.loads(PERSONAS.read_text(encoding="utf-8"))[persona]
    with places.read() as connection:
        facts = rules.facts_of(connection, address_id(HOMES[persona]))
    assert facts is not None
    assert facts == {name: bool(story[name]) for name in facts}


@pytest.mark.parametrize(
    "text",
    ["QX4 7TR 14", "qx47tr 14", "14 pebb", "pebblewick 14 norsby", "14 Pebblewick Rise, Norsby"],
)
def test_an_address_is_found_from_its_parts_in_any_order(places: Database, text: str) -> None:
    assert "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR" in labels(places, text)[:3]


def test_the_exact_house_comes_before_those_that_only_begin_like_it(places: Database) -> None:
    found = labels(places, "herring steps skerrow 2")
    assert found[0] == "2 Herring Steps, Little Skerrow VX1 3LH"
    assert "21 Herring Steps, Little Skerrow VX1 3LN" in found


def test_flats_say_that_they_are_flats(places: Database) -> None:
    with places.read() as connection:
        flat = rules.complete(connection, "flat 6 21 sprucegate norsby")[0]
    assert flat["label"] == "Flat 6, 21 Sprucegate, Norsby-on-Tarn QX4 1PD"
    assert (flat["house"], flat["flat"]) == ("Flat 6, 21", True)


def test_nothing_typed_finds_nothing_and_so_does_a_place_elsewhere(places: Database) -> None:
    assert labels(places, " , ") == []
    assert labels(places, "10 downing street") == []
    with places.read() as connection:
        assert rules.facts_of(connection, "A-nowhere") is None
        assert rules.place(connection, "A-nowhere") is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
def test_whatever_is_typed_is_no_fault(places: Database, text: str) -> None:
    with places.read() as connection:
        assert len(rules.complete(connection, text)) <= rules.MOST
