"""The cheapest package that keeps what is used: lawful, cheaper, and nothing is lost."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from backend.product_rules import violations
from backend.qualification.packages import Packager, monthly, repackaged
from tests.backend.qualification.cases import HOUSE, demo_shelf, has, situation
from tests.backend.qualification.test_leaving import random_order


@pytest.fixture(scope="module")
def packager() -> Packager:
    return Packager(demo_shelf().definitions)


def test_packs_become_a_bundle_and_a_better_saving_comes(packager: Packager) -> None:
    codes = ("F02", "F07", "F14", "T01", "S01", "C01", "C02", "C04", "C05", "M02", "M10", "X01")
    found = repackaged(situation(has(*codes)), packager)
    assert found is not None
    assert (found["monthlyBefore"], found["monthlyAfter"], found["saves"]) == (
        "99.00",
        "95.00",
        "4.00",
    )
    assert set(found["moves"].values()) == {"C08", "T02"}
    assert found["picks"] == {"X02": 1}
    assert "All-in content bundle instead of Nordlys Drama" in found["gained"]
    assert "Glimt 500" in found["kept"]
    assert found["proved"]


def test_nothing_is_proposed_where_nothing_is_cheaper(packager: Packager) -> None:
    new = {**HOUSE, "tenure12": 0}
    assert repackaged(situation(has("M02", "M10"), facts=new), packager) is None
    assert repackaged(situation(), packager) is None


def test_what_was_sold_cheaper_once_stays_at_its_price(packager: Packager) -> None:
    holdings = has("F02", "F07", "F14", "T02", "S01", "M02", "M10", "X02")
    assert repackaged(situation(holdings), packager) is None


def test_a_draft_is_repackaged_with_what_it_adds(packager: Packager) -> None:
    holdings = has("F02", "F07", "F14", "T02", "S01", "X01")
    found = repackaged(situation(holdings, picks={"M02": 1, "M10": 1}), packager)
    assert found is not None
    assert found["picks"] == {"M02": 1, "M10": 1, "X02": 1}
    assert [each.id for each in holdings if each.offer == "X01"] == found["ends"]
    assert Decimal(found["saves"]) == 5


def test_it_is_lawful_and_as_said_for_random_customers(packager: Packager) -> None:
    dice = random.Random(15)  # noqa: S311  # picks offers, keeps no secret
    catalogue = demo_shelf().definitions.catalogue
    cheaper = 0
    for _ in range(15):
        order = random_order(dice, HOUSE)
        holdings = has(*(code for code, count in order.items() for _ in range(count)))
        asked = situation(holdings)
        found = repackaged(asked, packager)
        if found is None:
            continue
        cheaper += 1
        after = asked.changed(
            ends=frozenset(found["ends"]), moves=found["moves"], picks=found["picks"]
        )
        assert not violations(catalogue, HOUSE, after.will_have)
        assert str(monthly(after)) == found["monthlyAfter"]
        gone = [each for each in holdings if each.id in found["ends"]]
        assert all(_is_saved_elsewhere(each.offer, after.will_have) for each in gone)
    assert cheaper


def _is_saved_elsewhere(code: str, selection: dict[str, int]) -> bool:
    """A saving may go; anything else only where what is as good is there."""
    definitions = demo_shelf().definitions
    better = definitions.as_good.get(code, ())
    return definitions.offer(code).monthly < 0 or any(selection.get(each) for each in better)
