"""The operator's letters as they ship."""

from __future__ import annotations

import pytest

from backend.notices.stationery import read_stationery
from backend.rest.errors import Refused


def test_every_letter_is_filed_under_its_id() -> None:
    templates = read_stationery().templates["en"]
    assert {"LT01", "LT02", "LT03", "LT04", "LT05", "LT09", "LT13"} <= set(templates)
    assert all(template.id == name for name, template in templates.items())


def test_a_language_without_the_letter_falls_back_to_the_operators_own() -> None:
    stationery = read_stationery()
    assert stationery.template("LT01", ["da", "en"]).words.language == "en-GB"
    assert stationery.template("LT01") is stationery.template("LT01", ["da"])
    with pytest.raises(Refused, match="LT99"):
        stationery.template("LT99", ["en"])


def test_messages_come_from_the_brand_that_sold() -> None:
    stationery = read_stationery()
    houses = stationery.houses()
    assert houses["R0"].email == "service@kestrelfjord.example.com"
    assert houses["R1"].telephone == "+443069990111"
    assert stationery.brand("R1").name == "Brackenholt Mobile"
    assert stationery.brand("R9").name == "Kestrelfjord Telecom"
