"""The plain meaning of rules on the demo's catalogue and on small ones."""

from __future__ import annotations

import pytest

from backend.product_rules import Catalogue, Engine, Missing, read_catalogue, violations
from backend.product_rules.rules import checked_facts, checked_selection, missing
from tests.backend.product_rules.personas import EDDA, WRENHALLOW
from tests.backend.product_rules.small_catalogues import document


def test_a_whole_fibre_order_breaks_no_rule(demo: Catalogue) -> None:
    assert violations(demo, EDDA, {"F02": 1, "F07": 1, "F14": 1}) == ()


def test_a_broken_rule_names_what_it_counts_and_what_the_agent_reads(demo: Catalogue) -> None:
    (violation,) = violations(demo, EDDA, {"F02": 1, "F07": 1, "F08": 1, "F14": 1})
    assert violation.rule == "R32"
    assert violation.offers == ("F07", "F08")
    assert violation.text == "Every broadband line gets exactly one router."


def test_more_than_an_offers_own_limit_is_told_without_a_rule(demo: Catalogue) -> None:
    order = {"M01": 7, "M10": 7}
    (violation,) = violations(demo, EDDA, order)
    assert violation.rule is None
    assert violation.offers == ("M01",)
    assert violation.text == "Skarv 5 (5 GB, 4G): 6 at most."


def test_quantity_rules_count_both_sides(demo: Catalogue) -> None:
    order = {"F05": 1, "F07": 1, "F13": 1, "V02": 2, "V03": 21}
    assert [found.rule for found in violations(demo, WRENHALLOW, order)] == ["R58"]
    assert violations(demo, WRENHALLOW, {**order, "V03": 20}) == ()


def test_no_quantity_is_as_if_the_offer_were_not_named(demo: Catalogue) -> None:
    assert violations(demo, EDDA, {"M01": 0}) == ()


def test_television_alone_still_needs_a_line_and_exactly_one_main_box(engine: Engine) -> None:
    lacking = {item.rule: item for item in engine.missing(EDDA, {"T01": 1})}
    assert set(lacking) == {"R72", "R74"}
    box = lacking["R74"]
    assert (box.offers, box.needed, box.exactly) == (("S01", "S02"), 1, True)
    assert box.text == "TV needs exactly one main box, HD or 4K."
    assert not lacking["R72"].exactly


def test_only_what_may_still_be_chosen_is_offered_for_a_missing_box(engine: Engine) -> None:
    lacking = {item.rule: item for item in engine.missing(EDDA, {"T01": 1, "D01": 1})}
    assert lacking["R74"].offers == ("S01",)


def test_three_lines_lack_three_sims(engine: Engine) -> None:
    (sims,) = engine.missing(EDDA, {"M01": 2, "M02": 1})
    assert (sims.rule, sims.offers, sims.needed, sims.exactly) == ("R59", ("M10", "M11"), 3, True)


def test_two_sims_lack_two_lines(engine: Engine) -> None:
    (lines,) = engine.missing(EDDA, {"M10": 2})
    assert lines.needed == 2
    assert {"M01", "M02"} <= set(lines.offers)
    assert "M08" not in lines.offers


def test_twenty_five_numbers_lack_three_seats_at_least(engine: Engine) -> None:
    lacking = {item.rule: item for item in engine.missing(WRENHALLOW, {"V03": 25})}
    seats = lacking["R58"]
    assert (seats.offers, seats.needed, seats.exactly) == (("V02",), 3, False)


def test_a_whole_order_lacks_nothing(engine: Engine) -> None:
    assert engine.missing(EDDA, {"F02": 1, "F07": 1, "F14": 1}) == ()


def test_what_adding_cannot_mend_is_not_missing() -> None:
    catalogue = read_catalogue(document([{"lhs": ["A"], "op": "<=", "k": 1}], {"A": 3, "B": 1}))
    assert missing(catalogue.rules.values(), {"A": 2}, {"A", "B"}) == ()


def test_an_equality_with_a_factor_is_met_step_by_step() -> None:
    rule = {"lhs": ["A"], "op": "==", "k": 0, "rhs": [["B"], 2]}
    catalogue = read_catalogue(document([rule], {"A": 6, "B": 3}))
    assert missing(catalogue.rules.values(), {"A": 3}, {"A", "B"}) == (
        Missing("R1", ("B",), 2, exactly=False, text="Rule 1."),
    )
    assert missing(catalogue.rules.values(), {"A": 3, "B": 2}, {"A", "B"}) == (
        Missing("R1", ("A",), 1, exactly=True, text="Rule 1."),
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"segment": "RES", "fibre": 1, "shoe": 44}, "The catalogue knows no fact 'shoe'."),
        ({"segment": "RES"}, "The fact 'fibre' is missing."),
        ({"segment": "MARS", "fibre": 1}, "The fact 'segment' is one of RES, BUS, not 'MARS'."),
        ({"segment": "RES", "fibre": "1"}, "The fact 'fibre' is one of 0, 1, not '1'."),
    ],
)
def test_facts_the_catalogue_does_not_know_are_refused(
    facts: dict[str, str | int], sentence: str
) -> None:
    catalogue = read_catalogue(document([], {"A": 1}))
    with pytest.raises(ValueError, match=sentence):
        checked_facts(catalogue, facts)


@pytest.mark.parametrize(
    ("code", "quantity", "sentence"),
    [
        ("Z", 1, "no offer 'Z'"),
        ("A", -1, "quantity of A is a whole number from 0"),
        ("A", 1.5, "quantity of A is a whole number from 0"),
    ],
)
def test_picks_the_catalogue_does_not_know_are_refused(
    code: str, quantity: int, sentence: str
) -> None:
    catalogue = read_catalogue(document([], {"A": 1}))
    with pytest.raises(ValueError, match=sentence):
        checked_selection(catalogue, {code: quantity})
