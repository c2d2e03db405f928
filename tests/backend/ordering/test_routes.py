"""TMF622 and TMF637 over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.backend.creation.conftest import Desk, command, desk, item, running
from tests.backend.ordering.conftest import order_of
from tests.support.tmf import assert_conforms

__all__ = ["desk", "running"]

ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
CANCELS = "/tmf-api/productOrderingManagement/v4/cancelProductOrder"
PRODUCTS = "/tmf-api/productInventory/v4/product"


def post(desk: Desk, path: str, body: dict[str, Any], **headers: str) -> Any:
    return desk.backend.call("POST", path, desk.user, json=body, headers=headers)


@pytest.fixture
def edda(desk: Desk) -> str:
    return str(desk.made(command())["customerId"])


def placed(desk: Desk, customer_id: str) -> dict[str, Any]:
    answer = post(desk, ORDERS, order_of(customer_id, item("1", "M02"), item("2", "M11")))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    assert answer.headers["Location"] == body["href"]
    return body


def test_an_order_is_posted_read_and_listed(desk: Desk, edda: str) -> None:
    order = placed(desk, edda)
    assert_conforms(622, "ProductOrder", order)
    assert desk.get(order["href"]) == order
    for condition in (f"customerId={edda}", f"relatedParty.id={edda}",
                      f"orderNumber={order['orderNumber']}"):  # fmt: skip
        assert [one["id"] for one in desk.get(f"{ORDERS}?{condition}")] == [order["id"]]
    assert desk.get(f"{ORDERS}?customerId={edda}&state=completed") == []


def test_an_order_that_names_no_number_gets_the_next_free_standard_one(
    desk: Desk, edda: str
) -> None:
    free = desk.get("/desk-api/v1/numbers?type=mobile&grade=standard&how=next&limit=1")
    line = placed(desk, edda)["productOrderItem"][0]
    given = {one["name"]: one["value"] for one in line["product"]["productCharacteristic"]}
    assert given["telephoneNumber"] == free["numbers"][0]["id"]


def test_the_same_key_places_one_order(desk: Desk, edda: str) -> None:
    body = order_of(edda, item("1", "M02"), item("2", "M11"))
    first, again = (post(desk, ORDERS, body, **{"Idempotency-Key": edda}) for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    assert len(desk.get(f"{ORDERS}?customerId={edda}")) == 1


def test_products_are_read_but_written_only_by_orders(desk: Desk, edda: str) -> None:
    placed(desk, edda)
    products = desk.get(f"{PRODUCTS}?customerId={edda}&sort=name")
    assert len(products) == 2
    for product in products:
        assert_conforms(637, "Product", product)
    assert desk.get(f"{PRODUCTS}?productOffering.id=M02&relatedParty.id={edda}")[0]["name"]
    answer = post(desk, PRODUCTS, {"name": "A gift"})
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET"


def patch(desk: Desk, order: dict[str, Any], body: dict[str, Any]) -> Any:
    return desk.backend.call("PATCH", order["href"], desk.user, json=body)


def test_notes_and_wishes_may_be_amended_before_the_order_is_over(desk: Desk, edda: str) -> None:
    order = placed(desk, edda)
    answer = patch(desk, order, {"note": [{"text": "Call first"}], "priority": "1"})
    assert answer.status_code == 200
    assert answer.json()["note"][0]["text"] == "Call first"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"state": "completed"}, 422),
        ({"state": "inProgress"}, 422),
        ({"state": "delighted"}, 400),
        ({"productOrderItem": []}, 400),
        ({"relatedParty": []}, 422),
        ({"priceList": {"id": "PL-SOC"}}, 422),
        ({"orderNumber": "KO-0000000-0"}, 400),
        ({"colour": "blue"}, 400),
    ],
)
def test_what_follows_from_items_can_not_be_patched(
    desk: Desk, edda: str, body: dict[str, Any], status: int
) -> None:
    order = placed(desk, edda)
    assert patch(desk, order, body).status_code == status
    assert desk.get(order["href"]) == order


def test_a_cancelled_order_is_amended_only_by_notes(desk: Desk, edda: str) -> None:
    order = placed(desk, edda)
    task = post(desk, CANCELS, {"productOrder": {"id": order["id"]}})
    assert task.status_code == 201
    assert_conforms(622, "CancelProductOrder", task.json())
    assert desk.get(order["href"])["state"] == "cancelled"  # no step of its flow was begun
    assert patch(desk, order, {"priority": "1"}).status_code == 422
    assert patch(desk, order, {"note": [{"text": "She was sorry"}]}).status_code == 200
    assert desk.get(f"{CANCELS}?productOrder.id={order['id']}")[0]["state"] == "done"
    again = post(desk, CANCELS, {"productOrder": {"id": order["id"]}})
    assert again.status_code == 422


def test_who_may_only_look_orders_nothing(desk: Desk, edda: str) -> None:
    auditor = Desk(desk.backend, "auditor")
    answer = post(auditor, ORDERS, order_of(edda, item("1", "M02"), item("2", "M11")))
    assert answer.status_code == 403


def test_a_partner_sees_no_orders_of_the_operators_customers(desk: Desk, edda: str) -> None:
    order = placed(desk, edda)
    partner = Desk(desk.backend, "reseller")
    assert partner.get(f"{ORDERS}?customerId={edda}") == []
    assert partner.get(f"{PRODUCTS}?customerId={edda}") == []
    assert desk.backend.call("GET", order["href"], "reseller").status_code == 404
    answer = post(partner, CANCELS, {"productOrder": {"id": order["id"]}})
    assert answer.status_code == 422


@pytest.mark.parametrize("quantity", [0, -1, 501, 1.5, "1"])
def test_a_quantity_is_a_count(desk: Desk, edda: str, quantity: Any) -> None:
    order = order_of(edda, item("1", "M02") | {"quantity": quantity}, item("2", "M11"))
    answer = post(desk, ORDERS, order)
    assert answer.status_code == 400
    assert answer.json()["fields"][0]["path"] == "productOrderItem.0.quantity"
