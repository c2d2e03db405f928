"""Shared sums: the same orders stay valid, and counting proofs become short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pysat.solvers import Minicard

from backend.product_rules import Engine, read_catalogue
from backend.product_rules.book import LimitBook
from backend.product_rules.limits import Problem, tightened
from backend.product_rules.subtotals import with_subtotals
from backend.product_rules.worlds import only
from tests.backend.product_rules.oracle import BruteForce
from tests.backend.product_rules.small_catalogues import FACTS, document

LINES = ["A", "B", "C"]
RULES: list[dict[str, Any]] = [
    {"lhs": LINES, "op": "<=", "k": 3},
    {"lhs": ["D"], "op": "<=", "k": 0, "rhs": [LINES, 1]},
    {"lhs": ["E"], "op": "==", "k": 0, "rhs": [["A", "B", "D"], 1]},
    {"when": [["sel", ["D"]]], "lhs": LINES, "op": ">=", "k": 1},
]


def problem_of(rules: list[dict[str, Any]], most: dict[str, int]) -> Problem:
    book = LimitBook(read_catalogue(document(rules, most)))
    return with_subtotals(tightened(book.problem(only(FACTS), range(len(most)))))


def test_a_sum_that_a_limit_holds_low_gets_a_place_of_its_own() -> None:
    problem = problem_of(RULES, {"A": 4, "B": 4, "C": 4, "D": 4, "E": 4})
    assert (problem.low[-1], problem.high[-1]) == (0, 3)
    assert [limit.terms for limit in problem.limits if limit.rule == "R2"] == [((3, 1), (-1, -1))]
    assert [len(limit.terms) for limit in problem.limits if limit.rule == ""] == [4, 4]


def test_what_only_forbids_or_asks_for_one_of_many_stays_as_it_is() -> None:
    problem = problem_of(RULES, {"A": 4, "B": 4, "C": 4, "D": 4, "E": 4})
    (clause,) = [limit for limit in problem.limits if limit.rule == "R4"]
    assert {place for place, _ in clause.terms} == {0, 1, 2}


def test_a_sum_that_nothing_holds_low_is_not_worth_it() -> None:
    problem = problem_of(RULES[1:], {"A": 1, "B": 1, "C": 1, "D": 4, "E": 9})
    assert min(problem.low) == 0


def test_a_sum_inside_a_larger_sum_is_counted_once() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A", "B", "C", "D"], "op": "<=", "k": 3},
        {"lhs": ["E"], "op": "<=", "k": 0, "rhs": [["A", "B", "C", "D"], 1]},
        {"lhs": ["E"], "op": "<=", "k": 1, "rhs": [LINES, 1]},
        {"lhs": ["F"], "op": "<=", "k": 1, "rhs": [LINES, 1]},
    ]
    most = dict.fromkeys("ABCDEF", 4)
    problem = problem_of(rules, most)
    larger = [limit.terms for limit in problem.limits if limit.rule == ""][2]
    assert set(larger) == {(-2, 1), (-1, -1), (3, -1)}


def test_the_same_quantities_can_be_completed_as_without_sums() -> None:
    most = {"A": 2, "B": 2, "C": 2, "D": 3, "E": 5}
    whole = document(RULES, most)
    engine, truth = Engine(read_catalogue(whole)), BruteForce(whole, FACTS)
    for picks in truth.all:
        expected = tuple(c for c in most if truth.possible({**picks, c: picks[c] + 1}))
        assert engine.answer(FACTS, picks).offerable == expected


class CountingSolver(Minicard):  # type: ignore[misc]  # python-sat has no types
    """Remembers how many conflicts its answers took."""

    made: list[CountingSolver]

    def conflicts(self) -> int:
        return int(self.accum_stats()["conflicts"])


def test_nine_families_that_share_eight_lines_are_refused_without_trying_them_all() -> None:
    families = [[f"L{family}{place}" for place in range(4)] for family in range(9)]
    lines = [code for family in families for code in family]
    extras = [f"X{family}" for family in range(9)]
    rules: list[dict[str, Any]] = [{"lhs": lines, "op": "<=", "k": 8}]
    for extra, family in zip(extras, families, strict=True):
        rules.append({"lhs": [extra], "op": "<=", "k": 0, "rhs": [family, 1]})
    solvers: list[CountingSolver] = []

    def make() -> CountingSolver:
        solvers.append(CountingSolver())
        return solvers[-1]

    most = dict.fromkeys(lines, 2) | dict.fromkeys(extras, 2)
    engine = Engine(read_catalogue(document(rules, most)), make_solver=make)
    picks = dict.fromkeys(extras[:8], 1)
    assert set(engine.answer(FACTS, picks, extras).hidden) == set(extras)
    assert conflicts(solvers) < 200, conflicts(solvers)


def conflicts(solvers: Sequence[CountingSolver]) -> int:
    return sum(solver.conflicts() for solver in solvers)
