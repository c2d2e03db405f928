"""Numbers over HTTP, as the desk asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from backend.database import Database
from backend.numbers import rules
from tests.backend.numbers.conftest import COSMO, NOW, RESELLER
from tests.support.rest import STRANGER, Api

RESERVATION = "/tmf-api/resourcePoolManagement/v4/reservation"
NUMBERS = "/desk-api/v1/numbers"


def wanted(draft: str, *values: str) -> dict[str, object]:
    items = [{"resource": {"id": value}} for value in values]
    return {"externalId": draft, "reservationItem": items}


def test_the_search_answers_as_the_contract_says(api: Api) -> None:
    answer = api.get(f"{NUMBERS}?type=mobile&prefix=07700900477&grade=&how=next&pool=public")
    assert answer.json() == {
        "total": 1,
        "grades": {"platinum": 0, "gold": 0, "silver": 1, "bronze": 0, "standard": 0},
        "numbers": [
            {
                "id": "07700900477",
                "display": "07700 900477",
                "memorable": "477",
                "grade": "silver",
                "why": "pair 77",
                "once": "40.00",
                "state": "available",
                "holder": None,
                "heldUntil": None,
            }
        ],
    }


def test_a_number_is_held_shown_prolonged_and_given_back(api: Api) -> None:
    before = datetime.now(UTC)
    answer = api.post(RESERVATION, wanted("draft", "07700900477"))
    held = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == held["href"] == f"{RESERVATION}/{held['id']}"
    assert (held["externalId"], held["reservationState"]) == ("draft", "reserved")
    until = datetime.fromisoformat(held["validFor"]["endDateTime"])
    quarter = timedelta(minutes=15)
    whole_seconds = timedelta(seconds=1)
    assert before - whole_seconds <= until - quarter <= datetime.now(UTC)

    seen = api.get(f"{NUMBERS}?prefix=07700900477&draft=draft").json()["numbers"][0]
    assert (seen["state"], seen["holder"]) == ("held", "me")
    assert api.get(held["href"]).json() == held
    assert [one["id"] for one in api.get(RESERVATION).json()] == [held["id"]]
    assert [one["id"] for one in api.get(f"{RESERVATION}?externalId=x").json()] == []

    prolonged = api.patch(held["href"], {}).json()
    assert prolonged["validFor"]["endDateTime"] >= held["validFor"]["endDateTime"]
    assert api.call("DELETE", held["href"]).status_code == 204
    assert api.get(held["href"]).json()["reservationState"] == "cancelled"
    assert api.get(f"{NUMBERS}?prefix=07700900477").json()["numbers"][0]["state"] == "available"


def test_a_number_that_is_gone_comes_with_the_nearest_one(api: Api) -> None:
    api.post(RESERVATION, wanted("draft", "07700900454"))
    answer = api.as_caller(COSMO).post(RESERVATION, wanted("other", "07700900454"))
    assert answer.status_code == 409
    told = answer.json()
    assert told["reason"] == "07700 900454 was taken meanwhile."
    assert told["alternative"] == "07700900455"
    assert told["message"] == "The nearest free one is 07700 900455."


def test_the_same_key_holds_once(api: Api) -> None:
    first, second = (
        api.post(RESERVATION, wanted("draft", "07700900477"), headers={"Idempotency-Key": "k"})
        for _ in range(2)
    )
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"


def test_the_next_free_numbers_are_held_by_quantity(api: Api) -> None:
    capacity = {
        "resourcePool": {"id": "public"},
        "characteristic": [
            {"name": "numberType", "value": "fixed"},
            {"name": "prefix", "value": "0113"},
        ],
    }
    item = {"quantity": 3, "resourceCapacity": capacity}
    held = api.made(RESERVATION, {"externalId": "draft", "reservationItem": [item]})
    values = [one["resource"]["id"] for one in held["reservationItem"]]
    assert values == ["01134960013", "01134960014", "01134960015"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"externalId": "draft", "reservationItem": []}, 400),
        ({"externalId": "draft", "reservationItem": [{"quantity": 2}]}, 400),
        ({"externalId": "draft", "reservationItem": [], "state": "x"}, 400),
        (wanted("draft", "07911123456"), 422),
        (wanted("draft", "07700900444"), 403),
    ],
)
def test_a_wrong_wish_is_refused_with_a_sentence(
    api: Api, body: dict[str, object], status: int
) -> None:
    answer = api.post(RESERVATION, body)
    assert answer.status_code == status
    assert answer.json()["@type"] == "Error"
    assert answer.json()["reason"].endswith(".")


def test_a_reservation_is_only_ever_prolonged(api: Api) -> None:
    held = api.made(RESERVATION, wanted("draft", "07700900477"))
    assert api.patch(held["href"], {"validFor": {}}).status_code == 400
    assert api.patch(f"{RESERVATION}/nothing", {}).status_code == 404
    assert api.as_caller(RESELLER).get(held["href"]).status_code == 404


@pytest.mark.parametrize(
    "query", ["grade=best", "how=magic", "limit=9999", "how=contains&digits=x", "digits=%00"]
)
def test_a_search_that_makes_no_sense_is_refused(api: Api, query: str) -> None:
    assert api.get(f"{NUMBERS}?{query}").status_code == 400


def test_who_may_not_order_may_not_search_or_hold(api: Api) -> None:
    stranger = api.as_caller(STRANGER)
    assert stranger.get(NUMBERS).status_code == 403
    assert stranger.post(RESERVATION, wanted("draft", "07700900477")).status_code == 403


def test_a_customers_own_pool_is_offered_to_those_who_may_see_the_customer(
    api: Api, numbers: Database
) -> None:
    party = api.made(
        "/tmf-api/party/v4/organization", {"tradingName": "Wrenhallow", "name": "Wrenhallow"}
    )
    engaged = {"id": party["id"], "@referredType": "Organization"}
    customer = api.made(
        "/tmf-api/customerManagement/v4/customer", {"name": "Wrenhallow", "engagedParty": engaged}
    )
    with numbers.begin() as connection:
        rules.lend(connection, "02079460500", "02079460599", customer["id"], NOW)
    own = f"{NUMBERS}?type=fixed&pool=customer:{customer['id']}"
    assert api.get(own).json()["total"] == 100
    assert api.get(f"{NUMBERS}?type=fixed&prefix=020&pool=public").json()["total"] == 900
    assert api.as_caller(RESELLER).get(own).status_code == 404
    assert api.made(RESERVATION, wanted("draft", "02079460501"))["reservationState"] == "reserved"
