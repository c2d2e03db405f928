"""What may end, why not, and what would have to end with it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from backend.product_rules import violations
from backend.product_rules.catalogue import Fact
from backend.qualification.holdings import Holding, counted
from backend.qualification.leaving import Leaving, leaving
from backend.qualification.shelf import less, together
from backend.qualification.situation import Situation, lacking
from backend.qualification.targets import may_move
from tests.backend.qualification.cases import HOUSE, demo_shelf, has, situation

EDDA = ("F02", "F14", "F08", "F11", "T02", "S02", "C03", "X02", "M03", "M11", "M13", "M05", "M10")
COPPER = ("L01", "L04", "D02", "F07", "F14", "M02", "M10", "M16")


def of(asked: Situation, code: str) -> Leaving:
    rules = asked.shelf.engine.applied(asked.facts)
    return leaving(asked, rules, product(asked, code))


def product(asked: Situation, code: str) -> Holding:
    return next(each for each in asked.change.holdings if each.offer == code)


def with_it(found: Leaving) -> list[str]:
    return [each.offer for each in found.ends_with]


def test_what_nothing_hangs_on_may_end() -> None:
    assert of(situation(has(*EDDA)), "C03") == Leaving(may=True)


def test_a_line_takes_its_own_sim_along() -> None:
    found = of(situation(has(*EDDA)), "M05")
    assert found.may
    assert [each["rule"] for each in found.reasons] == ["R59"]
    assert with_it(found) == ["M10"]


def test_broadband_takes_all_that_runs_over_it() -> None:
    found = of(situation(has(*EDDA)), "F02")
    assert found.may  # another line may come in its place
    assert with_it(found) == ["F08", "F14", "F11", "T02", "S02", "C03", "X02"]


def test_a_hearth_line_under_copper_broadband_may_not_end_alone() -> None:
    found = of(situation(has(*COPPER)), "L01")
    assert not found.may
    assert [each["rule"] for each in found.reasons] == ["R31", "R48"]
    assert found.reasons[0]["text"] == "Copper broadband runs on a Hearth Line."
    assert set(with_it(found)) == {"D02", "F07", "F14", "L04"}


def test_nor_where_copper_is_sold_to_nobody_any_more() -> None:
    found = of(situation(has(*COPPER), facts={**HOUSE, "allip": 1}), "L01")
    assert not found.may
    assert "D02" in with_it(found)


def test_with_what_hangs_on_it_in_the_change_it_may_end() -> None:
    holdings = has(*COPPER)
    others = [each.id for each in holdings if each.offer in {"D02", "F07", "F14", "L04"}]
    assert of(situation(holdings, ends=others), "L01") == Leaving(may=True)


def test_old_copper_closes_nothing_else() -> None:
    asked = situation(has(*COPPER), facts={**HOUSE, "allip": 1})
    assert asked.kept == {"L04": 1, "F07": 1, "F14": 1, "M02": 1, "M10": 1, "M16": 1}
    assert not lacking(asked)
    assert of(asked, "M16") == Leaving(may=True)


@pytest.mark.parametrize("status", ["created", "pendingActive", "pendingTerminate"])
def test_what_is_on_its_way_may_not_end(status: str) -> None:
    found = of(situation(has("M02", "M10", status=status)), "M02")
    assert not found.may
    assert found.reasons[0]["text"]


def test_what_left_the_catalogue_may_always_end() -> None:
    (line, sim) = has("M02", "M10")
    withdrawn = Holding(
        **{name: getattr(line, name) for name in Holding.__slots__} | {"offer": "Z1"}
    )
    asked = situation([withdrawn, sim])
    rules = asked.shelf.engine.applied(asked.facts)
    assert leaving(asked, rules, withdrawn) == Leaving(may=True)
    assert asked.will_have == {"M10": 1}


def test_ending_is_exact_for_random_customers() -> None:
    """What may end leaves a rest that holds together; with all that hangs on it, at once."""
    dice = random.Random(11)  # noqa: S311  # picks offers, keeps no secret
    shelf = demo_shelf()
    catalogue, engine = shelf.definitions.catalogue, shelf.engine
    for _ in range(25):
        facts = {**HOUSE, "vulnerable": dice.randint(0, 1), "segment": dice.choice(("RES", "BUS"))}
        order = random_order(dice, facts)
        holdings = has(*(code for code, count in order.items() for _ in range(count)))
        asked = situation(holdings, facts=facts)
        rules = asked.shelf.engine.applied(facts)
        for each in dice.sample(holdings, min(3, len(holdings))):
            found = leaving(asked, rules, each)
            rest = less(counted(holdings), {each.offer: 1})
            forced = engine.forced(facts, rest)
            assert found.may == (forced.get(each.offer, 0) <= rest.get(each.offer, 0))
            if found.ends_with:
                left = less(rest, counted(found.ends_with))
                assert not violations(catalogue, facts, left)
            elif not found.reasons:
                assert not violations(catalogue, facts, rest)


def random_order(dice: random.Random, facts: Mapping[str, Fact]) -> dict[str, int]:
    """A valid order, picked at random."""
    engine = demo_shelf().engine
    picks: dict[str, int] = {}
    for _ in range(dice.randint(2, 9)):
        code = dice.choice(engine.answer(facts, picks).offerable)
        picks = together(picks, {code: 1})
    whole = engine.complete(facts, picks)
    assert whole is not None
    return whole


def test_an_exit_fee_is_a_share_of_the_whole_months_left() -> None:
    asked = situation(has("M03", "M10", started=dt.date(2026, 3, 1)))
    fee = product(asked, "M03").exit_fee(asked.rates, asked.today)
    assert str(fee) == "142.50"  # half of 15 months at 19.00, until 1 March 2028
    assert not product(asked, "M10").exit_fee(asked.rates, asked.today)


def test_what_an_order_changes_already_waits_for_that_order() -> None:
    held = [replace(each, order="KO-0093317-4") if each.offer == "F02" else each
            for each in has(*EDDA)]  # fmt: skip
    asked = situation(held)
    found = of(asked, "F02")
    assert not found.may
    assert "KO-0093317-4 changes it already" in found.reasons[0]["text"]
    rules = asked.shelf.engine.applied(asked.facts)
    assert not may_move(asked, rules, product(asked, "F02"))
    assert of(asked, "M03").may
