"""The engine against two judges that share neither code nor method with it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pysat.solvers import Gluecard4

from backend.product_rules import Catalogue, Engine, Selection, read_catalogue, violations
from tests.backend.product_rules.oracle import BruteForce, Repair
from tests.backend.product_rules.personas import EVERYBODY
from tests.backend.product_rules.small_catalogues import cases

Case = tuple[dict[str, Any], dict[str, Any], dict[str, int]]

ROUGH = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def one_more(picks: Selection, code: str) -> dict[str, int]:
    return {**picks, code: picks.get(code, 0) + 1}


def judge(case: Case) -> None:
    """Every answer about a case is the one that writing all orders down gives."""
    document, facts, picks = case
    catalogue = read_catalogue(document)
    engine = Engine(catalogue)
    truth = BruteForce(document, facts)
    judge_orders(catalogue, facts, truth)
    judge_choices(engine, facts, picks, truth)
    judge_completions(engine, facts, picks, truth)
    # The same again, from what the engine remembers, and for a page of one offer.
    answer = engine.answer(facts, picks)
    for code in truth.codes:
        page = Engine(catalogue, small=0).answer(facts, picks, [code])
        assert page.offerable == tuple(c for c in answer.offerable if c == code)
        assert page.possible == answer.possible


def judge_orders(catalogue: Catalogue, facts: dict[str, Any], truth: BruteForce) -> None:
    for order, broken in list(zip(truth.all, truth.broken, strict=True))[::7]:
        assert {found.rule for found in violations(catalogue, facts, order)} == broken


def judge_choices(
    engine: Engine, facts: dict[str, Any], picks: Selection, truth: BruteForce
) -> None:
    answer = engine.answer(facts, picks)
    assert answer.possible == truth.possible(picks)
    assert sorted(answer.offerable + answer.hidden) == truth.codes
    orders = list(truth.orders(picks))
    most = {code: max((order[code] for order in orders), default=0) for code in truth.codes}
    assert engine.most(facts, picks, truth.codes) == most
    for code in truth.codes:
        wanted = one_more(picks, code)
        assert (code in answer.offerable) == truth.possible(wanted), code
        if code in answer.hidden:
            judge_reason(engine.reasons(facts, picks, code), wanted, truth)


def judge_reason(reasons: tuple[str, ...], wanted: Selection, truth: BruteForce) -> None:
    """The rules keep the order away, and without any one of them they do not."""
    assert not truth.possible(wanted, reasons)
    for left_out in reasons:
        assert truth.possible(wanted, set(reasons) - {left_out})


def judge_completions(
    engine: Engine, facts: dict[str, Any], picks: Selection, truth: BruteForce
) -> None:
    orders = list(truth.orders(picks))
    complete = engine.complete(facts, picks)
    forced = engine.forced(facts, picks)
    if not orders:
        assert complete is None
        assert forced == {}
        assert engine.missing(facts, picks) == ()
        return
    assert complete is not None
    whole = dict.fromkeys(truth.codes, 0) | complete
    assert whole in orders
    assert not any(
        order != whole and all(order[code] <= whole[code] for code in order) for order in orders
    )
    least = {code: min(order[code] for order in orders) for code in truth.codes}
    assert forced == {code: n for code, n in least.items() if n > picks.get(code, 0)}
    assert all(engine.forces(facts, picks, code) == (code in forced) for code in truth.codes)
    missing = engine.missing(facts, picks)
    broken = violations(engine.catalogue, facts, picks)
    assert [item.rule for item in missing] == [item.rule for item in broken]
    offerable = engine.answer(facts, picks).offerable
    assert all(set(item.offers) <= set(offerable) and item.needed > 0 for item in missing)


@ROUGH
@given(cases())
def test_every_answer_is_exact_on_small_catalogues(case: Case) -> None:
    judge(case)


@pytest.mark.long
@settings(ROUGH, max_examples=10_000)
@given(cases())
def test_every_answer_is_exact_on_ten_thousand_small_catalogues(case: Case) -> None:
    judge(case)


def some_facts(catalogue: Catalogue, chance: random.Random) -> dict[str, Any]:
    """A persona with two facts changed: strange, and still somebody."""
    facts = dict(chance.choice(EVERYBODY))
    for key in chance.sample(sorted(catalogue.context), 2):
        facts[key] = chance.choice(catalogue.context[key])
    return facts


@pytest.mark.parametrize("seed", range(6))
def test_the_demo_catalogue_is_answered_exactly(
    seed: int, demo: Catalogue, demo_document: dict[str, Any], engine: Engine
) -> None:
    chance = random.Random(seed)  # noqa: S311  # examples, no secrets
    facts = some_facts(demo, chance)
    truth = Repair(demo_document, facts)
    picks: dict[str, int] = {}
    for _ in range(4):
        answer = engine.answer(facts, picks)
        for code in chance.sample(answer.offerable, 6):
            assert truth.possible(one_more(picks, code)), code
        for code in chance.sample(answer.hidden, min(6, len(answer.hidden))):
            assert not truth.possible(one_more(picks, code)), code
            reasons = engine.reasons(facts, picks, code)
            assert not Repair(demo_document, facts, reasons).possible(one_more(picks, code))
            for left_out in reasons:
                rest = set(reasons) - {left_out}
                assert Repair(demo_document, facts, rest).possible(one_more(picks, code))
        picks = one_more(picks, chance.choice(answer.offerable))


@pytest.mark.parametrize("seed", range(20))
def test_no_walk_through_the_demo_catalogue_ends_in_a_dead_end(
    seed: int, demo: Catalogue, engine: Engine
) -> None:
    chance = random.Random(1000 + seed)  # noqa: S311  # examples, no secrets
    facts = some_facts(demo, chance)
    picks: dict[str, int] = {}
    for _ in range(20):
        answer = engine.answer(facts, picks)
        if not answer.offerable:
            break
        picks = one_more(picks, chance.choice(answer.offerable))
        order = engine.complete(facts, picks)
        assert order is not None, picks
        assert violations(demo, facts, order) == ()
        assert all(order[code] >= picks[code] for code in picks)


@pytest.mark.long
def test_a_hundred_thousand_picks_of_anybody_never_lead_into_a_dead_end(
    demo: Catalogue, engine: Engine
) -> None:
    chance = random.Random(7)  # noqa: S311  # examples, no secrets
    picked = 0
    while picked < 100_000:
        facts = {key: chance.choice(values) for key, values in demo.context.items()}
        picks: dict[str, int] = {}
        for _ in range(20):
            answer = engine.answer(facts, picks)
            assert answer.possible, (facts, picks)
            if not answer.offerable:
                break
            picks = one_more(picks, chance.choice(answer.offerable))
            picked += 1
        order = engine.complete(facts, picks)
        assert order is not None, (facts, picks)
        assert violations(demo, facts, order) == ()
        assert all(order[code] >= picks[code] for code in picks)


def test_another_solver_gives_the_same_answers(demo: Catalogue, engine: Engine) -> None:
    other = Engine(demo, make_solver=Gluecard4)
    for facts in EVERYBODY:
        answer = engine.answer(facts, {})
        assert other.answer(facts, {}) == answer
        assert other.reasons(facts, {}, answer.hidden[0]) == engine.reasons(
            facts, {}, answer.hidden[0]
        )
