"""A line rests and works again, by orders."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from backend.access.caller import Caller
from backend.rest.errors import Forbidden, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import MAREN, NOW, Shop, add, modify, settings_of
from tests.support.tmf import assert_conforms

LINE = (add("1", "M03"), add("2", "M11", line="1"))


@pytest.fixture
def edda(shop: Shop) -> str:
    return shop.customer()


@pytest.fixture
def line(shop: Shop, edda: str) -> Document:
    return shop.product(shop.fulfilled(edda, *LINE))


def resting(line: Document, **suspension: Any) -> Document:
    said = {"suspension": suspension} if suspension else {}
    return modify(line, own={"status": "suspended"}, **said)


def day(after: int) -> str:
    return (NOW.date() + timedelta(days=after)).isoformat()


def test_a_line_rests_and_says_why_and_until_when(shop: Shop, edda: str, line: Document) -> None:
    order = shop.fulfilled(edda, resting(line, reason="seasonal", until=day(90)))
    assert order["productOrderItem"][0]["purpose"] == "suspend"
    assert_conforms(622, "ProductOrder", order)
    rests = shop.product(order)
    assert rests["status"] == "suspended"
    assert settings_of(rests)["suspendReason"] == "seasonal"
    assert settings_of(rests)["suspendedUntil"] == day(90)
    assert_conforms(637, "Product", rests)
    works = shop.product(shop.fulfilled(edda, modify(line, own={"status": "active"})))
    assert works["status"] == "active"
    assert not {"suspendReason", "suspendedUntil"} & settings_of(works).keys()


def test_a_plain_client_rests_a_line_because_it_was_asked_to(
    shop: Shop, edda: str, line: Document
) -> None:
    order = shop.fulfilled(edda, resting(line))
    assert order["productOrderItem"][0]["suspension"] == {"reason": "request", "until": None}
    assert settings_of(shop.product(order))["suspendReason"] == "request"


@pytest.mark.parametrize("until", [0, -1, 181])
def test_a_line_rests_half_a_year_at_most(
    shop: Shop, edda: str, line: Document, until: int
) -> None:
    with pytest.raises(Refused) as refusal:
        shop.place(edda, resting(line, until=day(until)))
    assert refusal.value.code == "illegalDay"
    assert refusal.value.fields[0].path == "productOrderItem.0.suspension.until"


def test_only_what_works_rests_and_only_what_rests_works_again(
    shop: Shop, edda: str, line: Document
) -> None:
    with pytest.raises(Refused) as awake:
        shop.place(edda, modify(line, own={"status": "active"}))
    shop.fulfilled(edda, resting(line))
    with pytest.raises(Refused) as asleep:
        shop.place(edda, resting(line))
    assert awake.value.code == asleep.value.code == "illegalState"


def test_nobody_but_the_server_says_that_a_line_rests(
    shop: Shop, edda: str, line: Document
) -> None:
    told = {"productCharacteristic": [{"name": "suspendReason", "value": "fraud"}]}
    with pytest.raises(Refused, match="Only the server") as refusal:
        shop.place(edda, modify(line, own=told))
    assert refusal.value.fields[0].path.endswith("productCharacteristic.suspendReason")


def test_an_item_orders_one_thing(shop: Shop, edda: str, line: Document) -> None:
    for item in (
        modify(line, own={"status": "suspended"}, productOffering={"id": "M04"}),
        modify(line, own={"status": "suspended"}, sim={"kind": "esim", "checked": []}),
    ):
        with pytest.raises(Refused) as refusal:
            shop.place(edda, item)
        assert refusal.value.code == "onePurpose"


@pytest.mark.parametrize("right", ["product.suspend", "product.resume", "product.cease"])
def test_each_of_it_needs_its_right(shop: Shop, edda: str, line: Document, right: str) -> None:
    without = Caller("x", "Somebody", MAREN.roles, MAREN.rights - {right}, None)
    rests = shop.fulfilled(edda, resting(line)) if right == "product.resume" else None
    items = {
        "product.suspend": resting(line),
        "product.resume": modify(line, own={"status": "active"}),
        "product.cease": {"id": "1", "action": "delete", "product": {"id": line["id"]}},
    }
    assert rests is None or rests["state"] == "completed"
    with pytest.raises(Forbidden):
        shop.place(edda, items[right], by=without)
    assert shop.place(edda, items[right])["state"] == "acknowledged"


def test_what_is_in_an_open_order_waits_unless_the_phone_was_stolen(
    shop: Shop, edda: str, line: Document
) -> None:
    cap = {"productCharacteristic": [{"name": "spendCap", "value": "50"}]}
    first = shop.place(edda, modify(line, own=cap))
    with pytest.raises(Refused) as refusal:
        shop.place(edda, resting(line, reason="seasonal"))
    assert refusal.value.code == "openOrder"
    assert first["orderNumber"] in refusal.value.reason
    stolen = shop.place(edda, resting(line, reason="stolen"))
    assert stolen["productOrderItem"][0]["suspension"]["reason"] == "stolen"
    shop.move(first, "pending")
    shop.move(first, "cancelled")
    with pytest.raises(Refused, match=stolen["orderNumber"]):
        shop.place(edda, modify(line, own=cap))


def test_of_orders_at_once_about_a_line_one_is_taken(shop: Shop, edda: str, line: Document) -> None:
    cap = {"productCharacteristic": [{"name": "spendCap", "value": "50"}]}

    def place(_turn: int) -> str:
        try:
            return str(shop.place(edda, modify(line, own=cap))["state"])
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as crowd:
        ends = list(crowd.map(place, range(4)))
    assert sorted(ends) == ["acknowledged", "openOrder", "openOrder", "openOrder"]


def test_a_line_that_is_not_delivered_yet_is_in_its_own_order(shop: Shop, edda: str) -> None:
    order = shop.place(edda, *LINE)
    with pytest.raises(Refused) as refusal:
        shop.place(edda, modify(shop.product(order), productOffering={"id": "M04"}))
    assert refusal.value.code == "openOrder"
