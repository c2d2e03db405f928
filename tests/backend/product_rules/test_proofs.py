"""Proofs about whole catalogues, against all orders of all worlds written down."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from backend.product_rules import Catalogue, read_catalogue, violations
from backend.product_rules.proofs import Proofs
from tests.backend.product_rules.oracle import BruteForce
from tests.backend.product_rules.small_catalogues import CONTEXT, cases, document

Case = tuple[dict[str, Any], dict[str, Any], dict[str, int]]


def proofs(rules: list[dict[str, Any]], most: dict[str, int]) -> Proofs:
    return Proofs(read_catalogue(document(rules, most)))


def worlds(shop: dict[str, Any]) -> list[BruteForce]:
    return [
        BruteForce(shop, dict(zip(CONTEXT, values, strict=True)))
        for values in itertools.product(*CONTEXT.values())
    ]


def judge(shop: dict[str, Any]) -> None:
    catalogue = read_catalogue(shop)
    asked = Proofs(catalogue)
    truth = worlds(shop)
    for code in catalogue.offers:
        example = asked.order_with(code)
        assert (example is not None) == any(world.possible({code: 1}) for world in truth)
        if example:
            assert example.order[code] >= 1
            assert violations(catalogue, example.facts, example.order) == ()
    refused = [broken for world in truth for broken in world.broken]
    assert asked.redundant() == tuple(one for one in catalogue.rules if {one} not in refused)
    empty = [world.broken[0] for world in truth]  # the first order written down is of nothing
    assert asked.broken_by_nothing() == tuple(
        one for one in catalogue.rules if any(one in broken for broken in empty)
    )


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_every_proof_is_exact_on_small_catalogues(case: Case) -> None:
    judge(case[0])


@pytest.mark.long
@settings(max_examples=2_500, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_every_proof_is_exact_on_thousands_of_small_catalogues(case: Case) -> None:
    judge(case[0])


def test_nobody_can_buy_what_some_rule_refuses_in_every_world() -> None:
    rules = [
        {"when": [["ctx", "segment", ["RES"]]], "lhs": ["A"], "op": "==", "k": 0},
        {"when": [["ctx", "segment", ["BUS"]]], "lhs": ["A"], "op": "==", "k": 0},
    ]
    asked = proofs(rules, {"A": 1, "B": 1, "C": 0})
    assert [asked.order_with(code) is None for code in "ABC"] == [True, False, True]


def test_a_rule_never_bites_where_the_offers_own_limits_or_the_others_say_as_much() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A"], "op": "<=", "k": 3},
        {"lhs": ["B"], "op": "<=", "k": 1},
        {"when": [["sel", ["A"]]], "lhs": ["B"], "op": "<=", "k": 2},
    ]
    assert proofs(rules, {"A": 3, "B": 4}).redundant() == ("R1", "R3")


def test_of_two_equal_rules_each_is_redundant() -> None:
    rule: dict[str, Any] = {"lhs": ["A"], "op": "<=", "k": 0, "rhs": [["B"], 1]}
    assert proofs([rule, rule], {"A": 1, "B": 1}).redundant() == ("R1", "R2")


def test_a_demand_keeps_people_from_ordering_nothing() -> None:
    rules: list[dict[str, Any]] = [
        {"when": [["ctx", "fibre", [0]], ["ctx", "fibre", [1]]], "lhs": ["A"], "op": ">=", "k": 1},
        {"when": [["ctx", "fibre", [0]]], "lhs": ["A"], "op": ">=", "k": 1},
        {"when": [["sel", ["B"]]], "lhs": ["A"], "op": ">=", "k": 1},
    ]
    assert proofs(rules, {"A": 1, "B": 1}).broken_by_nothing() == ("R2",)


def test_a_fact_that_has_one_value_only_is_known() -> None:
    shop = document([{"when": [["ctx", "fibre", [1]]], "lhs": ["A"], "op": "==", "k": 0}], {"A": 1})
    shop = {**shop, "context": {"fibre": [0, 1], "segment": ["RES"]}}
    example = Proofs(read_catalogue(shop)).order_with("A")
    assert example is not None
    assert example.facts == {"fibre": 0, "segment": "RES"}


def test_the_demo_has_nothing_dead_and_nothing_redundant(demo: Catalogue) -> None:
    asked = Proofs(demo)
    for code in demo.offers:
        example = asked.order_with(code)
        assert example is not None, code
        assert violations(demo, example.facts, example.order) == ()
    assert asked.redundant() == ()
    assert asked.broken_by_nothing() == ()
