"""What an item is for follows from what it says, and from what the product is now."""

from __future__ import annotations

from typing import Any

import pytest

from backend.ordering.purposes import derived, purpose_of
from backend.rest.resource import Document
from tests.backend.ordering.conftest import Shop, add

NUMBER = {"name": "telephoneNumber", "value": "07700900123"}
CAP = {"name": "spendCap", "value": "50"}
LINE: Document = {
    "id": "p",
    "status": "active",
    "productOffering": {"id": "M03"},
    "productCharacteristic": [NUMBER, {"name": "spendCap", "value": "25"}],
}


def modify(product: Document | None = None, **more: Any) -> Document:
    return {"id": "1", "action": "modify", "product": {"id": "p", **(product or {})}, **more}


@pytest.mark.parametrize(
    ("purpose", "item"),
    [
        ("add", {"id": "1", "action": "add", "productOffering": {"id": "M03"}}),
        ("discontinue", {"id": "1", "action": "delete", "product": {"id": "p"}}),
        ("", {"id": "1", "action": "noChange", "product": {"id": "p"}}),
        ("suspend", modify({"status": "suspended"})),
        ("suspend", modify(suspension={"reason": "lost"})),
        ("resume", modify({"status": "active"})),
        ("simSwap", modify(sim={"kind": "esim"})),
        ("numberChange", modify({"productCharacteristic": [{**NUMBER, "value": ""}]})),
        ("numberChange", modify({"productCharacteristic": [NUMBER]})),
        ("change", modify({"productCharacteristic": [CAP]})),
        ("change", modify({"productCharacteristic": [NUMBER, CAP]})),  # the whole product again
        ("change", modify({"status": "active", "productCharacteristic": [CAP]})),
        ("change", modify(productOffering={"id": "M03"})),
        ("move", modify(productOffering={"id": "M04"})),
        ("change", modify()),
    ],
)
def test_an_item_says_what_it_is_for(purpose: str, item: Document) -> None:
    assert derived({}, item, LINE) == purpose


@pytest.mark.parametrize(
    ("category", "purpose"),
    [("changeOfOwnership", "ownership"), ("relocation", "relocate"), ("change", "change")],
)
def test_a_category_gives_all_that_changes_its_purpose(category: str, purpose: str) -> None:
    order = {"category": category}
    assert derived(order, modify(), LINE) == purpose
    assert derived(order, {"id": "2", "action": "add"}) == "add"


def test_what_the_server_wrote_counts(shop: Shop) -> None:
    assert purpose_of({}, modify(purpose="move")) == "move"
    assert purpose_of({}, modify(productOffering={"id": "M04"})) == "move"
    line = {**add("1", "M03"), "purpose": "discontinue"}
    order = shop.place(shop.customer(), line, add("2", "M11", line="1"))
    assert [item["purpose"] for item in order["productOrderItem"]] == ["add", "add"]
