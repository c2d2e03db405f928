"""A product manager writes through TMF620: drafts at once, what is sold by a second person."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.backend.catalog.conftest import TMF620, Document, approve, in_force
from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

OFFERING, PRICE = f"{TMF620}/productOffering", f"{TMF620}/productOfferingPrice"
LAUNCH = {"lifecycleStatus": "Launched"}


def patch(
    shop: RunningBackend, path: str, body: Document, user: str = "product", **more: Any
) -> requests.Response:
    return shop.call("PATCH", path, user, json=body, **more)


def proposal_of(answer: requests.Response) -> str:
    assert answer.status_code == 202, answer.text
    return answer.headers["Location"].rpartition("/")[2]


@pytest.fixture
def draft(shop: RunningBackend) -> str:
    """The id of an offering that is written and not sold: a bandwidth like Glimt 1000."""
    price = {
        "name": "Glimt 1500, every month",
        "priceType": "recurring",
        "recurringChargePeriodType": "month",
        "recurringChargePeriodLength": 1,
        "price": {"unit": "GBP", "value": 52},
    }
    made = shop.call("POST", PRICE, "product", json=price)
    assert made.status_code == 201, made.text
    offering = {
        "name": "Glimt 1500",
        "lifecycleStatus": "Active",
        "category": [{"id": "internet"}],
        "productSpecification": {"id": "fibre-broadband"},
        "productOfferingPrice": [{"id": made.json()["id"]}],
        "productOfferingTerm": [{"duration": {"amount": 24, "units": "month"}}],
        "productOfferingRelationship": [
            {"id": "F03", "relationshipType": "substitution"},
            {"id": "F08", "relationshipType": "requires"},
        ],
    }
    made = shop.call("POST", OFFERING, "product", json=offering)
    assert made.status_code == 201, made.text
    assert_conforms(620, "ProductOffering", made.json())
    identity: str = made.json()["id"]
    return identity


def test_a_draft_is_launched_by_two_people(shop: RunningBackend, draft: str) -> None:
    path = f"{OFFERING}/{draft}"
    asked = patch(shop, path, LAUNCH)
    waiting = proposal_of(asked)
    assert asked.json()["lifecycleStatus"] == "Active"
    assert waiting in asked.json()["statusReason"]
    again = patch(shop, path, LAUNCH)
    assert (again.status_code, again.json()["code"]) == (403, "secondPersonNeeded")
    launched = patch(shop, path, LAUNCH, "supervisor")
    assert launched.status_code == 200, launched.text
    assert launched.json()["lifecycleStatus"] == "Launched"
    assert "statusReason" not in launched.json()
    assert_conforms(620, "ProductOffering", launched.json())

    catalogue = in_force(shop)["catalogue"]
    offer = next(each for each in catalogue["offers"] if each["code"] == draft)
    assert (offer["monthly"], offer["term"], offer["kind"]) == (52.0, 24, "broadband")
    assert draft in catalogue["groups"]["FIB"], "what holds for Glimt 1000 holds for it"
    rules = {each["id"]: each for each in catalogue["rules"]}
    assert draft in rules["R25"]["lhs"]
    assert rules[f"{draft}-requires"]["msg"] == "Glimt 1500 needs Pro router (Wi-Fi 7)."


def test_a_new_price_of_what_is_sold_waits_for_a_second_person(shop: RunningBackend) -> None:
    path = f"{PRICE}/M02-monthly"
    before = shop.call("GET", path).json()["price"]
    waiting = proposal_of(patch(shop, path, {"price": {"value": 13.5}}))
    assert shop.call("GET", path).json()["price"] == before
    assert approve(shop, waiting).status_code == 200
    assert shop.call("GET", path).json()["price"] == {"unit": "GBP", "value": 13.5}


def test_what_is_retired_leaves_the_rules_too_and_is_kept(shop: RunningBackend) -> None:
    waiting = proposal_of(patch(shop, f"{OFFERING}/C04", {"lifecycleStatus": "Retired"}))
    assert approve(shop, waiting).status_code == 200
    gone = shop.call("GET", f"{OFFERING}/C04").json()
    assert gone["lifecycleStatus"] == "Retired"
    catalogue = in_force(shop)["catalogue"]
    assert "C04" not in catalogue["groups"]["CONTENT"]
    assert "C04" not in next(each for each in catalogue["rules"] if each["id"] == "R80")["lhs"]


def test_what_others_need_is_not_retired(shop: RunningBackend) -> None:
    refused = patch(shop, f"{OFFERING}/L01", {"lifecycleStatus": "Retired"})
    assert (refused.status_code, refused.json()["code"]) == (422, "stillDemanded")


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        (f"{OFFERING}/M03", {"productOfferingPrice": []}, "notTold"),
        (f"{OFFERING}/M03", {"productOfferingPrice": [{"id": "Q"}]}, "notTold"),
        (f"{OFFERING}/M03", {"productSpecification": None}, "notTold"),
        (f"{OFFERING}/M03", {"lifecycleStatus": "In test"}, "illegalTransition"),
        (f"{PRICE}/M03-monthly", {"price": None}, "notTold"),
        (f"{PRICE}/M03-monthly", {"lifecycleStatus": "Retired"}, "notAlone"),
        (
            f"{TMF620}/productSpecification/sim",
            {"productSpecCharacteristic": []},
            "notAlone",
        ),
        (f"{PRICE}/M03-monthly", {"price": {"value": 5_000_000}}, "badCatalogue"),
    ],
)
def test_what_cannot_be_sold_so_is_refused(
    shop: RunningBackend, path: str, body: Document, code: str
) -> None:
    refused = patch(shop, path, body)
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text


def test_nothing_begins_launched_and_only_product_managers_write(
    shop: RunningBackend, draft: str
) -> None:
    body = {"name": "Glimt 9000", **LAUNCH}
    assert shop.call("POST", OFFERING, "product", json=body).status_code == 422
    assert shop.call("POST", OFFERING, "supervisor", json=body).status_code == 403
    path = f"{OFFERING}/{draft}"
    assert patch(shop, path, {"description": "Soon"}).json()["description"] == "Soon"
    assert patch(shop, path, {"description": "Soon"}, "supervisor").status_code == 403
    assert patch(shop, path, LAUNCH, "agent").status_code == 403
    unasked = patch(shop, path, LAUNCH, "supervisor")
    assert (unasked.status_code, unasked.json()["code"]) == (422, "notProposed")


def test_a_stale_write_changes_nothing(shop: RunningBackend) -> None:
    refused = patch(
        shop, f"{PRICE}/M04-monthly", {"price": {"value": 1}}, headers={"If-Match": '"7"'}
    )
    assert refused.status_code == 412


def test_a_new_name_of_a_specification_waits_too(shop: RunningBackend) -> None:
    path = f"{TMF620}/productSpecification/sim"
    waiting = proposal_of(patch(shop, path, {"name": "SIM card"}))
    assert approve(shop, waiting).status_code == 200
    assert shop.call("GET", path).json()["name"] == "SIM card"


def test_a_draft_with_what_is_withdrawn_says_so_and_is_repaired(shop: RunningBackend) -> None:
    question = {"picks": {"M03": 1, "M11": 1, "M16": 1}, "settings": {"M16#1": {}}}
    waiting = proposal_of(patch(shop, f"{OFFERING}/M16", {"lifecycleStatus": "Retired"}))
    before = shop.call("POST", "/desk-api/v1/choices", json=question).json()
    assert before["repair"] is None
    assert approve(shop, waiting).status_code == 200
    answer = shop.call("POST", "/desk-api/v1/choices", json=question)
    assert answer.status_code == 200, answer.text
    repair = answer.json()["repair"]
    (dropped,) = repair["dropped"]
    assert (dropped["id"], dropped["quantity"]) == ("M16", 1)
    assert dropped["reasons"] == [
        {"rule": "withdrawn", "text": "5G speed boost is not sold any more."}
    ]
    assert repair["text"] == "Take out 5G speed boost, which is not sold any more."
    assert {each["id"] for each in answer.json()["basket"]} == {"M03", "M11"}
    nobody = shop.call("POST", "/desk-api/v1/choices", json={"picks": {"ZZ9": 1}})
    assert nobody.status_code == 400
