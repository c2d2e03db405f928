"""What the demo's eight customers may receive, and what their agent reads about the rest."""

from __future__ import annotations

import pytest

from backend.product_rules import Catalogue, Engine, violations
from tests.backend.product_rules.personas import (
    BETTANY,
    EDDA,
    EVERYBODY,
    IVO,
    PIM,
    SORREL,
    TORVALD,
    VISITOR,
    WRENHALLOW,
)

TELEVISION = {"T01", "T02", "T03"}


def test_edda_may_have_almost_everything_private(engine: Engine) -> None:
    answer = engine.answer(EDDA, {})
    assert {"M02", "F04", "T03", "C07", "X01"} <= set(answer.offerable)
    assert engine.reasons(EDDA, {}, "M08") == ("R04",)
    assert engine.reasons(EDDA, {}, "X03") == ("R91",)


def test_eddas_second_broadband_line_is_hidden_and_the_reason_is_one_sentence(
    engine: Engine, demo: Catalogue
) -> None:
    assert engine.answer(EDDA, {"F02": 1}).offerable.count("F03") == 0
    (reason,) = engine.reasons(EDDA, {"F02": 1}, "F03")
    assert demo.rules[reason].text == "One broadband line per address and order."


def test_torvald_sees_no_television_because_nothing_at_his_house_can_carry_it(
    engine: Engine, demo: Catalogue
) -> None:
    assert set(engine.answer(TORVALD, {}).hidden) >= TELEVISION
    reasons = engine.reasons(TORVALD, {}, "T01")
    assert [demo.rules[rule].text for rule in reasons] == [
        "Copper is being withdrawn in this area; offer Glimt with Hearth Digital.",
        "No fibre at this address yet; you can register interest.",
        "TV runs over our broadband.",
    ]


def test_torvald_may_have_the_plan_for_people_of_65(engine: Engine) -> None:
    assert "M06" in engine.answer(TORVALD, {}).offerable
    assert engine.most(TORVALD, {}, ["M06"]) == {"M06": 2}


def test_pims_fibre_waits_for_his_landlord(engine: Engine) -> None:
    answer = engine.answer(PIM, {})
    assert engine.reasons(PIM, {}, "F02") == ("R29",)
    assert "D02" in answer.offerable
    assert engine.reasons(PIM, {}, "M19") == ("R13",)


def test_pims_mobile_line_brings_the_protection_along(engine: Engine) -> None:
    assert engine.forced(PIM, {"M07": 1}) == {"M18": 1}


def test_sorrel_in_arrears_keeps_what_is_cheap(engine: Engine) -> None:
    answer = engine.answer(SORREL, {})
    assert {"M01", "D01", "F06"} <= set(answer.offerable)
    assert engine.reasons(SORREL, {}, "M02") == ("R21",)
    assert engine.reasons(SORREL, {}, "M19") == ("R18",)
    assert set(answer.hidden) >= TELEVISION


def test_wrenhallow_buys_seats_by_the_dozen(engine: Engine) -> None:
    assert engine.most(WRENHALLOW, {}, ["V02"]) == {"V02": 50}
    assert engine.most(WRENHALLOW, {"V02": 4}, ["V03"]) == {"V03": 100}
    assert engine.reasons(WRENHALLOW, {}, "V01") == ("R05",)


def test_a_hunt_group_alone_brings_two_seats(engine: Engine) -> None:
    assert engine.forced(WRENHALLOW, {"V04": 1}) == {"V02": 2}


def test_the_visitor_starts_prepaid_without_showing_who_he_is(engine: Engine) -> None:
    answer = engine.answer(VISITOR, {})
    assert {"P01", "P02", "M07"} <= set(answer.offerable)
    assert engine.reasons(VISITOR, {}, "X06") == ("R16",)
    assert engine.forced(VISITOR, {"P03": 2}) == {"P01": 2}


def test_bettany_gets_the_staff_saving_and_releases_platinum(engine: Engine) -> None:
    answer = engine.answer(BETTANY, {})
    assert {"X04", "X08"} <= set(answer.offerable)
    assert engine.reasons(BETTANY, {}, "X05") == ("R07",)


def test_ivo_on_the_social_tariff_gets_no_saving_beside_it(engine: Engine) -> None:
    assert "F06" in engine.answer(IVO, {}).offerable
    assert engine.reasons(IVO, {"F06": 1}, "X03") == ("R45",)


def test_everybodys_first_offer_becomes_a_whole_order(engine: Engine, demo: Catalogue) -> None:
    for facts in EVERYBODY:
        for code in engine.answer(facts, {}).offerable:
            order = engine.complete(facts, {code: 1})
            assert order is not None
            assert violations(demo, facts, order) == ()


@pytest.mark.parametrize(("seats", "numbers"), [(1, 10), (3, 30), (10, 100), (20, 100)])
def test_each_seat_carries_ten_extra_numbers(engine: Engine, seats: int, numbers: int) -> None:
    facts = {**WRENHALLOW, "channel": "RESELLER"}
    others = {"V02": seats, "V03": numbers}
    assert engine.complete(facts, others) is not None
    more = engine.forced(facts, {"V03": numbers})
    assert more["V02"] == -(-numbers // 10)
