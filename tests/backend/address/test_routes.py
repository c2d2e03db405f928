"""Addresses over HTTP, held against the official file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from backend.database import Database
from tests.backend.numbers.conftest import MAREN
from tests.backend.numbers.serving import serving
from tests.support.rest import STRANGER, Api
from tests.support.tmf import assert_conforms

PLACES = "/tmf-api/geographicAddressManagement/v4/geographicAddress"


@pytest.fixture
def api(places: Database) -> Iterator[Api]:
    with serving(places, MAREN) as client:
        yield client


def test_completion_answers_as_the_contract_says(api: Api) -> None:
    (first,) = api.get("/desk-api/v1/address?q=QX4 7TR 14").json()["addresses"]
    assert first.pop("id").startswith("A-")
    assert first == {
        "label": "14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR",
        "street": "Pebblewick Rise",
        "house": "14",
        "city": "Norsby-on-Tarn",
        "postcode": "QX4 7TR",
        "flat": False,
        "networks": {
            "copper": True,
            "vdsl": True,
            "gpon": True,
            "xgspon": True,
            "allip": False,
            "cov4g": True,
            "cov5g": True,
        },
    }


def test_places_are_addresses_of_the_standard(api: Api) -> None:
    found = api.get(f"{PLACES}?city=Ulvermere&streetName=Old%20Lantern%20Row&sort=-id&limit=100")
    assert found.headers["X-Total-Count"] == "40"
    for one in found.json():
        assert_conforms(673, "GeographicAddress", one)
    one = found.json()[0]
    assert api.get(one["href"]).json() == one
    assert one["@type"] == "GeographicAddress"
    flats = api.get(f"{PLACES}?geographicSubAddress.subUnitNumber=6&fields=name").json()
    assert "Flat 6, 21 Sprucegate, Norsby-on-Tarn QX4 1PD" in [flat["name"] for flat in flats]


def test_nothing_is_written_here_and_strangers_see_nothing(api: Api) -> None:
    assert api.post(PLACES, {}).status_code == 405
    assert api.as_caller(STRANGER).get(PLACES).status_code == 403
    assert api.as_caller(STRANGER).get("/desk-api/v1/address?q=1").status_code == 403
    assert api.get("/desk-api/v1/address").status_code == 400
    assert api.get("/desk-api/v1/address?q=%00%27%20%26").json() == {"addresses": []}
