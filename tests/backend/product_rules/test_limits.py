"""Limits on quantities: what an offer can call for, and bounds that follow."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from backend.product_rules import Engine, read_catalogue
from backend.product_rules.book import LimitBook
from backend.product_rules.limits import Problem, tightened
from backend.product_rules.worlds import only
from tests.backend.product_rules.oracle import BruteForce
from tests.backend.product_rules.small_catalogues import FACTS, cases, document


def book_of(rules: list[dict[str, Any]], most: dict[str, int]) -> LimitBook:
    return LimitBook(read_catalogue(document(rules, most)))


def narrowed(rules: list[dict[str, Any]], most: dict[str, int]) -> Problem:
    return tightened(book_of(rules, most).problem(only(FACTS), range(len(most))))


def test_bounds_follow_along_a_chain_of_quantity_rules() -> None:
    rules = [
        {"lhs": ["A"], "op": "<=", "k": 2},
        {"lhs": ["B"], "op": "<=", "k": 0, "rhs": [["A"], 3]},
        {"lhs": ["C"], "op": "<=", "k": 1, "rhs": [["B"], 1]},
    ]
    problem = narrowed(rules, {"A": 9, "B": 9, "C": 9})
    assert dict(problem.high) == {0: 2, 1: 6, 2: 7}


def test_what_must_be_there_raises_the_lower_bound_and_meets_guards() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A"], "op": ">=", "k": 2},
        {"when": [["sel", ["A", "C"]]], "lhs": ["B"], "op": "==", "k": 1},
    ]
    problem = narrowed(rules, {"A": 5, "B": 5, "C": 5})
    assert (problem.low[0], problem.low[1], problem.high[1]) == (2, 1, 1)
    assert problem.limits == ()


def test_a_guard_whose_demand_cannot_be_met_is_shut() -> None:
    rule = {"when": [["sel", ["A", "B"]]], "lhs": ["C"], "op": ">=", "k": 2}
    problem = narrowed([rule], {"A": 5, "B": 5, "C": 1})
    assert (problem.high[0], problem.high[1]) == (0, 0)


def test_a_guard_of_offers_nobody_may_have_is_dropped() -> None:
    rule = {"when": [["sel", ["A"]], ["sel", ["B", "C"]]], "lhs": ["C"], "op": "<=", "k": 1}
    problem = narrowed([rule], {"A": 0, "B": 0, "C": 3})
    assert problem.limits == ()
    (limit,) = narrowed([rule], {"A": 1, "B": 0, "C": 3}).limits
    assert limit.guards == ((0,), (2,))


def test_rules_that_contradict_each_other_leave_nothing() -> None:
    rules = [{"lhs": ["A"], "op": ">=", "k": 2}, {"lhs": ["A"], "op": "<=", "k": 1}]
    assert not narrowed(rules, {"A": 5}).possible


def test_a_rule_that_no_quantity_can_keep_leaves_nothing() -> None:
    rule = {"lhs": ["A"], "op": "==", "k": 1, "rhs": [["A"], 1]}
    assert not narrowed([rule], {"A": 5}).possible


def test_bounds_that_would_shrink_for_ever_are_left_to_the_solver() -> None:
    rules = [
        {"lhs": ["A"], "op": "<=", "k": -1, "rhs": [["B"], 1]},
        {"lhs": ["B"], "op": "<=", "k": 0, "rhs": [["A"], 1]},
    ]
    most = {"A": 1_000, "B": 1_000, "C": 1}
    problem = narrowed(rules, most)
    assert problem.possible
    assert 0 < problem.high[0] < 1_000
    assert not Engine(read_catalogue(document(rules, most))).answer(FACTS, {}).possible


@settings(max_examples=100, deadline=None)
@given(cases())
def test_no_valid_order_lies_outside_the_bounds(
    case: tuple[dict[str, Any], dict[str, Any], dict[str, int]],
) -> None:
    whole, facts, _ = case
    catalogue = read_catalogue(whole)
    problem = tightened(LimitBook(catalogue).problem(only(facts), range(len(catalogue.offers))))
    truth = BruteForce(whole, facts)
    for order in truth.orders({}):
        assert problem.possible
        for place, code in enumerate(truth.codes):
            assert problem.low[place] <= order[code] <= problem.high[place]
