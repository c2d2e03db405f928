"""What a customer has stays what it is when it is sold no more."""

from __future__ import annotations

from tests.backend.catalog.conftest import TMF620, approve
from tests.support.backend import RunningBackend

EDDA = "KF-0041873-6"


def test_a_product_that_is_sold_no_more_stays_with_its_price(demo: RunningBackend) -> None:
    question = {"customerId": EDDA, "picks": {}}
    path = f"/desk-api/v1/account/{EDDA}"
    before = demo.call("POST", "/desk-api/v1/choices", json=question).json()
    account = demo.call("GET", path).json()
    had = {each["offer"] for each in before["installed"]}
    offerings = (each for each in ("M16", "M15", "M13", "F11", "C04", "C03", "C02") if each in had)
    code = next(offerings)
    retired = demo.call(
        "PATCH", f"{TMF620}/productOffering/{code}", "product", json={"lifecycleStatus": "Retired"}
    )
    assert retired.status_code == 202, retired.text
    assert approve(demo, retired.headers["Location"].rpartition("/")[2]).status_code == 200

    after = demo.call("POST", "/desk-api/v1/choices", json=question)
    assert after.status_code == 200, after.text
    products = {each["productId"]: each for each in before["installed"]}
    for each in after.json()["installed"]:
        assert each["monthly"] == products[each["productId"]]["monthly"]
        assert each["name"] == products[each["productId"]]["name"]
    assert len(after.json()["installed"]) == len(products)
    assert demo.call("GET", path).json()["products"] == account["products"]
