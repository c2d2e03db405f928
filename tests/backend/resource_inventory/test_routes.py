"""TMF639 over HTTP, held against the official file."""

from __future__ import annotations

import pytest

from backend.database import Database
from backend.numbers import rules as numbers
from backend.resource_inventory import rules
from backend.rest.resource import Context
from tests.backend.numbers.conftest import MAREN, NOW, RESELLER
from tests.backend.resource_inventory.conftest import KEEPER, By
from tests.support.rest import STRANGER, Api
from tests.support.tmf import assert_conforms

BASE = "/tmf-api/resourceInventoryManagement/v4"
SIM = "8999010000000000011"
SIM_FROM_THE_FACTORY = {
    "@type": "PhysicalResource",
    "@baseType": "Resource",
    "category": "SIM",
    "serialNumber": "8999010000000020001",
    "resourceCharacteristic": [
        {"name": "IMSI", "value": "001010100002000"},
        {"name": "PIN1", "value": "4711"},
        {"name": "PUK1", "value": "47110815"},
    ],
}


def characteristics(document: dict[str, object]) -> dict[str, str]:
    found = document["resourceCharacteristic"]
    assert isinstance(found, list)
    return {one["name"]: one["value"] for one in found}


def test_numbers_and_sims_are_resources_of_the_standard(api: Api) -> None:
    number = api.get(f"{BASE}/resource/07700900477").json()
    card = api.get(f"{BASE}/resource/{SIM}").json()
    assert_conforms(639, "LogicalResource", number)
    assert_conforms(639, "PhysicalResource", card)
    assert (number["value"], number["resourceStatus"]) == ("07700900477", "available")
    assert characteristics(number) == {
        "numberType": "mobile",
        "grade": "silver",
        "pool": "public",
        "area": "07700",
        "town": "",
        "state": "free",
    }
    assert card["serialNumber"] == SIM
    assert characteristics(card)["simType"] == "plastic"
    assert api.get(f"{BASE}/physicalResource/{SIM}").json() == card
    assert api.get(f"{BASE}/logicalResource/{SIM}").status_code == 404
    assert api.get(f"{BASE}/resource/none").status_code == 404


def test_another_operators_desk_finds_free_numbers_by_filters(api: Api) -> None:
    query = "resourceSpecification.name=TelephoneNumber&resourceStatus=available"
    answer = api.get(f"{BASE}/resource?{query}&value.regex=^0113.*77$&limit=3")
    assert answer.headers["X-Total-Count"] == "10"
    assert [one["value"] for one in answer.json()] == ["01134960077", "01134960177", "01134960277"]
    for one in answer.json():
        assert_conforms(639, "Resource", one)
    sims = api.get(f"{BASE}/resource?category=SIM&fields=none&limit=500").json()
    assert len(sims) == 90
    assert sims[0].keys() == {"id", "href"}


def test_status_and_use_follow_the_state_of_a_number(api: Api, stocked: Database) -> None:
    def status() -> tuple[str, str]:
        document = api.get(f"{BASE}/resource/07700900401").json()
        return document["resourceStatus"], document["usageState"]

    with stocked.begin() as connection:
        context = Context(connection, MAREN, NOW, "test")
        numbers.hold(context, "draft", ["07700900401"])
    assert status() == ("reserved", "idle")
    with stocked.begin() as connection:
        context = Context(connection, MAREN, NOW, "test")
        numbers.release_draft(context, "draft")
        numbers.assign(context, "07700900401", "product", customer_id="KF-1")
    assert status() == ("reserved", "active")
    with stocked.begin() as connection:
        numbers.quarantine(Context(connection, MAREN, NOW, "test"), "07700900401")
    assert status() == ("standby", "idle")


def test_no_answer_holds_pin_or_puk_unless_they_are_asked_for_by_name(api: Api, by: By) -> None:
    with by() as context:
        codes = rules.reveal(context, SIM, None)
        rules.assign_sim(context, SIM, "product", customer_id="KF-1")
    paths = [
        f"resource/{SIM}",
        f"resource/{SIM}?fields=resourceCharacteristic",
        f"physicalResource/{SIM}?fields=PIN1,PUK1",
        "resource?category=SIM&fields=PIN1,PUK1,resourceCharacteristic",
        "resource?category=SIM&limit=500",
    ]
    for path in paths:
        assert codes.puk1 not in api.get(f"{BASE}/{path}").text
    shown = api.get(f"{BASE}/resource/{SIM}?fields=PUK1&reason=Locked%20out")
    assert characteristics(shown.json()) == {"PUK1": codes.puk1}
    assert shown.headers["Cache-Control"] == "no-store"
    assert api.get(f"{BASE}/resource/{SIM}?fields=PUK1").json()["code"] == "noReason"
    assert api.as_caller(STRANGER).get(f"{BASE}/resource/{SIM}?fields=PUK1").status_code == 403
    assert api.get(f"{BASE}/resource/unknown?fields=PUK1").status_code == 404


def test_a_reseller_sees_what_is_free_and_what_its_customers_have(
    api: Api, stocked: Database
) -> None:
    reseller = api.as_caller(RESELLER)
    individual = reseller.made(
        "/tmf-api/party/v4/individual", {"givenName": "Edda", "familyName": "Marrowby"}
    )
    customer = reseller.made(
        "/tmf-api/customerManagement/v4/customer",
        {
            "name": "Edda Marrowby",
            "engagedParty": {"id": individual["id"], "@referredType": "Individual"},
        },
    )
    with stocked.begin() as connection:
        context = Context(connection, MAREN, NOW, "test")
        numbers.assign(context, "07700900401", "one", customer_id=customer["id"])
        numbers.assign(context, "07700900402", "two", customer_id="KF-another")
    seen = [
        reseller.get(f"{BASE}/resource/0770090040{last}").status_code for last in ("1", "2", "3")
    ]
    assert seen == [200, 404, 200]
    own = api.get(f"{BASE}/resource/07700900401").json()
    assert [(one["id"], one["role"]) for one in own["relatedParty"]] == [(customer["id"], "user")]
    assert_conforms(639, "LogicalResource", own)


def test_a_factory_delivers_sims_and_an_operator_new_numbers(api: Api) -> None:
    keeper = api.as_caller(KEEPER)
    made = keeper.post(f"{BASE}/resource", SIM_FROM_THE_FACTORY)
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == made.json()["href"]
    assert_conforms(639, "PhysicalResource", made.json())
    assert "47110815" not in made.text
    assert keeper.post(f"{BASE}/resource", SIM_FROM_THE_FACTORY).status_code == 409
    number = keeper.made(
        f"{BASE}/resource", {"category": "TelephoneNumber", "value": "01914980123"}
    )
    assert characteristics(number)["grade"] == "gold"
    assert keeper.post(f"{BASE}/resource", {"category": "Van"}).status_code == 400
    assert keeper.post(f"{BASE}/resource", {"category": "SIM"}).status_code == 400
    assert api.post(f"{BASE}/resource", SIM_FROM_THE_FACTORY).status_code == 403


def test_a_number_is_frozen_with_a_reason_and_freed_again(api: Api) -> None:
    keeper, path = api.as_caller(KEEPER), f"{BASE}/resource/07700900401"
    etag = keeper.get(path).headers["ETag"]
    assert keeper.patch(path, {"resourceStatus": "suspended"}).status_code == 400
    frozen = keeper.patch(
        path,
        {"resourceStatus": "suspended", "note": [{"text": "Fraud is looked into"}]},
        headers={"If-Match": etag},
    )
    assert frozen.json()["administrativeState"] == "locked"
    assert keeper.patch(path, {}, headers={"If-Match": etag}).status_code == 412
    assert keeper.patch(path, {"resourceStatus": "reserved"}).status_code == 422
    assert keeper.patch(path, {"resourceStatus": "available"}).json()["resourceStatus"] == (
        "available"
    )
    assert keeper.patch(path, {"name": "Mine"}).status_code == 422
    assert api.patch(path, {"resourceStatus": "suspended"}).status_code == 403


def test_a_lost_sim_is_ended(api: Api) -> None:
    keeper = api.as_caller(KEEPER)
    ended = keeper.patch(f"{BASE}/resource/{SIM}", {"resourceStatus": "suspended"}).json()
    assert (ended["operationalState"], ended["administrativeState"]) == ("disable", "shutdown")
    again = keeper.patch(f"{BASE}/resource/{SIM}", {"resourceStatus": "available"})
    assert again.status_code == 422


def test_what_is_not_offered_says_what_is(api: Api) -> None:
    answer = api.call("DELETE", f"{BASE}/resource/{SIM}")
    assert answer.status_code == 405
    assert {"GET", "PATCH"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("path", ["resource", "logicalResource", "physicalResource"])
def test_strangers_see_nothing(api: Api, path: str) -> None:
    assert api.as_caller(STRANGER).get(f"{BASE}/{path}").status_code == 403
