"""The cheapest lawful package, against all orders written down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.product_rules import Engine, Selection, read_catalogue, violations
from tests.backend.product_rules.oracle import BruteForce, total
from tests.backend.product_rules.personas import EDDA
from tests.backend.product_rules.small_catalogues import FACTS, cases, document

Case = tuple[dict[str, Any], dict[str, Any], dict[str, int]]
PRICES = st.lists(st.integers(-300, 900), min_size=5, max_size=5)
KEEP = st.dictionaries(st.sampled_from(["A", "B", "C", "EXTRAS", "LINES"]), st.integers(0, 3))


def judge(case: Case, pence: list[int], keep: Selection) -> None:
    shop, facts, _ = case
    for offer, price in zip(shop["offers"], pence, strict=False):
        offer["oneoff"] = price % 7
    engine = Engine(read_catalogue(shop))
    prices = {code: Decimal(p) / 100 for code, p in zip("ABCDE", pence, strict=True)}
    prices = {code: prices[code] for code in engine.catalogue.offers}
    package = engine.repackage(facts, keep, prices)
    orders = [
        order
        for order in BruteForce(shop, facts).orders({})
        if all(total(shop, order, name) >= count for name, count in keep.items())
    ]
    if package is None:
        assert orders == []
        return

    def cost(order: Selection) -> tuple[Decimal, Decimal, int, list[int]]:
        monthly = sum((prices[code] * count for code, count in order.items()), Decimal(0))
        once = sum(
            (engine.catalogue.offers[code].oneoff * n for code, n in order.items()), Decimal(0)
        )
        return monthly, once, sum(order.values()), [-count for count in order.values()]

    best = min(orders, key=cost)
    assert package.proved
    assert package.order == {code: count for code, count in best.items() if count}
    assert package.monthly == cost(best)[0]


ROUGH = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@ROUGH
@given(cases(), PRICES, KEEP)
def test_no_package_is_cheaper_on_small_catalogues(
    case: Case, pence: list[int], keep: dict[str, int]
) -> None:
    judge(case, pence, keep)


@pytest.mark.long
@settings(ROUGH, max_examples=5_000)
@given(cases(), PRICES, KEEP)
def test_no_package_is_cheaper_on_thousands_of_small_catalogues(
    case: Case, pence: list[int], keep: dict[str, int]
) -> None:
    judge(case, pence, keep)


def test_edda_keeps_her_television_and_gets_the_saving_for_it(engine: Engine) -> None:
    package = engine.repackage(EDDA, {"F02": 1, "TV": 1, "MAINLINE": 1})
    assert package
    assert package.proved
    assert violations(engine.catalogue, EDDA, package.order) == ()
    assert package.order.keys() >= {"F02", "X01"} or package.order.keys() >= {"F02", "X02"}
    dearer = engine.repackage(EDDA, {"F02": 1, "TV": 1, "MAINLINE": 1, "C01": 1})
    assert dearer
    assert dearer.monthly > package.monthly


def test_where_no_order_keeps_all_there_is_no_package(engine: Engine) -> None:
    assert engine.repackage(EDDA, {"F01": 1, "F02": 1}) is None
    assert engine.repackage(EDDA, {"X09": 2}) is None


def test_without_time_the_best_met_so_far_is_given_unproved(engine: Engine) -> None:
    package = engine.repackage(EDDA, {"BB": 1, "TV": 1}, seconds=0)
    assert package
    assert not package.proved
    assert violations(engine.catalogue, EDDA, package.order) == ()


def test_prices_are_in_whole_pence() -> None:
    engine = Engine(read_catalogue(document([], {"A": 1})))
    with pytest.raises(ValueError, match=r"whole pence, not 0\.005"):
        engine.repackage(FACTS, {"A": 1}, {"A": Decimal("0.005")})


def test_what_is_kept_must_be_known(engine: Engine) -> None:
    with pytest.raises(ValueError, match="no offer 'Z99'"):
        engine.repackage(EDDA, {"Z99": 1})
