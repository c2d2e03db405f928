"""Which limits and offers matter to what is asked."""

from __future__ import annotations

from typing import Any

from backend.product_rules import Catalogue, read_catalogue
from backend.product_rules.book import LimitBook
from backend.product_rules.worlds import only
from tests.backend.product_rules.personas import EDDA, TORVALD
from tests.backend.product_rules.small_catalogues import FACTS, document


def book_of(rules: list[dict[str, Any]], most: dict[str, int]) -> LimitBook:
    return LimitBook(read_catalogue(document(rules, most)))


def test_an_offer_without_demands_stands_alone(demo: Catalogue) -> None:
    book = LimitBook(demo)
    codes = list(demo.offers)
    assert book.scope(only(EDDA), [codes.index("X09")]) == {codes.index("X09")}


def test_a_set_top_box_calls_for_television_and_all_that_television_needs(demo: Catalogue) -> None:
    codes = list(demo.offers)
    scope = {codes[place] for place in LimitBook(demo).scope(only(EDDA), [codes.index("S01")])}
    assert {"T01", "F01", "F07", "F13"} <= scope
    assert not {"M01", "V02", "C01", "X01"} & scope


def test_only_rules_whose_facts_hold_call_for_anything(demo: Catalogue) -> None:
    codes = list(demo.offers)
    digital = codes.index("V01")
    battery = codes.index("V07")
    book = LimitBook(demo)
    assert battery not in book.scope(only(EDDA), [digital])
    assert battery in book.scope(only(TORVALD), [digital])


def test_what_every_order_must_have_is_always_in_reach() -> None:
    rule = {"lhs": ["A", "B"], "op": ">=", "k": 1}
    assert book_of([rule], {"A": 1, "B": 1, "C": 1}).scope(only(FACTS), [2]) == {0, 1, 2}


def test_limits_outside_the_scope_are_left_away() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A", "B"], "op": "<=", "k": 1},
        {"when": [["sel", ["C"]]], "lhs": ["A"], "op": "<=", "k": 0},
    ]
    problem = book_of(rules, {"A": 2, "B": 2, "C": 1}).problem(only(FACTS), {0})
    assert [limit.terms for limit in problem.limits] == [((0, 1),)]


def test_half_an_equality_that_nothing_can_break_calls_for_nothing() -> None:
    rule = {"when": [["sel", ["A"]]], "lhs": ["B"], "op": "==", "k": 0}
    assert book_of([rule], {"A": 1, "B": 1}).scope(only(FACTS), [0]) == {0}
