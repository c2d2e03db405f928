"""Deeds at products go through the same command; who must agree depends on what is done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.access.caller import Caller
from backend.ordering import rules as ordering
from backend.rest.resource import Context, Document
from tests.backend.creation.conftest import Desk, command, item, person

MOBILE = (item("1", "M03", userName="Edda"), item("2", "M11", line="1"))
SERVER = Caller("server", "Jackfield", frozenset(), frozenset(), None)


@pytest.fixture
def line(desk: Desk) -> Document:
    """Edda's mobile line, which works."""
    made = desk.made(command(*MOBILE))
    with desk.backend.database.begin() as connection:
        context = Context(connection, SERVER, datetime.now(UTC), "test")
        for state in ("inProgress", "completed"):
            ordering.set_item_state(context, made["orderId"], None, state)
    products = desk.get(f"/tmf-api/productInventory/v4/product?customerId={made['customerId']}")
    found: Document = next(one for one in products if one["productOffering"]["id"] == "M03")
    return found


def deed(line: Document, order: Document | None = None, **more: Any) -> Document:
    """A command that does something to the line; nobody has agreed to anything."""
    owner = next(one for one in line["relatedParty"] if one["role"] == "customer")
    product = {"id": line["id"], **more.pop("product", {})}
    change = {"id": "1", "action": "modify", "product": product, **more.pop("item", {})}
    return {
        "customer": {"id": owner["id"]},
        "order": {"productOrderItem": [change], **(order or {})},
        **more,
    }


AGREED = command(*MOBILE)["agreement"]


def test_resting_and_waking_a_line_needs_no_new_agreement(desk: Desk, line: Document) -> None:
    rest = deed(line, product={"status": "suspended"}, item={"suspension": {"reason": "request"}})
    order = desk.made(rest)["orderId"]
    placed = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{order}")
    assert placed["productOrderItem"][0]["purpose"] == "suspend"
    assert "agreement" not in placed or placed["agreement"] == []


def test_what_binds_anew_still_needs_one(desk: Desk, line: Document) -> None:
    move = deed(line, item={"productOffering": {"id": "M04"}})
    refused = desk.send(move)
    assert (refused.status_code, refused.json()["code"]) == (422, "agreement")
    assert desk.send({**move, "agreement": AGREED}).status_code == 201


def test_a_line_changes_hands_when_both_have_agreed_and_the_taker_pays(
    desk: Desk, line: Document
) -> None:
    taker = desk.made(command(customer=person("Tove", "Ashgrove")))
    gift = deed(
        line,
        {
            "category": "changeOfOwnership",
            "relatedParty": [
                {"id": taker["customerId"], "role": "newOwner", "@referredType": "Customer"}
            ],
        },
    )
    senior = Desk(desk.backend, "senior")
    lone = senior.send({**gift, "agreement": AGREED})
    assert lone.json()["code"] == "agreement"
    assert "newOwnerAgreement" in str(lone.json())
    done = senior.made({**gift, "agreement": AGREED, "newOwnerAgreement": AGREED})
    placed = desk.get(f"/tmf-api/productOrderingManagement/v4/productOrder/{done['orderId']}")
    assert placed["billingAccount"]["id"] == taker["accountId"]
    assert len(placed["agreement"]) == 2


def test_another_number_is_foretold_and_stays_free(desk: Desk, line: Document) -> None:
    value = {"name": "telephoneNumber", "value": "", "valueType": "string"}
    change = deed(line, product={"productCharacteristic": [value]})
    told = desk.backend.call("POST", "/desk-api/v1/preview", desk.user, json=change)
    assert told.status_code == 200, told.text
    (changed,) = told.json()["order"]["productOrderItem"]
    assert changed["purpose"] == "numberChange"
    new: Any = changed["product"]["productCharacteristic"][0]["value"]
    free = desk.get(f"/desk-api/v1/numbers?type=mobile&how=contains&digits={new[-6:]}")
    assert {each["state"] for each in free["numbers"] if each["id"] == new} == {"available"}
