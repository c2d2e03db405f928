"""What a basket comes to: to the penny, under a list that is lawful."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.definitions import Definitions, PriceList
from backend.catalog.loading import demo_tables
from backend.catalog.rules import definitions_of
from backend.pricing.bills import bill_day, first_bill
from backend.pricing.lists import lawful
from backend.pricing.money import Amounts
from backend.pricing.rules import NumberPrice, Rates
from backend.product_rules.catalogue import Fact
from tests.backend.product_rules.personas import EDDA, TORVALD

TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_of(41, *demo_tables())


def lists(definitions: Definitions, reseller: str = "R0", **facts: Fact) -> list[str]:
    found = lawful(definitions, {**EDDA, **facts}, reseller=reseller, today=TODAY)
    return [each.id for each in found]


def named(definitions: Definitions, identity: str) -> PriceList:
    return next(each for each in definitions.price_lists if each.id == identity)


def rates(definitions: Definitions, identity: str = "PL-RES-26") -> Rates:
    return Rates(definitions, named(definitions, identity))


def test_joruns_basket_is_the_one_in_the_picture(definitions: Definitions) -> None:
    picks = {"F02": 1, "F07": 1, "F13": 1, "T02": 1, "S02": 1, "M03": 1, "M05": 1, "X02": 1}
    numbers = [
        NumberPrice("07700900477", "07700 900477", "silver"),
        NumberPrice("07700900454", "07700 900454", "silver"),
        NumberPrice("07700900412", "07700 900412", "standard"),
    ]
    basket = rates(definitions).quote(picks, numbers, today=TODAY)
    assert (basket.monthly.gross, basket.once.gross) == (Decimal("76.00"), Decimal("140.00"))
    assert basket.items[-1].name == "07700 900454, Silver"
    assert [(item.id, item.monthly) for item in basket.savings] == [("X02", Decimal("-10.00"))]
    assert basket.bill.day == dt.date(2026, 12, 1)


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


def test_a_list_is_lawful_up_to_its_last_day(definitions: Definitions) -> None:
    ending = dataclasses.replace(
        definitions,
        price_lists=tuple(
            dataclasses.replace(each, valid_until=TODAY) for each in definitions.price_lists
        ),
    )
    assert lists(ending) == ["PL-RES-26"]
    after = TODAY + dt.timedelta(days=1)
    assert lawful(ending, EDDA, reseller="R0", today=after) == ()


def test_business_prices_are_without_vat(definitions: Definitions) -> None:
    business = rates(definitions, "PL-BUS-26")
    assert business.unit(definitions.offer("F05")).monthly == Decimal("79.00")
    assert business.unit(definitions.offer("F02")).monthly == Decimal("29.17")
    assert business.number("gold") == business.unit(definitions.offer("X07")).once


def test_a_business_offer_on_a_private_list_has_its_vat(definitions: Definitions) -> None:
    assert rates(definitions).unit(definitions.offer("F05")).monthly == Decimal("94.80")


def test_a_reseller_adds_its_pound_on_mobile_lines_only(definitions: Definitions) -> None:
    brackenholt = rates(definitions, "PL-R1-26")
    assert brackenholt.unit(definitions.offer("M03")).monthly == Decimal("20.00")
    assert brackenholt.unit(definitions.offer("M13")).monthly == Decimal("4.00")


def test_an_empty_basket_costs_nothing(definitions: Definitions) -> None:
    basket = rates(definitions).quote({}, today=TODAY)
    assert (basket.items, basket.monthly.gross) == ((), Decimal("0.00"))


def test_the_back_up_battery_is_free_for_who_depends_on_the_phone(definitions: Definitions) -> None:
    private = named(definitions, "PL-RES-26")
    battery = definitions.offer("V07")
    assert Rates.of(definitions, private, EDDA).unit(battery).once == Decimal("60.00")
    assert Rates.of(definitions, private, TORVALD).unit(battery).once == Decimal("0.00")


def test_a_golden_number_is_paid_for_once(definitions: Definitions) -> None:
    gold = NumberPrice("07700900111", "07700 900111", "gold")
    silver = NumberPrice("07700900477", "07700 900477", "silver")
    private = rates(definitions)
    assert private.quote({"X07": 1}, [gold], today=TODAY).once.gross == Decimal("150.00")
    assert private.quote({"X07": 2}, [gold], today=TODAY).once.gross == Decimal("300.00")
    assert private.quote({"X07": 1}, [silver], today=TODAY).once.gross == Decimal("190.00")
    assert private.quote({}, [gold], today=TODAY).once.gross == Decimal("150.00")


def test_the_first_bill_is_on_the_first_of_the_next_month() -> None:
    assert bill_day(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
    assert bill_day(dt.date(2026, 1, 1)) == dt.date(2026, 2, 1)


def test_the_first_bill_is_the_rest_of_the_month_and_the_next_one(
    definitions: Definitions,
) -> None:
    bill = rates(definitions).quote({"M03": 1, "M20": 1}, today=TODAY).bill
    assert (bill.days, bill.days_of_month) == (11, 30)
    assert bill.part_month == Decimal("6.97") + Decimal("10.27")  # 11 / 30 of 19.00 and of 28.00
    assert (bill.month_ahead, bill.once) == (Decimal("47.00"), Decimal("49.00"))
    assert bill.total == Decimal("113.24")


@given(
    start=st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)),
    lines=st.lists(st.decimals("-50", "500", places=2), max_size=12),
)
def test_a_bill_never_charges_more_than_two_months(start: dt.date, lines: list[Decimal]) -> None:
    charged = [abs(line) for line in lines]
    bill = first_bill(charged, Decimal(0), start=start)
    assert bill.day > start
    assert bill.month_ahead <= bill.total <= 2 * bill.month_ahead
    assert (bill.part_month == bill.month_ahead) or start.day > 1


@given(value=st.decimals("-1000", "1000", places=2))
def test_vat_adds_up_to_the_penny(definitions: Definitions, value: Decimal) -> None:
    private = rates(definitions).amounts(value)
    business = rates(definitions, "PL-BUS-26").amounts(value)
    for each in (private, business):
        assert each.net + each.tax == each.gross
    assert (private.gross, business.net) == (value, value)


def test_vat_of_a_total_is_worked_out_on_the_total(definitions: Definitions) -> None:
    assert rates(definitions).amounts(Decimal("76.00")) == Amounts(
        Decimal("63.33"), Decimal("12.67"), Decimal("76.00")
    )
