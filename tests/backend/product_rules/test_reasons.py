"""Reasons: no rule too many, facts first, and the same whenever one asks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pysat.solvers import Minicard

from backend.product_rules import Catalogue, Engine, read_catalogue
from backend.product_rules.book import LimitBook
from backend.product_rules.reasons import Explainer
from backend.product_rules.worlds import only
from tests.backend.product_rules.personas import EDDA, EVERYBODY, TORVALD
from tests.backend.product_rules.small_catalogues import FACTS, document
from tests.backend.product_rules.test_subtotals import CountingSolver, conflicts
from tests.support.large_catalogues import large


def test_an_offers_own_limit_needs_no_rule(engine: Engine) -> None:
    assert engine.reasons(EDDA, {"X09": 1}, "X09") == ()


def test_picks_beyond_their_own_limit_hide_everything_without_a_rule(engine: Engine) -> None:
    assert engine.answer(EDDA, {"X09": 2}, ["M01"]).hidden == ("M01",)
    assert engine.reasons(EDDA, {"X09": 2}, "M01") == ()


def test_a_contradiction_among_the_picks_is_the_reason_for_everything(engine: Engine) -> None:
    answer = engine.answer(EDDA, {"F01": 1, "F02": 1})
    assert not answer.possible
    assert answer.offerable == ()
    assert engine.reasons(EDDA, {"F01": 1, "F02": 1}, "X09") == ("R30",)


def test_a_rule_about_facts_comes_before_one_about_the_order() -> None:
    rules = [
        {"when": [["sel", ["B"]]], "lhs": ["A"], "op": "<=", "k": 0},
        {"when": [["ctx", "fibre", [1]], ["sel", ["B"]]], "lhs": ["A"], "op": "<=", "k": 0},
    ]
    engine = Engine(read_catalogue(document(rules, {"A": 1, "B": 1})))
    assert engine.reasons(FACTS, {"B": 1}, "A") == ("R2",)


def test_a_plain_prohibition_is_the_whole_reason(engine: Engine) -> None:
    assert engine.reasons(TORVALD, {}, "F01") == ("R25",)


def test_a_chain_of_rules_is_told_in_the_catalogues_order(engine: Engine) -> None:
    assert engine.reasons(TORVALD, {}, "S01") == ("R24", "R25", "R72", "R75")


def test_an_offer_that_may_be_chosen_has_no_reason(engine: Engine) -> None:
    with pytest.raises(ValueError, match="X09 may be chosen"):
        engine.reasons(EDDA, {}, "X09")


def test_the_reason_does_not_depend_on_what_was_asked_before(demo: Catalogue) -> None:
    busy, fresh = Engine(demo), Engine(demo)
    for facts in EVERYBODY:
        hidden = busy.answer(facts, {"M10": 1}).hidden
        told = {code: busy.reasons(facts, {"M10": 1}, code) for code in hidden}
        for code in reversed(hidden[::5]):
            assert fresh.reasons(facts, {"M10": 1}, code) == told[code]


FAMILIES = [[f"L{family}{place}" for place in range(3)] for family in range(4)]
LINES = [code for family in FAMILIES for code in family]
EXTRAS = [f"X{family}" for family in range(4)]
SHARED: list[dict[str, Any]] = [
    {"lhs": LINES, "op": "<=", "k": 3},
    *(
        {"lhs": [extra], "op": "<=", "k": 0, "rhs": [family, 1]}
        for extra, family in zip(EXTRAS, FAMILIES, strict=True)
    ),
    {"lhs": ["L00", "L01", "L10"], "op": "<=", "k": 1},
    {"when": [["sel", ["X2"]]], "lhs": ["L00", "L01", "L02"], "op": "<=", "k": 1},
]


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*LINES, *EXTRAS]), st.integers(1, 2), max_size=6),
    st.sampled_from([*LINES, *EXTRAS]),
)
def test_hard_questions_for_which_sums_are_counted_get_the_same_answers(
    picks: dict[str, int], code: str
) -> None:
    most = dict.fromkeys(LINES, 1) | dict.fromkeys(EXTRAS, 2)
    catalogue = read_catalogue(document(SHARED, most))
    places = {known: place for place, known in enumerate(catalogue.offers)}
    problem = LimitBook(catalogue).problem(only(FACTS), range(len(places)))
    chosen = {places[each]: count for each, count in picks.items()}
    plain, counting = Explainer(problem, Minicard), Explainer(problem, Minicard, easy=0)
    assert counting.reasons(places[code], chosen) == plain.reasons(places[code], chosen)


def test_a_reason_that_counts_what_six_families_share_is_found_at_once() -> None:
    catalogue = large(7)
    codes, facts = list(catalogue.offers), EDDA | {"segment": "BUS", "age": "ORG", "credit": "D"}
    picks = {f"M15-{copy}": 1 for copy in range(7)} | {"M14-1": 1, "M02-5": 1, "M08-5": 1}
    problem = LimitBook(catalogue).problem(only(facts), range(len(codes)))
    solvers: list[CountingSolver] = []

    def make() -> CountingSolver:
        solvers.append(CountingSolver())
        return solvers[-1]

    found = Explainer(problem, make).reasons(
        codes.index("M09-0"), {codes.index(code): count for code, count in picks.items()}
    )
    assert found is not None
    assert "ALL-MOBLINE" in found
    assert conflicts(solvers) < 20_000, conflicts(solvers)
