"""What an order must be before it is accepted, and what it becomes."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from backend import identifiers
from backend.inventory import rules as inventory
from backend.numbers import rules as numbers
from backend.rest.errors import Conflict, Refused
from backend.rest.resource import Document
from tests.backend.ordering.conftest import MAREN, NOW, Shop, add, order_of
from tests.support.tmf import assert_conforms


def value(item: Document, name: str) -> Any:
    return next(
        each["value"] for each in item["product"]["productCharacteristic"] if each["name"] == name
    )


def test_an_order_is_numbered_priced_and_started(shop: Shop) -> None:
    edda = shop.customer()
    order = shop.place(edda, add("1", "M03", userName="Edda"), add("2", "M11", line="1"))
    assert identifiers.verify(order["orderNumber"], identifiers.Kind.ORDER)
    assert order["state"] == "acknowledged"
    assert [item["state"] for item in order["productOrderItem"]] == ["acknowledged"] * 2
    (monthly,) = order["orderTotalPrice"]
    assert monthly["price"]["taxIncludedAmount"] == {"unit": "GBP", "value": 19.0}
    assert monthly["price"]["dutyFreeAmount"] == {"unit": "GBP", "value": 15.83}
    assert order["priceList"]["id"] == "PL-RES-26"
    assert order["catalogueVersion"] == "1"
    assert order["billingAccount"]["name"] == "Home"
    assert [each["id"] for each in shop.accepted] == [order["id"]]
    assert_conforms(622, "ProductOrder", order)


def test_a_line_without_a_number_gets_the_next_free_standard_one(shop: Shop) -> None:
    order = shop.place(shop.customer(), add("1", "M03"), add("2", "M11", line="1"))
    line, sim = order["productOrderItem"]
    with shop.at() as context:
        (number,) = numbers.find(context, [value(line, "telephoneNumber")])
    assert number.state is numbers.State.ASSIGNED
    assert number.product_id == line["product"]["id"]
    assert number.grade.value == "standard"
    assert "telephoneNumber" not in {
        each["name"] for each in sim["product"]["productCharacteristic"]
    }


def test_a_memorable_number_that_was_held_is_assigned_and_charged(shop: Shop) -> None:
    edda = shop.customer()
    with shop.at() as context:
        held = numbers.hold(context, "draft", ["07700900477"])
    line = add("1", "M03", telephoneNumber="+44 7700 900477")
    with shop.at() as context:
        order = shop.ordering.place(
            context, order_of(edda, line, add("2", "M11", line="1")), [held.id]
        )
    assert value(order["productOrderItem"][0], "telephoneNumber") == "07700900477"
    once = next(each for each in order["orderTotalPrice"] if each["priceType"] == "oneTime")
    assert once["price"]["taxIncludedAmount"]["value"] == 40.0
    with shop.at() as context:
        assert numbers.find_reservation(context, held.id).state == "completed"


def test_a_number_somebody_else_took_is_a_conflict_that_names_the_nearest(shop: Shop) -> None:
    edda = shop.customer()
    shop.place(edda, add("1", "M02", telephoneNumber="07700900477"), add("2", "M11", line="1"))
    with pytest.raises(Conflict) as refusal:
        shop.place(edda, add("1", "M02", telephoneNumber="07700900477"), add("2", "M11", line="1"))
    assert isinstance(refusal.value, numbers.NumberTaken)
    assert refusal.value.alternative is not None


def test_a_fixed_line_can_not_have_a_mobile_number(shop: Shop) -> None:
    with pytest.raises(Refused, match="no mobile number"):
        shop.place(shop.customer(), add("1", "M02", telephoneNumber="01632960017"), add("2", "M11"))


def test_three_of_an_offering_become_three_items(shop: Shop) -> None:
    lines, sims = add("1", "M02"), add("2", "M11")
    lines["quantity"] = sims["quantity"] = 3
    order = shop.place(shop.customer(), lines, sims)
    items = {item["id"]: item for item in order["productOrderItem"]}
    assert sorted(items) == ["1", "1.2", "1.3", "2", "2.2", "2.3"]
    given = {value(items[line], "telephoneNumber") for line in ("1", "1.2", "1.3")}
    assert len(given) == 3
    served = [items[sim]["productOrderItemRelationship"][0]["id"] for sim in ("2", "2.2", "2.3")]
    assert served == ["1", "1.2", "1.3"]


def test_an_order_that_breaks_a_rule_is_refused_with_the_rule(shop: Shop) -> None:
    with pytest.raises(Refused) as refusal:
        shop.place(shop.customer(), add("1", "M03"))
    assert "R59" in refusal.value.message
    assert refusal.value.code == "ruleBroken"
    assert refusal.value.fields[0].path == "productOrderItem.0.productOffering"
    with shop.at() as context:
        assert numbers.next_free(context).value  # nothing is left locked or taken
    assert shop.accepted == []


def test_what_the_customer_has_counts_with_what_is_ordered(shop: Shop) -> None:
    edda = shop.customer()
    shop.fulfilled(edda, add("1", "M03"), add("2", "M11"))
    with shop.at() as context:
        assert inventory.installed(context, edda) == {"M03": 1, "M11": 1}
    extra = shop.place(edda, add("1", "M13"))  # roaming needs a line: it is there
    assert extra["productOrderItem"][0]["product"]["name"] == "Nordic + EU roaming pass"
    with pytest.raises(Refused, match="gets exactly one SIM"):
        shop.place(edda, add("1", "M11"))


def test_rules_broken_before_do_not_stop_what_mends_them(shop: Shop) -> None:
    edda = shop.customer()
    done = shop.fulfilled(edda, add("1", "M03"), add("2", "M11"), add("3", "M13"))
    with shop.at() as context:
        account_id = done["billingAccount"]["id"]
        from backend.account import rules as account

        account.set_payment_status(context, account_id, "inArrears")
    roaming = done["productOrderItem"][2]["product"]
    ended = shop.place(edda, {"id": "1", "action": "delete", "product": {"id": roaming["id"]}})
    assert ended["state"] == "acknowledged"
    with pytest.raises(Refused, match="unpaid balance"):
        shop.place(edda, add("1", "M02"), add("2", "M11"))


@pytest.mark.parametrize(
    ("spoil", "path"),
    [
        (lambda order: order.pop("relatedParty"), "relatedParty"),
        (lambda order: order["relatedParty"][0].update(id="KF-9999999-0"), "relatedParty"),
        (lambda order: order.update(billingAccount={"id": "KA-0"}), "billingAccount"),
        (lambda order: order.update(priceList={"id": "PL-STF-26"}), "priceList"),
        (
            lambda order: order["productOrderItem"][0].update(productOffering={"id": "M99"}),
            "productOrderItem.0.productOffering",
        ),
        (
            lambda order: order["productOrderItem"][0].pop("productOffering"),
            "productOrderItem.0.productOffering",
        ),
        (lambda order: order["productOrderItem"][1].update(id="1"), "productOrderItem.0.id"),
        (
            lambda order: order["productOrderItem"][1]["productOrderItemRelationship"][0].update(
                id="7"
            ),
            "productOrderItem.1.productOrderItemRelationship",
        ),
        (
            lambda order: order["productOrderItem"][0]["product"].update(
                place=[{"id": "A-nowhere", "role": "installationAddress"}]
            ),
            "productOrderItem.0.product.place",
        ),
        (
            lambda order: order["productOrderItem"][0].update(
                action="delete", product={"id": "nothing"}
            ),
            "productOrderItem.0.product",
        ),
        (
            lambda order: order["productOrderItem"][0].update(
                product={"productCharacteristic": [{"name": "spendCap", "value": "7"}]}
            ),
            "productOrderItem.0.product.productCharacteristic.spendCap",
        ),
    ],
)
def test_what_is_wrong_is_named(shop: Shop, spoil: Any, path: str) -> None:
    order = order_of(shop.customer(), add("1", "M03"), add("2", "M11", line="1"))
    spoil(order)
    with pytest.raises(Refused) as refusal, shop.at() as context:
        shop.ordering.place(context, order)
    assert refusal.value.fields[0].path == path


def test_a_colleague_of_a_partner_orders_only_for_own_customers(shop: Shop) -> None:
    from tests.backend.ordering.conftest import PARTNER

    items = (add("1", "M02"), add("2", "M11"))
    with pytest.raises(Refused, match="no such customer"), shop.at(PARTNER) as context:
        shop.ordering.place(context, order_of(shop.customer(), *items))
    own = shop.customer(reseller="R1")
    with shop.at(PARTNER) as context:
        order = shop.ordering.place(context, order_of(own, *items))
    assert order["priceList"]["id"] == "PL-R1-26"
    assert order["orderTotalPrice"][0]["price"]["taxIncludedAmount"]["value"] == 14.0


def test_products_are_made_with_the_order(shop: Shop) -> None:
    order = shop.place(shop.customer(), add("1", "M03"), add("2", "M11", line="1"))
    with shop.at() as context:
        line, sim = (
            inventory.find(context, item["product"]["id"]) for item in order["productOrderItem"]
        )
    assert line["status"] == "created"
    assert line["productOrderItem"][0]["productOrderId"] == order["id"]
    assert line["realizingResource"][0]["name"] == "TelephoneNumber"
    assert line["productTerm"][0]["duration"] == {"amount": 24, "units": "month"}
    assert sim["productRelationship"][0]["product"]["id"] == line["id"]
    assert inventory.customer_of(line) == order["relatedParty"][0]["id"]
    for product in (line, sim):
        assert_conforms(637, "Product", product)


def test_who_took_the_order_is_written_down(shop: Shop) -> None:
    order = shop.place(shop.customer(), add("1", "M02"), add("2", "M11"))
    taker = next(each for each in order["relatedParty"] if each["role"] == "orderTaker")
    assert (taker["id"], taker["name"]) == (MAREN.user_id, MAREN.name)
    assert order["orderDate"].startswith(NOW.date().isoformat())


def statements(shop: Shop, count: int) -> int:
    """How many statements an order of so many lines takes."""
    items = [
        item
        for line in range(count)
        for item in (add(f"L{line}", "M02"), add(f"S{line}", "M11", line=f"L{line}"))
    ]
    customer_id, seen = shop.customer(), []

    def note(*statement: Any) -> None:
        seen.append(statement[2])

    sa.event.listen(shop.database.engine, "before_cursor_execute", note)
    try:
        shop.place(customer_id, *items)
    finally:
        sa.event.remove(shop.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_a_line_more_costs_a_bounded_number_of_statements(shop: Shop) -> None:
    one, four = statements(shop, 1), statements(shop, 4)
    assert one <= 50
    assert (four - one) / 3 <= 25
