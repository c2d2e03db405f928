"""Reasons: no rule too many, facts first, and the same whenever one asks."""

from __future__ import annotations

import pytest

from backend.product_rules import Catalogue, Engine, read_catalogue
from tests.backend.product_rules.personas import EDDA, EVERYBODY, TORVALD
from tests.backend.product_rules.small_catalogues import FACTS, document


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
