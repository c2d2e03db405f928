"""Rules: read into parts, written back, said as sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.products import rules
from app.products.documents import Kind, item
from app.products.rule_words import fact_name, kind_name, sentence
from app.products.rules import FactIs, Has, Rule
from tests.app.products.demo import DEMO

NAMES = rules.named(DEMO)


@pytest.mark.parametrize("found", rules.rules(DEMO), ids=lambda found: found.id)
def test_a_rule_that_is_written_back_is_the_same(found: Rule) -> None:
    assert rules.with_rule(DEMO, found) is DEMO
    renamed = rules.with_rule(DEMO, replace(found, text="Otherwise."))
    assert item(renamed, Kind.RULE, found.id) == {
        **item(DEMO, Kind.RULE, found.id), "msg": "Otherwise.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule_id", "said"),
    [
        ("R04", "When segment is Private or Staff, none of BUSONLY"),
        ("R14", ("When age is 16 to 17 and MOBLINE is picked, "
                "at least 1 of Young-caller protection (premium bar + web filter)")),
        ("R30", "Always: at most 1 of BB"),
        ("R25", ("When there is no fibre at the address, "
                "none of Glimt 150, Glimt 500, Glimt 1000 and 3 more")),
        ("R58", ("Always: at most 10 for each Deskhand seat (hosted voice), "
                "of Extra direct-dial number")),
        ("R36", ("When one of Glimt 2500 (XGS-PON), Glimt Business 1000 is picked, "
                "none of Self-install pack")),
    ],
)  # fmt: skip
def test_a_rule_reads_as_a_sentence(rule_id: str, said: str) -> None:
    found = rules.rule(DEMO, rule_id)
    assert found is not None
    assert sentence(found, NAMES) == said


def test_a_rule_not_finished_reads_as_one_too() -> None:
    begun = Rule("R500", when=(FactIs("segment"), Has()), figure=2, each_of=("V02",), each=3)
    said = sentence(begun, NAMES)
    assert said.startswith(
        "When segment is nothing yet and nothing yet is picked, exactly 2, and 3"
    )


def test_what_is_not_known_is_called_as_it_is_written() -> None:
    assert fact_name("moon") == "moon"
    assert kind_name("weather") == "weather"


def test_a_discreet_rule_may_have_an_internal_text_alone() -> None:
    new = Rule("R500", "fraud", names=("M20",), op="==", internal="Known mule address")
    held = item(rules.with_rule(DEMO, new), Kind.RULE, "R500")
    assert "msg" not in held
    assert held["internal"] == "Known mule address"
    assert rules.discreet(new)


def test_a_group_alone_is_named_without_a_list() -> None:
    held = item(rules.with_rule(DEMO, Rule("R500", names=("BB",))), Kind.RULE, "R500")
    assert held == {"id": "R500", "kind": "requires", "lhs": "BB", "op": "==", "k": 0}


def test_a_new_rule_takes_the_next_id() -> None:
    assert rules.free_id(DEMO) == "R100"


def test_what_nobody_can_read_is_left_out() -> None:
    odd = rules.rule_of({"id": "R1", "op": "?", "k": "many", "when": [["moon"]], "rhs": "BB"})
    assert odd == Rule("R1", "", op="==")


def test_rules_are_found_by_the_groups_of_an_offer() -> None:
    assert {"R30", "R32", "R25"} <= set(rules.naming(DEMO, "F03"))
    assert rules.rule(DEMO, "R00") is None
