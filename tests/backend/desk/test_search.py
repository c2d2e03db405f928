"""Whoever calls is found by anything they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from backend import identifiers
from tests.backend.creation.conftest import Desk, command, item, person


def search(desk: Desk, text: str) -> list[str]:
    """The names of who is found."""
    answer = desk.backend.call("GET", "/desk-api/v1/search", desk.user, params={"q": text})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] >= len(body["hits"])
    return [hit["name"] for hit in body["hits"]]


@pytest.fixture(scope="module")
def people(running: Any) -> dict[str, dict[str, Any]]:
    """Three customers; the first has a line and an address."""
    desk = Desk(running)
    place = desk.get("/desk-api/v1/address?q=QX4 7TR 14")["addresses"][0]
    edda = person()
    edda["customer"]["contactMedium"].append(
        {
            "mediumType": "phone",
            "preferred": False,
            "characteristic": {"phoneNumber": "+44 1632 960017"},
        }
    )
    line = item("1", "M03", telephoneNumber="07700900474")
    return {
        "edda": desk.made(
            command(line, item("2", "M11", line="1"), customer=edda, addressId=place["id"])
        ),
        "jens": desk.made(command(customer=person("Jens <b", "Ærøskov-Ødegårdsen"))),
        "oona": desk.made(command(customer=person("Oona", "O’Hara"))),
    }


@pytest.mark.parametrize(
    "text",
    [
        "marr",
        "MARROWBY",
        "edda marr",
        "marr edda",
        "07700900474",
        "07700 900 474",
        "+44 7700 900474",
        "900474",
        "01632 960017",
        "edda.marrowby@example.com",
        "QX4 7TR",
        "qx47tr",
        "pebblewick marrowby",
    ],
)
@pytest.mark.usefixtures("people")
def test_edda_is_found_by(desk: Desk, text: str) -> None:
    assert "Edda Marrowby" in search(desk, text)


@pytest.mark.parametrize(
    "text",
    ["Ærøskov", "aeroeskov", "aroskov", "ærø", "AEROSKOV", "ødegårdsen", "odegard", "oedegaard",
     "odegaardsen", "jens", "<b"],
)  # fmt: skip
@pytest.mark.usefixtures("people")
def test_letters_of_the_north_meet_their_spellings(desk: Desk, text: str) -> None:
    assert search(desk, text) == ["Jens <b Ærøskov-Ødegårdsen"]


@pytest.mark.usefixtures("people")
def test_apostrophes_part_no_words(desk: Desk) -> None:
    assert search(desk, "ohara") == search(desk, "O'Hara") == ["Oona O’Hara"]


def test_numbers_of_ours_find_their_customer(desk: Desk, people: dict[str, dict[str, Any]]) -> None:
    edda = people["edda"]
    for number in (edda["customerId"], edda["orderNumber"], edda["orderNumber"].lower()):
        assert search(desk, number) == ["Edda Marrowby"]


@pytest.mark.parametrize("text", ["", "   ", "...", "zzzz", "marr zzzz", "'|&!:*", "\\", "%"])
@pytest.mark.usefixtures("people")
def test_what_fits_nobody_finds_nobody(desk: Desk, text: str) -> None:
    assert search(desk, text) == []


@pytest.mark.usefixtures("people")
def test_a_hit_says_what_matters_first(desk: Desk) -> None:
    (hit,) = desk.get("/desk-api/v1/search?q=marrowby")["hits"]
    assert hit["telephone"] == "07700 900474"
    assert hit["moreTelephones"] == 1
    assert hit["address"].startswith("14 Pebblewick Rise, Norsby-on-Tarn QX4 7TR")
    assert hit["chip"]["tone"] == "info"
    assert hit["chip"]["text"].startswith("Order, ")


def test_a_change_is_found_as_soon_as_it_is_done(desk: Desk) -> None:
    made = desk.made(command(customer=person("Silje", "Kettlewright")))
    customer = desk.get(f"/tmf-api/customerManagement/v4/customer/{made['customerId']}")
    party = customer["engagedParty"]["href"]
    desk.backend.call("PATCH", party, desk.user, json={"familyName": "Mossbeck"})
    assert search(desk, "mossbeck") == ["Silje Kettlewright"]


def test_a_refused_creation_is_found_by_nobody(desk: Desk) -> None:
    assert desk.send(command(item("1", "M03"), customer=person("Pim", "Loomis"))).status_code == 422
    assert search(desk, "loomis") == []


def test_a_partner_finds_only_own_customers(desk: Desk) -> None:
    own = person("Halla", "Hollinghast")
    own["customer"].pop("relatedParty")
    partner = Desk(desk.backend, "reseller")
    partner.made(command(customer=own))
    desk.made(command(customer=person("Ivo", "Hollinghast")))
    assert search(partner, "hollinghast") == ["Halla Hollinghast"]
    assert search(desk, "hollinghast") == ["Halla Hollinghast", "Ivo Hollinghast"]


def audit_lines(desk: Desk, action: str) -> list[Any]:
    query = sa.text(
        "SELECT actor, customer_id, details, request_id FROM audit WHERE action = :a ORDER BY seq"
    )
    with desk.backend.database.read() as connection:
        return list(connection.execute(query, {"a": action}))


def test_a_search_that_shows_somebody_is_written_down(
    desk: Desk, people: dict[str, dict[str, Any]]
) -> None:
    before = len(audit_lines(desk, "customer.search"))
    search(desk, "zzzz")
    search(desk, "marrowby")
    *_, line = lines = audit_lines(desk, "customer.search")
    assert len(lines) == before + 1
    assert line.details == {"customers": [people["edda"]["customerId"]]}
    assert line.request_id


def test_an_unknown_letter_number_finds_nobody(desk: Desk) -> None:
    assert search(desk, identifiers.format_number(identifiers.Kind.LETTER, 9_999_998)) == []


Pages = Callable[[int], list[dict[str, Any]]]


@pytest.fixture
def pages(desk: Desk) -> Pages:
    def read(limit: int) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        after = ""
        while True:
            page = desk.get(f"/desk-api/v1/directory?after={after}&limit={limit}")
            rows += page["rows"]
            if page["next"] is None:
                assert page["total"] == len(rows)
                return rows
            after = page["next"]

    return read


@pytest.mark.usefixtures("people")
def test_the_directory_gives_every_customer_once(pages: Pages) -> None:
    whole = pages(1000)
    assert pages(2) == whole
    edda = next(row for row in whole if row["familyName"] == "Marrowby")
    assert edda["telephones"] == ["07700900474", "01632960017"]
    assert edda["emails"] == ["edda.marrowby@example.com"]
    assert edda["postcode"] == "QX4 7TR"
    assert len(edda["orderNumbers"]) == 1


def test_the_welcome_needs_no_token(desk: Desk) -> None:
    answer = desk.backend.call("GET", "/desk-api/v1/", None)
    assert answer.status_code == 200
    assert answer.json()["operator"] == {"name": "Kestrelfjord Telecom"}
    assert answer.json()["signIn"]["password"] is True
    assert {"creation", "account", "search"} <= set(answer.json()["capabilities"])
