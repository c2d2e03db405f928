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
