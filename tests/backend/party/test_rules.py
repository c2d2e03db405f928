"""Individuals and organizations: names, dates, resellers."""

from __future__ import annotations

import pytest

from tests.support.rest import RESELLER, Api

PEOPLE = "/tmf-api/party/v4/individual"
FIRMS = "/tmf-api/party/v4/organization"
EDDA = {"givenName": "Edda", "familyName": "Marrowby"}


def test_the_full_name_follows_the_names(api: Api) -> None:
    edda = api.made(PEOPLE, EDDA)
    assert edda["fullName"] == "Edda Marrowby"
    wed = api.patch(edda["href"], {"familyName": "Loomis"})
    assert wed.json()["fullName"] == "Edda Loomis"


def test_a_full_name_of_ones_own_stays(api: Api) -> None:
    edda = api.made(PEOPLE, {**EDDA, "fullName": "Dame Edda"})
    assert api.patch(edda["href"], {"familyName": "Loomis"}).json()["fullName"] == "Dame Edda"


def test_a_plain_date_becomes_tmfs_date_time_and_is_found(api: Api) -> None:
    edda = api.made(PEOPLE, {**EDDA, "birthDate": "1984-03-09"})
    api.made(PEOPLE, {**EDDA, "birthDate": "1990-01-01T00:00:00Z"})
    assert edda["birthDate"] == "1984-03-09T00:00:00Z"
    (found,) = api.get(f"{PEOPLE}?birthDate=1984-03-09").json()
    assert found["id"] == edda["id"]
    assert len(api.get(f"{PEOPLE}?birthDate.gt=1984-03-09").json()) == 1


def test_nobody_dies_before_being_born(api: Api) -> None:
    dates = {"birthDate": "1984-03-09", "deathDate": "1984-03-08"}
    assert api.post(PEOPLE, {**EDDA, **dates}).status_code == 422


def test_a_resellers_party_is_the_resellers(api: Api) -> None:
    firm = api.as_caller(RESELLER).made(FIRMS, {"tradingName": "Larkspar"})
    (owner,) = firm["relatedParty"]
    assert (owner["id"], owner["role"]) == ("R1", "reseller")


def test_a_reseller_may_not_fill_anothers_books(api: Api) -> None:
    other = {"id": "R2", "role": "reseller", "@referredType": "Organization"}
    wanted = {**EDDA, "relatedParty": [other]}
    assert api.as_caller(RESELLER).post(PEOPLE, wanted).status_code == 403
    assert api.post(PEOPLE, wanted).status_code == 201


@pytest.mark.parametrize("patch", [{"tradingName": None}, {"tradingName": ""}])
def test_an_organization_keeps_a_name(api: Api, patch: dict[str, object]) -> None:
    firm = api.made(FIRMS, {"tradingName": "Larkspar"})
    assert api.patch(firm["href"], patch).status_code == 400
    assert api.patch(firm["href"], {"name": "Larkspar Ltd"}).status_code == 200
