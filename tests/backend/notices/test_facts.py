"""What an order says in a letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.notices.facts import fields_of, rows_of
from backend.notices.reader import Reader
from backend.rest.resource import Document
from letters import Price, Row

TODAY = date(2026, 11, 20)
EDDA = Reader(
    customer_id="KF-0041873-6",
    name="Edda Marrowby",
    address=("14 Pebblewick Rise",),
    email="",
    mobile="",
    reseller="R0",
    business=False,
    languages=(),
    on_paper=False,
    large_print=False,
)
WRENHALLOW = Reader(**{name: getattr(EDDA, name) for name in EDDA.__slots__} | {"business": True})


def price(kind: str, with_vat: float, without: float) -> Document:
    amounts = {"taxIncludedAmount": {"value": with_vat}, "dutyFreeAmount": {"value": without}}
    return {"priceType": kind, "price": amounts}


def item(name: str, *prices: Document, **more: object) -> Document:
    return {"action": "add", "productOffering": {"name": name}, "itemPrice": list(prices), **more}


def order(*items: Document, **more: object) -> Document:
    return {"id": "o1", "orderDate": "2026-11-17T23:30:00Z", "productOrderItem": items, **more}


def test_units_of_the_same_are_one_row() -> None:
    pod = price("recurring", 4.8, 4.0)
    rows = rows_of(EDDA, order(item("Mesh pod", pod), item("Router"), item("Mesh pod", pod)))
    assert rows["items"] == (
        Row("Mesh pod", Price(monthly=Decimal("4.8")), 2),
        Row("Router", None, 1),
    )
    assert [(row.text, row.quantity) for row in rows["services"]] == [
        ("Mesh pod", 2),
        ("Router", 1),
    ]


def test_people_see_prices_with_vat_and_businesses_without() -> None:
    line = item("Deskhand seat", price("recurring", 12.0, 10.0), price("oneTime", 24, 20))
    for reader, monthly, once in ((EDDA, "12.0", "24"), (WRENHALLOW, "10.0", "20")):
        (row,) = rows_of(reader, order(line))["items"]
        assert row.value == Price(Decimal(monthly), Decimal(once))


def test_a_change_says_what_goes_and_what_comes() -> None:
    rows = rows_of(EDDA, order(item("Skarv 100"), item("Skarv 5", action="delete")))
    assert [row.text for row in rows["before"]] == ["Skarv 5"]
    assert [row.text for row in rows["after"]] == ["Skarv 100"]


def test_the_line_names_the_order_not_its_sim() -> None:
    sim = item("Plastic SIM", productOrderItemRelationship=[{"id": "2"}])
    sim["product"] = {"productCharacteristic": [{"name": "iccid", "value": "8999001"}]}
    line = item("Skarv 100")
    line["product"] = {
        "productCharacteristic": [{"name": "telephoneNumber", "value": "07700900477"}]
    }
    fields = fields_of(EDDA, order(sim, line), TODAY)
    assert (fields["service.name"], fields["line.plan"]) == ("Skarv 100", "Skarv 100")
    assert (fields["line.number"], fields["sim.iccid"]) == ("07700900477", "8999001")


def test_the_longest_term_counts() -> None:
    terms = [
        {"itemTerm": [{"duration": {"amount": months, "units": "month"}}]} for months in (1, 24)
    ]
    fields = fields_of(EDDA, order(*(item("Line", **term) for term in terms)), TODAY)
    assert fields["contract.months"] == 24


@pytest.mark.parametrize(("reader", "until"), [(EDDA, date(2026, 12, 1)), (WRENHALLOW, None)])
def test_people_may_cool_off_for_14_days_after_the_day_of_the_order(
    reader: Reader, until: date | None
) -> None:
    assert fields_of(reader, order(), TODAY).get("order.cool_off_until") == until


def test_an_order_is_called_by_its_number_and_says_when_it_is_ready() -> None:
    given = order(orderNumber="KO-0093317-4", expectedCompletionDate="2026-11-25T00:00:00Z")
    fields = fields_of(EDDA, given, TODAY)
    assert fields["order.number"] == "KO-0093317-4"
    assert fields["order.promised"] == date(2026, 11, 25)
    assert "order.promised" not in fields_of(EDDA, order(), TODAY)


def test_without_an_order_a_letter_knows_its_customer() -> None:
    assert fields_of(EDDA, None, TODAY) == {"customer.name": "Edda Marrowby"}
    assert rows_of(EDDA, None)["items"] == ()


def test_a_change_says_what_was_what_is_and_how_much_more_it_is() -> None:
    was = {"name": "Skarv 100", "productPrice": [price("recurring", 19.0, 15.83)]}
    ended = {"name": "Roaming pass", "productPrice": [price("recurring", 4.0, 3.33)]}
    items = (
        item("Skarv Unlimited", price("recurring", 27.0, 22.5), action="modify", product=was),
        item("Roaming pass", price("oneTime", 9.0, 7.5), action="delete", product=ended),
        item("Handset cover", price("recurring", 7.5, 6.25)),
    )
    rows = rows_of(EDDA, order(*items))
    assert rows["before"] == (
        Row("Skarv 100", Price(monthly=Decimal("19.0"))),
        Row("Roaming pass", Price(monthly=Decimal("4.0"))),
    )
    assert [row.text for row in rows["after"]] == ["Skarv Unlimited", "Handset cover"]
    assert fields_of(EDDA, order(*items), TODAY)["price.more"] == Decimal("11.5")
    assert fields_of(EDDA, order(items[1]), TODAY)["price.less"] == Decimal("4.0")
    assert "price.more" not in fields_of(EDDA, order(items[2]), TODAY)
