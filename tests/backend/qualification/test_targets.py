"""What an installed product may become, and what that loses and brings."""

from __future__ import annotations

import random

from backend.product_rules import violations
from backend.qualification.holdings import counted
from backend.qualification.shelf import less, together
from backend.qualification.situation import Situation, completable
from backend.qualification.targets import Target, shown, targets
from tests.backend.qualification.cases import HOUSE, demo_shelf, has, situation
from tests.backend.qualification.test_leaving import COPPER, EDDA, product, random_order


def of(asked: Situation, code: str) -> dict[str, Target]:
    rules = asked.shelf.engine.applied(asked.facts)
    found = targets(asked, rules, product(asked, code))
    return {each.code: each for each in found}


def test_a_line_becomes_other_lines_but_not_what_is_for_others() -> None:
    assert list(of(situation(has("M02", "M10")), "M02")) == ["M01", "M03", "M04", "M09"]
    old = situation(has("M02", "M10"), facts={**HOUSE, "age": "65+"})
    assert "M06" in of(old, "M02")


def test_what_an_extra_needs_is_lost_with_it() -> None:
    found = of(situation(has("M02", "M10", "M16")), "M02")
    assert [each.offer for each in found["M04"].lost] == ["M16"]
    assert found["M03"].lost == ()


def test_a_router_that_the_new_line_asks_for_comes_and_the_old_one_goes() -> None:
    asked = situation(has("F02", "F07", "F14"), facts={**HOUSE, "xgspon": 1})
    found = of(asked, "F02")["F04"]
    assert found.brings == {"F08": 1}
    assert {each.offer for each in found.lost} == {"F07", "F14"}
    document = shown(asked, product(asked, "F02"), found)
    assert document["difference"] == "36.00"  # 65.00 and 6.00 for 35.00 and nothing
    assert document["ends"] == [each.id for each in found.lost]
    assert document["brings"] == [{"id": "F08", "name": "Pro router (Wi-Fi 7)", "quantity": 1}]


def test_where_the_network_cannot_do_it_there_is_no_target() -> None:
    assert list(of(situation(has("F02", "F07", "F14")), "F02")) == ["F01", "F03"]
    copper = situation(has(*COPPER), facts={**HOUSE, "allip": 1})
    assert of(copper, "D02") == {}


def test_extras_and_sims_become_nothing_else() -> None:
    asked = situation(has(*EDDA))
    assert of(asked, "M13") == of(asked, "M11") == of(asked, "F14") == {}
    assert list(of(asked, "S02")) == ["S01"]


def test_what_ends_moves_no_more_and_a_move_may_be_changed() -> None:
    holdings = has("M02", "M10")
    line = holdings[0].id
    assert of(situation(holdings, ends=[line]), "M02") == {}
    assert "M03" in of(situation(holdings, moves={line: "M04"}), "M02")


def test_every_target_is_lawful_for_random_customers() -> None:
    dice = random.Random(12)  # noqa: S311  # picks offers, keeps no secret
    shelf = demo_shelf()
    for _ in range(20):
        facts = {**HOUSE, "xgspon": 1, "segment": dice.choice(("RES", "BUS"))}
        order = random_order(dice, facts)
        holdings = has(*(code for code, count in order.items() for _ in range(count)))
        asked = situation(holdings, facts=facts)
        for each in dice.sample(holdings, min(3, len(holdings))):
            for code, target in of(asked, each.offer).items():
                going = counted([product(asked, each.offer), *target.lost])
                after = together(less(order, going), {code: 1}, target.brings)
                assert completable(asked, after)
                broken = violations(shelf.definitions.catalogue, facts, after)
                assert all(one.rule for one in broken)  # only what is still to be chosen
