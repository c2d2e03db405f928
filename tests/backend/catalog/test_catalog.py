"""TMF620: what the operator sells, as the standard says it."""

from __future__ import annotations

from tests.support.backend import RunningBackend
from tests.support.tmf import assert_conforms

BASE = "/tmf-api/productCatalogManagement/v4"


def test_an_offering_has_its_catalogue_code_as_id(operator_backend: RunningBackend) -> None:
    offering = operator_backend.call("GET", f"{BASE}/productOffering/M03").json()
    assert offering["name"] == "Skarv 100 (100 GB, 5G)"
    assert offering["lifecycleStatus"] == "Launched"
    assert offering["category"][0]["name"] == "Mobile"
    price = operator_backend.call("GET", f"{BASE}/productOfferingPrice/M03-monthly").json()
    assert price["price"] == {"unit": "GBP", "value": 19.0}


def test_every_entity_is_as_the_official_file_says(operator_backend: RunningBackend) -> None:
    kinds = {
        "catalog": "Catalog",
        "category": "Category",
        "productSpecification": "ProductSpecification",
        "productOffering": "ProductOffering",
        "productOfferingPrice": "ProductOfferingPrice",
    }
    for path, definition in kinds.items():
        found = operator_backend.call("GET", f"{BASE}/{path}?limit=200").json()
        assert found
        for entity in found:
            assert_conforms(620, definition, entity)


def test_all_75_offers_are_there_and_can_be_filtered(operator_backend: RunningBackend) -> None:
    everything = operator_backend.call(
        "GET", f"{BASE}/productOffering?lifecycleStatus=Launched&limit=1"
    )
    assert everything.headers["X-Total-Count"] == "75"
    content = operator_backend.call("GET", f"{BASE}/productOffering?category.id=content")
    assert {each["id"] for each in content.json()} == {f"C0{n}" for n in range(1, 9)}


def test_a_mobile_line_says_what_can_be_set(operator_backend: RunningBackend) -> None:
    line = operator_backend.call("GET", f"{BASE}/productSpecification/mobile-line").json()
    by_name = {each["name"]: each for each in line["productSpecCharacteristic"]}
    assert by_name["spendCap"]["configurable"] is True
    assert by_name["numberType"]["productSpecCharacteristicValue"][0]["value"] == "mobile"


def test_only_a_product_manager_may_write(operator_backend: RunningBackend) -> None:
    body = {"name": "Skarv 50 (50 GB, 5G)", "lifecycleStatus": "In study"}
    refused = operator_backend.call("POST", f"{BASE}/productOffering", json=body)
    assert refused.status_code == 403
    made = operator_backend.call("POST", f"{BASE}/productOffering", "product", json=body)
    assert made.status_code == 201
    path = made.json()["href"]
    skipped = operator_backend.call("PATCH", path, "product", json={"lifecycleStatus": "Launched"})
    assert skipped.status_code == 422


def test_an_offering_says_what_it_needs_and_what_it_rules_out(
    operator_backend: RunningBackend,
) -> None:
    saving = operator_backend.call("GET", f"{BASE}/productOffering/X02").json()
    related = {
        (each["relationshipType"], each["role"], each["id"])
        for each in saving["productOfferingRelationship"]
    }
    assert {("requires", "R88", "T02"), ("requires", "R88", "T03")} <= related, "either will do"
    assert ("excludes", "R90", "X01") in related
    assert ("requires", "R44", "F06") not in related
    router = operator_backend.call("GET", f"{BASE}/productOffering/F14").json()
    excluded = {each["id"] for each in router["productOfferingRelationship"]}
    assert {"F04", "F05"} <= excluded, "what rules it out is ruled out by it"


def test_an_offering_says_where_and_to_whom_it_is_sold(operator_backend: RunningBackend) -> None:
    prepaid = operator_backend.call("GET", f"{BASE}/productOffering/P01").json()
    assert [each["id"] for each in prepaid["channel"]] == ["SELF"]
    seat = operator_backend.call("GET", f"{BASE}/productOffering/V02").json()
    assert [each["id"] for each in seat["marketSegment"]] == ["BUS"]
    (most,) = (each for each in seat["prodSpecCharValueUse"] if each["name"] == "quantity")
    assert most["productSpecCharacteristicValue"][0]["valueTo"] == 50
    assert seat["validFor"]["startDateTime"]


def test_a_bundle_says_what_it_holds_and_how_many(operator_backend: RunningBackend) -> None:
    bundle = operator_backend.call("GET", f"{BASE}/productOffering/C08").json()
    assert bundle["isBundle"]
    held = {
        each["id"]: each["bundledProductOfferingOption"]
        for each in bundle["bundledProductOffering"]
    }
    assert set(held) == {"C01", "C02", "C03", "C04", "C05"}
    assert held["C01"]["numberRelOfferUpperLimit"] == 1


def test_a_saving_is_a_discount_and_taxes_are_told(operator_backend: RunningBackend) -> None:
    saving = operator_backend.call("GET", f"{BASE}/productOfferingPrice/X01-monthly").json()
    assert (saving["priceType"], saving["price"]["value"]) == ("discount", -5.0)
    assert saving["tax"] == [{"taxCategory": "VAT", "taxRate": 20.0}]


def test_the_documents_of_the_version_in_force_make_these_entities(
    operator_backend: RunningBackend,
) -> None:
    edition = operator_backend.call("GET", "/desk-api/v1/catalogue", "product").json()
    assert {each["code"] for each in edition["catalogue"]["offers"]} == {
        each["id"]
        for each in operator_backend.call("GET", f"{BASE}/productOffering?limit=200").json()
        if each["lifecycleStatus"] == "Launched"
    }
