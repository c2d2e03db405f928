"""The engine as its callers see it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from pysat.solvers import Minicard

from backend.product_rules import Catalogue, Engine, read_catalogue
from tests.backend.product_rules.personas import EDDA, EVERYBODY, SORREL, TORVALD, WRENHALLOW
from tests.backend.product_rules.small_catalogues import FACTS, document


def small(rules: list[dict[str, Any]], most: dict[str, int]) -> Engine:
    return Engine(read_catalogue(document(rules, most)))


def test_an_answer_lists_asked_offers_in_the_catalogues_order(engine: Engine) -> None:
    answer = engine.answer(TORVALD, {}, ["X09", "M06", "F01", "M06"])
    assert (answer.offerable, answer.hidden, answer.possible) == (("M06",), ("F01", "X09"), True)


def test_the_installed_base_is_picked_like_anything_else(engine: Engine) -> None:
    held = {"F02": 1, "F07": 1, "F14": 1, "T02": 1, "S02": 1}
    answer = engine.answer(EDDA, held)
    assert {"C07", "X01", "S03"} <= set(answer.offerable)
    assert {"F03", "F08", "T01", "S01"} <= set(answer.hidden)


def test_asking_for_nothing_says_whether_the_picks_can_be_completed(engine: Engine) -> None:
    assert engine.answer(EDDA, {"F02": 1}, []).possible
    assert not engine.answer(EDDA, {"F02": 1, "F03": 1}, []).possible
    assert not engine.answer(EDDA, {"X09": 2}, []).possible


def test_the_most_counts_what_is_picked_and_what_it_needs(engine: Engine) -> None:
    assert engine.most(EDDA, {}, ["M01"]) == {"M01": 6}
    assert engine.most(EDDA, {"M02": 2}, ["M05"]) == {
        "M05": 5
    }  # two for each plan, eight lines in all
    assert engine.most(EDDA, {"M02": 5}, ["M05"]) == {"M05": 3}
    assert engine.most(EDDA, {"M02": 6}, ["M01"]) == {"M01": 2}
    assert engine.most(EDDA, {"F02": 1}, ["F03"]) == {"F03": 0}
    assert engine.most(EDDA, {"F02": 1, "F03": 1}, ["M01"]) == {"M01": 0}


def test_a_completion_holds_the_picks_and_nothing_needless(engine: Engine) -> None:
    order = engine.complete(EDDA, {"T01": 1, "F02": 1, "F07": 1, "F14": 1, "S01": 1, "M01": 0})
    assert order == {"T01": 1, "F02": 1, "F07": 1, "F14": 1, "S01": 1}
    assert engine.complete(EDDA, {}) == {}


def test_there_is_no_completion_of_a_contradiction(engine: Engine) -> None:
    assert engine.complete(EDDA, {"F02": 1, "F03": 1}) is None
    assert engine.forced(EDDA, {"F02": 1, "F03": 1}) == {}
    assert engine.missing(EDDA, {"F02": 1, "F03": 1}) == ()


def test_the_fastest_line_brings_its_router_and_its_engineer(engine: Engine) -> None:
    assert engine.forced(EDDA, {"F04": 1}) == {"F08": 1, "F13": 1}
    assert engine.forced(EDDA, {"F02": 1}) == {}


def test_what_every_order_holds_is_forced_from_the_start() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A"], "op": ">=", "k": 2},
        {"lhs": ["B"], "op": "==", "k": 0, "rhs": [["A"], 1]},
    ]
    engine = small(rules, {"A": 4, "B": 3, "C": 1})
    assert engine.forced(FACTS, {}) == {"A": 2, "B": 2}
    assert engine.forced(FACTS, {"A": 3}) == {"B": 3}
    assert engine.complete(FACTS, {"C": 1}) == {"A": 2, "B": 2, "C": 1}
    assert engine.most(FACTS, {}, ["A"]) == {"A": 3}
    assert engine.answer(FACTS, {}).offerable == ("A", "B", "C")


def test_a_catalogue_that_contradicts_itself_offers_nothing_and_says_why() -> None:
    rules: list[dict[str, Any]] = [
        {"lhs": ["A"], "op": ">=", "k": 2},
        {"lhs": ["A"], "op": "<=", "k": 1},
    ]
    engine = small(rules, {"A": 4, "B": 1})
    answer = engine.answer(FACTS, {})
    assert (answer.offerable, answer.possible) == ((), False)
    assert engine.reasons(FACTS, {}, "B") == ("R1", "R2")
    assert engine.reasons(FACTS, {"A": 1}, "A") == ("R2",)
    assert engine.complete(FACTS, {}) is None


@pytest.mark.parametrize("ask", ["answer", "most", "reasons"])
def test_an_unknown_offer_is_refused_in_a_sentence(engine: Engine, ask: str) -> None:
    wanted = "Z99" if ask == "reasons" else ["Z99"]
    with pytest.raises(ValueError, match="The catalogue has no offer 'Z99'"):
        getattr(engine, ask)(EDDA, {}, wanted)


def test_unknown_facts_are_refused_in_a_sentence(engine: Engine) -> None:
    with pytest.raises(ValueError, match="The fact 'credit' is one of A, B, C, D, not 'E'"):
        engine.answer({**EDDA, "credit": "E"}, {})


def test_only_so_many_solvers_are_kept(demo: Catalogue) -> None:
    made: list[Minicard] = []

    def make() -> Minicard:
        made.append(Minicard())
        return made[-1]

    engine = Engine(demo, facts_kept=2, make_solver=make)
    for facts in (EDDA, SORREL, EDDA, TORVALD, EDDA):
        engine.answer(facts, {})
    assert len(made) == 3  # Edda was used last each time and stayed
    engine.answer(SORREL, {})
    assert len(made) == 4


def test_pages_that_reach_no_further_share_a_solver(demo: Catalogue) -> None:
    made: list[Minicard] = []

    def make() -> Minicard:
        made.append(Minicard())
        return made[-1]

    engine = Engine(demo, small=0, make_solver=make)
    engine.answer(EDDA, {}, ["S01", "T01"])
    engine.answer(EDDA, {"F02": 1}, ["T02"])
    assert len(made) == 1
    engine.answer(EDDA, {}, ["M01"])
    assert len(made) == 2


def test_of_a_small_catalogue_one_solver_answers_every_question(demo: Catalogue) -> None:
    made: list[Minicard] = []

    def make() -> Minicard:
        made.append(Minicard())
        return made[-1]

    engine = Engine(demo, make_solver=make)
    engine.answer(EDDA, {}, ["S01", "T01"])
    engine.answer(EDDA, {}, ["M01"])
    assert len(made) == 1


def test_an_order_forces_what_it_needs_and_nothing_else(engine: Engine) -> None:
    assert engine.forces(EDDA, {"F04": 1}, "F08")
    assert not engine.forces(EDDA, {"F04": 1, "F08": 1}, "F08")
    assert not engine.forces(EDDA, {"F02": 1}, "F08")
    assert not engine.forces(EDDA, {"F02": 1, "F03": 1}, "F08")


def test_a_solver_that_answered_a_thousand_times_is_made_anew(demo: Catalogue) -> None:
    made: list[Minicard] = []

    def make() -> Minicard:
        made.append(Minicard())
        return made[-1]

    engine = Engine(demo, make_solver=make)
    answers = {engine.answer(WRENHALLOW, {}, ["M08", "M01"]) for _ in range(1_001)}
    assert len(made) == 2
    assert len(answers) == 1


def test_many_threads_get_the_answers_of_one(engine: Engine, demo: Catalogue) -> None:
    shared = Engine(demo, facts_kept=3)
    wrong: list[str] = []

    def ask(start: int) -> None:
        for turn in range(40):
            facts = EVERYBODY[(start + turn) % len(EVERYBODY)]
            code = ("M01", "F02", "T01", "X09")[turn % 4]
            if shared.answer(facts, {}, [code]) != expected[start, turn]:
                wrong.append(code)

    expected = {
        (start, turn): engine.answer(
            EVERYBODY[(start + turn) % len(EVERYBODY)], {}, [("M01", "F02", "T01", "X09")[turn % 4]]
        )
        for start in range(6)
        for turn in range(40)
    }
    threads = [threading.Thread(target=ask, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
