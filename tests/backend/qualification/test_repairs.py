"""Picks that no longer fit: the smallest repair, and nothing of what the customer has goes."""

from __future__ import annotations

import itertools
import random

from backend.qualification.repairs import repair, shown
from backend.qualification.shelf import less, together
from backend.qualification.situation import completable
from tests.backend.qualification.cases import HOUSE, demo_shelf, has, situation
from tests.backend.qualification.test_leaving import COPPER, random_order


def test_what_can_be_completed_needs_no_repair() -> None:
    asked = situation(picks={"M02": 1})
    assert repair(asked) is None
    assert shown(asked.shelf, None) is None


def test_what_the_street_cannot_do_goes_with_its_reason() -> None:
    asked = situation(picks={"F04": 1, "F08": 1, "F13": 1, "M03": 1, "M11": 1})
    found = shown(asked.shelf, repair(asked))
    assert found is not None
    assert [(each["id"], each["quantity"]) for each in found["dropped"]] == [("F04", 1)]
    assert found["dropped"][0]["reasons"][0]["rule"] == "R26"
    assert found["text"] == "Take out Glimt 2500 (XGS-PON) and add Glimt 150."


def test_nothing_that_is_installed_goes() -> None:
    asked = situation(has(*COPPER), picks={"F02": 1, "F13": 1})
    found = repair(asked)
    assert found is not None
    assert {each.code for each in found.dropped} <= {"F02", "F13"}


def test_a_move_that_is_impossible_now_is_named() -> None:
    holdings = has("F02", "F07", "F14")
    found = repair(situation(holdings, moves={holdings[0].id: "F04"}))
    assert found is not None
    assert [each.code for each in found.dropped] == ["F04"]


def test_a_repair_is_whole_and_smallest_for_random_drafts() -> None:
    dice = random.Random(14)  # noqa: S311  # picks offers, keeps no secret
    codes = list(demo_shelf().definitions.catalogue.offers)
    repaired = 0
    for _ in range(40):
        installed = random_order(dice, HOUSE)
        holdings = has(*(code for code, count in installed.items() for _ in range(count)))
        asked = situation(holdings, picks={dice.choice(codes): 1 for _ in range(4)})
        found = repair(asked)
        if found is None:
            continue
        repaired += 1
        gone = {each.code: each.quantity for each in found.dropped}
        assert not less(gone, asked.chosen)
        left = less(asked.chosen, gone)
        assert completable(asked, together(asked.kept, left, found.added))
        units = [code for code, count in asked.chosen.items() for _ in range(count)]
        for few in range(sum(gone.values())):
            for some in itertools.combinations(units, len(units) - few):
                kept = {code: some.count(code) for code in some}
                assert not completable(asked, together(asked.kept, kept))
    assert repaired > 10
