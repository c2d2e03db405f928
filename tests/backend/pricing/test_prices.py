"""What a basket comes to: to the penny, under a list that is lawful."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from backend.catalog.definitions import Definitions, PriceList
from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.pricing.rules import NumberPrice, first_bill, lawful, price, quote
from backend.product_rules.catalogue import Fact
from tests.backend.product_rules.personas import EDDA

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_of(41, *demo_tables())


def lists(definitions: Definitions, reseller: str = "R0", **facts: Fact) -> list[str]:
    found = lawful(definitions, {**EDDA, **facts}, reseller=reseller, today=TODAY)
    return [each.id for each in found]


def named(definitions: Definitions, identity: str) -> PriceList:
    return next(each for each in definitions.price_lists if each.id == identity)


def test_joruns_basket_is_the_one_in_the_picture(definitions: Definitions) -> None:
    picks = {"F02": 1, "F07": 1, "F13": 1, "T02": 1, "S02": 1, "M03": 1, "M05": 1, "X02": 1}
    numbers = [
        NumberPrice("07700900477", "07700 900477", "silver"),
        NumberPrice("07700900454", "07700 900454", "silver"),
        NumberPrice("07700900412", "07700 900412", "standard"),
    ]
    basket = quote(definitions, named(definitions, "PL-RES-26"), picks, numbers, today=TODAY)
    assert (basket.monthly, basket.once) == (Decimal("76.00"), Decimal("140.00"))
    assert basket.items[-1].name == "07700 900454, Silver"
    assert basket.first_bill == dt.date(2026, 12, 1)


def test_only_lawful_lists_can_be_chosen(definitions: Definitions) -> None:
    assert lists(definitions) == ["PL-RES-26"]
    assert lists(definitions, segment="BUS") == ["PL-BUS-26"]
    assert lists(definitions, segment="STAFF") == ["PL-STF-26"]
    assert lists(definitions, benefits=1) == ["PL-RES-26", "PL-SOC"]
    assert lists(definitions, "R1") == ["PL-R1-26"]
    assert lists(definitions, "R2") == []


def test_an_old_customer_may_keep_the_old_list(definitions: Definitions) -> None:
    since = dt.date(2025, 6, 1)
    found = lawful(definitions, EDDA, reseller="R0", today=TODAY, customer_since=since)
    assert [each.id for each in found] == ["PL-RES-26", "PL-RES-25"]


def test_business_prices_are_without_vat(definitions: Definitions) -> None:
    business = named(definitions, "PL-BUS-26")
    assert price(definitions, business, definitions.offer("F05")).monthly == Decimal("79.00")
    assert price(definitions, business, definitions.offer("F02")).monthly == Decimal("29.17")


def test_a_reseller_adds_its_pound_on_mobile_lines_only(definitions: Definitions) -> None:
    brackenholt = named(definitions, "PL-R1-26")
    assert price(definitions, brackenholt, definitions.offer("M03")).monthly == Decimal("20.00")
    assert price(definitions, brackenholt, definitions.offer("M13")).monthly == Decimal("4.00")


def test_an_empty_basket_costs_nothing(definitions: Definitions) -> None:
    basket = quote(definitions, named(definitions, "PL-RES-26"), {}, today=TODAY)
    assert (basket.items, basket.monthly) == ((), Decimal("0.00"))


def test_the_first_bill_is_on_the_first_of_the_next_month() -> None:
    assert first_bill(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
    assert first_bill(dt.date(2026, 1, 1)) == dt.date(2026, 2, 1)
