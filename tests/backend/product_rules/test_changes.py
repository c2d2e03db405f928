"""Openers and repairs, against all orders of all worlds that people could bring about."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from backend.product_rules import Catalogue, Engine, Selection, read_catalogue
from backend.product_rules.changes import Dropped, Repair
from tests.backend.product_rules.oracle import BruteForce
from tests.backend.product_rules.personas import EDDA, SORREL, TORVALD
from tests.backend.product_rules.small_catalogues import cases, document

Case = tuple[dict[str, Any], dict[str, Any], dict[str, int]]

CHANGES: list[dict[str, Any]] = [
    {"fact": "fibre", "to": 1, "text": "Build fibre.", "cost": 2},
    {"fact": "fibre", "to": 0, "text": "Dig it out."},
    {"fact": "segment", "to": "BUS", "text": "Found a firm.", "cost": 2},
]


def reachable(facts: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """All worlds that changes lead to, each with its cost."""
    real = [each for each in CHANGES if facts[each["fact"]] != each["to"]]
    return [
        (
            sum(int(str(c.get("cost", 1))) for c in made),
            facts | {str(c["fact"]): c["to"] for c in made},
        )
        for size in range(len(real) + 1)
        for made in itertools.combinations(real, size)
    ]


def taken(picks: Selection, order: Selection) -> int:
    return sum(max(0, count - order[code]) for code, count in picks.items())


def judge_opener(
    engine: Engine,
    facts: dict[str, Any],
    picks: Selection,
    code: str,
    worlds: list[tuple[int, BruteForce]],
) -> None:
    opener = engine.openers(facts, picks, code)
    wanted = picks.get(code, 0) + 1
    rest = {other: count for other, count in picks.items() if other != code}
    costs = [
        (taken(rest, order), cost)
        for cost, world in worlds
        for order in world.orders({code: wanted})
    ]
    if opener is None:
        assert costs == []
        return
    assert (sum(opener.removed.values()), sum(each.cost for each in opener.changes)) == min(costs)
    changed = facts | {each.key: each.value for each in opener.changes}
    after = next(world for _, world in worlds if world.facts == changed)
    left = {c: n - opener.removed.get(c, 0) for c, n in rest.items()} | {code: wanted}
    orders = list(after.orders(left))
    least = {c: min(order[c] for order in orders) - left.get(c, 0) for c in after.codes}
    assert opener.brings == {c: n for c, n in least.items() if n > 0}


def judge_repair(
    engine: Engine, facts: dict[str, Any], picks: Selection, truth: BruteForce
) -> None:
    last = list(picks)[-1:]
    for kept in ({}, {code: 1 for code in last if picks[code]}):
        judge_repair_beside(engine, facts, picks, kept, truth)


def judge_repair_beside(
    engine: Engine, facts: dict[str, Any], picks: Selection, kept: Selection, truth: BruteForce
) -> None:
    repair = engine.repair(facts, picks, kept=kept)
    picks = {code: count for code, count in picks.items() if count}
    orders = [dict(order) for order in truth.orders({})]
    if repair is None:
        assert orders == []
        return

    def cost(order: dict[str, int]) -> tuple[int, int, int, list[int], list[int]]:
        added = sum(max(0, count - picks.get(code, 0)) for code, count in order.items())
        first = [-min(count, order[code]) for code, count in picks.items()]
        return (
            taken(kept, order),
            taken(picks, order),
            added,
            first,
            [-count for count in order.values()],
        )

    best = min(orders, key=cost)
    left = {code: min(count, best[code]) for code, count in picks.items()}
    assert {each.code: each.quantity for each in repair.dropped} == {
        code: count - left[code] for code, count in picks.items() if count > left[code]
    }
    added = {code: count - left.get(code, 0) for code, count in best.items()}
    assert repair.added == {code: count for code, count in added.items() if count > 0}
    for each in repair.dropped:
        wanted = left | {each.code: left[each.code] + 1}
        assert not truth.possible(wanted, each.rules)
        for rule in each.rules:
            assert truth.possible(wanted, set(each.rules) - {rule})


def judge(case: Case) -> None:
    shop, facts, picks = case
    shop = {**shop, "changes": CHANGES}
    engine = Engine(read_catalogue(shop))
    worlds = [(cost, BruteForce(shop, world)) for cost, world in reachable(facts)]
    judge_repair(engine, facts, picks, worlds[0][1])
    for code in engine.catalogue.offers:
        judge_opener(engine, facts, picks, code, worlds)


ROUGH = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@ROUGH
@given(cases())
def test_every_change_is_the_smallest_on_small_catalogues(case: Case) -> None:
    judge(case)


@pytest.mark.long
@settings(ROUGH, max_examples=2_000)
@given(cases())
def test_every_change_is_the_smallest_on_thousands_of_small_catalogues(case: Case) -> None:
    judge(case)


def told(
    engine: Engine, facts: dict[str, Any], picks: Selection, code: str
) -> tuple[Any, ...] | None:
    opener = engine.openers(facts, picks, code)
    if opener is None:
        return None
    return [each.text for each in opener.changes], opener.removed, opener.brings


def test_what_a_person_can_bring_about_opens_an_offer(engine: Engine) -> None:
    settle = "Settle the balance, or agree a payment plan."
    assert told(engine, SORREL, {}, "T01") == ([settle], {}, {})
    unseen = EDDA | {"idok": 0}
    assert told(engine, unseen, {}, "X06") == (["Check the customer's identity."], {}, {})
    assert told(engine, TORVALD, {}, "F02") == (["Register interest in fibre."], {}, {})
    assert told(engine, EDDA, {"V01": 1}, "D02") == ([], {"V01": 1}, {"L01": 1})


def test_age_credit_and_segment_are_what_they_are(engine: Engine) -> None:
    assert told(engine, EDDA, {}, "M06") is None
    assert told(engine, EDDA | {"credit": "D"}, {}, "F03") is None
    assert told(engine, EDDA, {}, "V02") is None


def test_what_is_kept_is_not_taken_away(engine: Engine) -> None:
    assert engine.openers(EDDA, {"V01": 1}, "D02", kept={"V01": 1}) is None
    assert engine.openers(EDDA, {}, "D02", kept={"V01": 2}) is None


def test_nothing_opens_more_than_one_customer_may_hold(engine: Engine) -> None:
    assert engine.openers(EDDA, {"X09": 1}, "X09") is None


def test_an_open_offer_needs_no_change(engine: Engine) -> None:
    assert told(engine, EDDA, {}, "F04") == ([], {}, {"F08": 1, "F13": 1})


DRAFT = {"F02": 1, "F07": 1, "F14": 1, "T02": 1, "S02": 1, "C07": 1, "C01": 1}


def test_when_the_fibre_check_says_no_copper_takes_its_place(engine: Engine) -> None:
    dropped = (Dropped("F02", 1, ("R25",)), Dropped("C07", 1, ("R25", "R83")))
    found = engine.repair(EDDA | {"gpon": 0}, DRAFT)
    assert found == Repair(dropped, {"L01": 1, "D02": 1})


def test_a_sound_draft_needs_no_repair(engine: Engine) -> None:
    assert engine.repair(EDDA, DRAFT) == Repair((), {})


def test_of_two_that_exclude_each_other_the_first_one_stays(engine: Engine) -> None:
    for first, second in (("F01", "F02"), ("F02", "F01")):
        found = engine.repair(EDDA, {first: 1, second: 1})
        assert found
        assert [each.code for each in found.dropped] == [second]


def test_what_is_kept_stays_though_it_came_last_and_more_must_go_for_it(engine: Engine) -> None:
    fibre = {"F02": 1, "F07": 1, "F14": 1}
    copper = {"L01": 1, "D02": 1}
    assert engine.repair(EDDA, {**fibre, **copper}, kept=fibre) == Repair(
        (Dropped("D02", 1, ("R30",)),), {}
    )
    found = engine.repair(EDDA, {**fibre, **copper}, kept=copper)
    assert found
    assert {each.code for each in found.dropped} == {"F02"}


def test_more_than_an_offers_own_limit_goes_without_a_rule(engine: Engine) -> None:
    assert engine.repair(EDDA, {"X09": 3}) == Repair((Dropped("X09", 2, ()),), {})


def test_nothing_repairs_a_catalogue_that_contradicts_itself() -> None:
    rules: list[dict[str, Any]] = [{"lhs": ["A"], "op": ">=", "k": 2}]
    assert (
        Engine(read_catalogue(document(rules, {"A": 1}))).repair({"segment": "RES", "fibre": 1}, {})
        is None
    )


def test_the_same_question_gets_the_same_repair_whatever_was_asked_before(
    demo: Catalogue, engine: Engine
) -> None:
    facts = EDDA | {"gpon": 0, "vdsl": 0}
    first = engine.repair(facts, DRAFT)
    engine.answer(facts, {"M01": 1})
    assert engine.repair(facts, DRAFT) == first == Engine(demo).repair(facts, DRAFT)
