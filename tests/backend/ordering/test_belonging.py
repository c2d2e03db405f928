"""What hangs on a product goes where it goes; products change hands and addresses by orders."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.account import rules as account
from backend.address import rules as address
from backend.customer import rules as customer
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.rest import documents
from backend.rest.errors import Forbidden, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import (
    MAREN,
    NOW,
    PARTNER,
    SENIOR,
    Shop,
    add,
    delete,
    modify,
    settings_of,
)
from tests.support.tmf import assert_conforms

LINE = (add("1", "M03"), add("2", "M11", line="1"), add("3", "M18", line="1"))
HOME = "QX4 7TR 14 Pebblewick"


@pytest.fixture
def edda(shop: Shop) -> str:
    return shop.customer()


@pytest.fixture
def line(shop: Shop, edda: str) -> Document:
    return shop.product(shop.fulfilled(edda, *LINE))


def at(shop: Shop, words: str) -> str:
    with shop.at() as context:
        return str(address.complete(context.connection, words)[0]["id"])


def sim_of(shop: Shop, owner: str, line: Document) -> str:
    """The product that is the SIM of a line."""
    with shop.at() as context:
        hanging = inventory.relying_on(context, owner, [line["id"]])
        offers = {inventory.find(context, each)["productOffering"]["id"]: each for each in hanging}
    return offers["M11"]


def without_fibre(shop: Shop) -> str:
    """An address where no fibre is."""
    with shop.at() as context:
        found = address.complete(context.connection, "Q", 500)
    return next(str(one["id"]) for one in found if not one["networks"]["gpon"])


def test_what_hangs_on_a_line_ends_with_it_and_the_order_says_so(
    shop: Shop, edda: str, line: Document
) -> None:
    order = shop.fulfilled(edda, delete(line))
    assert_conforms(622, "ProductOrder", order)
    added = order["productOrderItem"][1:]
    assert {item["product"]["name"] for item in added} == {
        "eSIM profile",
        "Young-caller protection (premium bar + web filter)",
    }
    for item in added:
        assert item["action"] == "delete"
        assert item["productOrderItemRelationship"] == [{"id": "1", "relationshipType": "reliesOn"}]
    said = [note["text"] for note in order["note"]]
    assert "eSIM profile ends with Skarv 100 (100 GB, 5G)." in said
    with shop.at() as context:
        assert inventory.installed(context, edda) == {}


def test_what_is_named_in_the_order_stays_as_it_is_said(
    shop: Shop, edda: str, line: Document
) -> None:
    sim = sim_of(shop, edda, line)
    order = shop.place(edda, delete(line), delete({"id": sim}, "2"))
    assert [item["id"] for item in order["productOrderItem"]] == ["1", "2", "with-1"]


def test_a_move_keeps_what_hangs_on_a_line(shop: Shop, edda: str, line: Document) -> None:
    shop.fulfilled(edda, modify(line, productOffering={"id": "M04"}))
    with shop.at() as context:
        assert inventory.installed(context, edda) == {"M04": 1, "M11": 1, "M18": 1}


def new_owner(customer_id: str) -> Document:
    return {"id": customer_id, "role": "newOwner", "@referredType": "Customer"}


def give(shop: Shop, giver: str, taker: str, line: Document, **more: Any) -> Document:
    by = more.pop("by", SENIOR)
    with shop.at(by) as context:
        parties = [
            {"id": giver, "role": "customer", "@referredType": "Customer"},
            new_owner(taker),
        ]
        order = {
            "category": "changeOfOwnership",
            "relatedParty": parties,
            "productOrderItem": [modify(line)],
            **more,
        }
        return shop.ordering.place(context, order)


def test_a_line_and_all_that_hangs_on_it_is_another_ones(
    shop: Shop, edda: str, line: Document
) -> None:
    torvald = shop.customer()
    order = give(shop, edda, torvald, line)
    assert {item["purpose"] for item in order["productOrderItem"]} == {"ownership"}
    assert len(order["productOrderItem"]) == 3
    assert_conforms(622, "ProductOrder", order)
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    moved = shop.product(order)
    assert inventory.customer_of(moved) == torvald
    assert moved["billingAccount"]["id"] == order["billingAccount"]["id"]
    with shop.at() as context:
        assert account.customer_of(account.find(context, moved["billingAccount"]["id"])) == torvald
        assert inventory.installed(context, edda) == {}
        assert inventory.installed(context, torvald) == {"M03": 1, "M11": 1, "M18": 1}
        (number,) = numbers.of_product(context, line["id"])
    assert (number.used_by, number.state) == (torvald, numbers.State.ASSIGNED)
    assert settings_of(moved)["telephoneNumber"] == number.value


def test_only_a_senior_gives_products_to_another(shop: Shop, edda: str, line: Document) -> None:
    with pytest.raises(Forbidden):
        give(shop, edda, shop.customer(), line, by=MAREN)


def test_the_new_owner_must_be_another_open_customer_with_an_account(
    shop: Shop, edda: str, line: Document
) -> None:
    closed = shop.customer()
    with shop.at() as context:
        documents.rewrite(
            context, customer.CUSTOMER, closed, lambda before: {**before, "status": "closed"}
        )
    cases = {edda: "already", "KF-9999999-0": "no such customer", closed: "closed"}
    for taker, reason in cases.items():
        with pytest.raises(Refused, match=reason) as refusal:
            give(shop, edda, taker, line)
        assert refusal.value.fields[0].path == "relatedParty.1"
    rich = shop.customer()
    with shop.at() as context:
        owner = {"id": rich, "role": "customer"}
        account.create(context, {"name": "Cabin", "relatedParty": [owner]})
    with pytest.raises(Refused) as unsaid:
        give(shop, edda, rich, line)
    assert unsaid.value.code == "accountMissing"
    with pytest.raises(Refused, match="no such billing account"):
        give(shop, edda, shop.customer(), line, billingAccount=line["billingAccount"])


def test_the_rules_decide_whether_the_new_owner_may_have_it(
    shop: Shop, edda: str, line: Document
) -> None:
    owing = shop.customer()
    with shop.at() as context:
        (mine,) = account.of_customer(context, owing)
        account.set_payment_status(context, mine["id"], "inArrears")
    with pytest.raises(Refused, match="unpaid balance") as refusal:
        give(shop, edda, owing, line)
    assert refusal.value.code == "ruleBroken"
    assert refusal.value.fields[0].path == "productOrderItem.0.product"


def test_what_stays_with_the_giver_must_stand_alone(shop: Shop, edda: str, line: Document) -> None:
    sim = sim_of(shop, edda, line)
    with pytest.raises(Refused, match="exactly one SIM"):
        give(shop, edda, shop.customer(), {"id": sim})


def test_a_change_of_owner_only_gives_away(shop: Shop, edda: str, line: Document) -> None:
    with pytest.raises(Refused) as refusal:
        give(shop, edda, shop.customer(), line, productOrderItem=[modify(line), add("2", "M13")])
    assert refusal.value.code == "onePurpose"


def fibre(home: str) -> list[Document]:
    """Broadband with its router, put in by an engineer, at an address."""
    items = [add("1", "F02"), add("2", "F07", line="1"), add("3", "F13", line="1")]
    for item in items:
        item["product"]["place"] = [{"id": home, "role": "installationAddress"}]
    return items


def relocate(shop: Shop, owner: str, product: Document, to: str, **more: Any) -> Document:
    moved = modify(product, own={"place": [{"id": to}]}, **more.pop("item", {}))
    return shop.place(owner, moved, category="relocation", **more)


def test_broadband_moves_house_with_its_router(shop: Shop) -> None:
    home = at(shop, HOME)
    owner = shop.customer(addressId=home)
    broadband = shop.product(shop.fulfilled(owner, *fibre(home)))
    to = at(shop, "QX4 7TR 16 Pebblewick")
    start = (NOW + timedelta(days=10)).isoformat()
    order = relocate(shop, owner, broadband, to, requestedStartDate=start)
    assert {item["purpose"] for item in order["productOrderItem"]} == {"relocate"}
    assert len(order["productOrderItem"]) == 3
    assert_conforms(622, "ProductOrder", order)
    shop.move(order, "inProgress")
    shop.move(order, "completed")
    for index in range(3):
        (place,) = shop.product(order, index)["place"]
        assert place["id"] == to
        assert place["name"].startswith("16 Pebblewick")
    assert shop.product(order)["productPrice"] == broadband["productPrice"]


def test_nobody_moves_where_it_can_not_be_had(shop: Shop) -> None:
    home = at(shop, HOME)
    owner = shop.customer(addressId=home)
    broadband = shop.product(shop.fulfilled(owner, *fibre(home)))
    with pytest.raises(Refused, match="No fibre at this address yet") as refusal:
        relocate(shop, owner, broadband, without_fibre(shop))
    assert refusal.value.code == "ruleBroken"
    with pytest.raises(Refused) as past:
        yesterday = (NOW - timedelta(days=1)).isoformat()
        relocate(shop, owner, broadband, home, requestedStartDate=yesterday)
    assert past.value.code == "illegalDay"
    with pytest.raises(Refused) as nowhere:
        shop.place(owner, modify(broadband), category="relocation")
    assert nowhere.value.code == "placeMissing"


def test_a_partner_gives_only_what_is_of_own_customers(shop: Shop, line: Document) -> None:
    own = shop.customer(reseller="R1")
    with pytest.raises(Refused, match="no such product"):
        shop.place(own, modify(line, own={"status": "suspended"}), by=PARTNER)


def test_a_price_that_a_client_writes_counts_for_nothing(
    shop: Shop, edda: str, line: Document
) -> None:
    free = [{"priceType": "recurring", "price": {"taxIncludedAmount": {"value": 0}}}]
    cheap = modify(line, itemPrice=free, itemTerm=[])
    shop.fulfilled(edda, cheap)
    with shop.at() as context:
        now = inventory.find(context, line["id"])
    assert now["productPrice"] == line["productPrice"]
    assert now["productTerm"] == line["productTerm"]
