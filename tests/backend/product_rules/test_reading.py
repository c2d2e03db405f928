"""Reading a catalogue: the demo's, and what is said about bad ones."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from backend.product_rules import (
    BadCatalogue,
    Catalogue,
    Engine,
    read_catalogue,
    read_catalogue_text,
    violations,
)
from backend.product_rules.catalogue import DISCREET_TEXT, FactChange, FactCondition, HasCondition
from tests.backend.product_rules.small_catalogues import FACTS, document, offer

RULE = {"lhs": ["A"], "op": "<=", "k": 1}


def faults_of(bad: Any) -> list[str]:
    with pytest.raises(BadCatalogue) as caught:
        read_catalogue(bad)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(fault) for fault in caught.value.faults]


def with_offer(**changed: Any) -> dict[str, Any]:
    whole = document([], {"A": 1})
    return {**whole, "offers": [{**offer("A", 1), **changed}]}


def with_rule(**changed: Any) -> dict[str, Any]:
    return document([{**RULE, **changed}], {"A": 1, "B": 1}, {"BOTH": ["A", "B"]})


def test_the_demo_is_read_whole(demo: Catalogue) -> None:
    assert (len(demo.offers), len(demo.rules), len(demo.groups)) == (75, 99, 25)
    assert demo.version == "2026-11"
    assert demo.context["segment"] == ("RES", "BUS", "STAFF")


def test_an_offer_keeps_its_price_to_the_penny(demo: Catalogue) -> None:
    paper = demo.offers["X09"]
    assert (paper.name, paper.monthly, paper.oneoff) == ("Paper bill", Decimal("1.75"), Decimal(0))
    assert (demo.offers["M20"].oneoff, demo.offers["M20"].term) == (Decimal(49), 36)


def test_text_and_document_give_the_same(demo: Catalogue, demo_document: dict[str, Any]) -> None:
    assert read_catalogue(demo_document) == demo


def test_a_rule_reads_facts_and_the_selection(demo: Catalogue) -> None:
    rule = demo.rules["R51"]
    assert rule.when == (FactCondition("vulnerable", (1,)), HasCondition(("V01",)))
    assert (rule.left, rule.op, rule.k, rule.right) == (("V07",), "==", 1, ())


def test_groups_are_written_out(demo: Catalogue) -> None:
    assert demo.rules["R30"].left == ("D01", "D02", "F01", "F02", "F03", "F04", "F05", "F06")
    assert demo.rules["R63"].right == demo.groups["MOBLINE"]


def test_groups_may_hold_groups_and_rules_both_groups_and_codes() -> None:
    groups = {"ALL": ["PAIR", "C"], "PAIR": ["A", "B"]}
    rule = {"lhs": ["C", "PAIR"], "op": "<=", "k": 1, "internal": "asked for by sales"}
    catalogue = read_catalogue(document([rule], {"A": 1, "B": 1, "C": 1}, groups))
    assert catalogue.groups["ALL"] == ("A", "B", "C")
    assert catalogue.rules["R1"].left == ("C", "A", "B")
    assert catalogue.rules["R1"].internal == "asked for by sales"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"name": ""}, "name is a text that says something"),
        ({"family": None}, "family is a text that says something"),
        ({"note": 3}, "note is a text that says something"),
        ({"monthly": "8"}, "monthly is an amount of money"),
        ({"oneoff": Decimal("NaN")}, "oneoff is an amount of money"),
        ({"monthly": 1e9}, "monthly is an amount of money"),
        ({"term": -1}, "term lies between 0 and 1000000"),
        ({"max": 1_000_000}, "max lies between 0 and 10000"),
        ({"max": True}, "max is a whole number"),
        ({"max": None}, "max is a whole number"),
        ({"maxx": 1}, "there is no field 'maxx'"),
    ],
)
def test_a_fault_in_an_offer_is_named(changed: dict[str, Any], fault: str) -> None:
    assert faults_of(with_offer(**changed)) == [f"offer A: {fault}"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"lhs": ["A", "Z"]}, "there is no offer or group 'Z' (lhs)"),
        ({"lhs": "NOBODY"}, "there is no offer or group 'NOBODY' (lhs)"),
        ({"lhs": []}, "lhs is a list of codes, at least one"),
        ({"lhs": ["A", "A"]}, "A is named twice (lhs)"),
        ({"op": "<"}, "op is one of ==, <= and >=, not '<'"),
        ({"k": 0.5}, "k is a whole number"),
        ({"k": 2_000_000}, "k lies between -1000000 and 1000000"),
        ({"rhs": ["A"]}, "rhs is a list of offers (or a group) and a factor"),
        ({"rhs": [["Z"], 1]}, "there is no offer or group 'Z' (rhs)"),
        ({"rhs": ["BOTH", 0]}, "the factor of rhs lies between 1 and 1000000"),
        ({"msg": " "}, "msg is a text that says something"),
        ({"when": None}, "when is a list of conditions"),
        ({"when": ["A"]}, 'a condition is ["ctx", fact, values] or ["sel", offers]'),
        ({"when": [["sel", ["Z"]]]}, "there is no offer or group 'Z' (when)"),
        ({"when": [["ctx", "shoe", [44]]]}, "there is no fact 'shoe'"),
        ({"when": [["ctx", "fibre", [2, "x"]]]}, "'fibre' is never 2, 'x'"),
        ({"when": [["ctx", "fibre", []]]}, "name at least one value of 'fibre'"),
        ({"if": []}, "there is no field 'if'"),
    ],
)
def test_a_fault_in_a_rule_is_named(changed: dict[str, Any], fault: str) -> None:
    assert faults_of(with_rule(**changed)) == [f"rule R1: {fault}"]


def test_codes_and_ids_are_given_once() -> None:
    whole = document([RULE, RULE], {"A": 1})
    whole["offers"].append(whole["offers"][0])
    whole["rules"][1]["id"] = "R1"
    assert faults_of(whole) == [
        "offer A: an earlier offer has this code",
        "rule R1: an earlier rule has this id",
    ]


def test_an_offer_without_a_code_is_called_by_its_place() -> None:
    assert faults_of(with_offer(code="")) == ["offer 1: code is a text that says something"]


def test_faults_in_groups_are_named() -> None:
    groups = {"A": ["B"], "LOOP": ["ROUND"], "ROUND": ["LOOP"], "LOST": ["Z"], "NONE": []}
    assert faults_of(document([], {"A": 1, "B": 1}, groups)) == [
        "group A: an offer has this code already",
        "group LOOP: a group holds itself: LOOP → ROUND → LOOP",
        "group LOST: there is no offer or group 'Z'",
        "group NONE: a group is a list of codes, at least one",
    ]


def test_faults_in_facts_are_named() -> None:
    context = {"empty": [], "twice": ["a", "a"], "half": [0.5], "fine": ["a", 1]}
    assert faults_of({**document([], {"A": 1}), "context": context}) == [
        "fact empty: list the values it may have, as text or whole numbers",
        "fact twice: a value is listed twice",
        "fact half: list the values it may have, as text or whole numbers",
    ]


def test_what_is_no_catalogue_is_told_so() -> None:
    assert faults_of([]) == ["catalogue: write an object with offers and rules"]
    assert faults_of({"offers": {}, "rules": [3], "groups": [], "price": 1}) == [
        "catalogue: there is no field 'price'",
        "catalogue: offers is a list",
        "catalogue: groups is an object of names",
        "rule 1: write each rule as an object",
    ]


def test_all_faults_come_at_once_with_their_lines() -> None:
    whole = document([RULE, {**RULE, "lhs": ["Z"]}, {**RULE, "op": "="}], {"A": 1, "B": 1})
    whole["offers"][1]["max"] = "many"
    with pytest.raises(BadCatalogue) as caught:
        read_catalogue_text(json.dumps(whole, indent=1))
    found = [(fault.where, fault.line) for fault in caught.value.faults]
    lines = json.dumps(whole, indent=1).splitlines()
    assert [where for where, _ in found] == ["offer B", "rule R2", "rule R3"]
    for where, line in found:
        assert line is not None
        assert lines[line - 1].strip() == "{"
        assert where.split()[1] in lines[line]
    assert str(caught.value.faults[1]) == (
        f"rule R2 (line {found[1][1]}): there is no offer or group 'Z' (lhs)"
    )


def test_a_catalogue_says_what_people_can_bring_about() -> None:
    changes = [{"fact": "fibre", "to": 1, "text": "Build fibre.", "cost": 3}]
    catalogue = read_catalogue({**document([], {"A": 1}), "changes": changes})
    assert catalogue.changes == (FactChange("fibre", 1, "Build fibre.", 3),)
    assert read_catalogue({**document([], {"A": 1}), "changes": []}).changes == ()


def test_without_a_word_the_usual_changes_of_known_facts_are_meant(demo: Catalogue) -> None:
    assert [(each.key, each.value) for each in demo.changes][:3] == [
        ("idok", 1), ("guardian", 1), ("benefits", 1),
    ]  # fmt: skip
    assert {each.key for each in demo.changes}.isdisjoint({"age", "credit", "segment", "tenure12"})
    assert read_catalogue(document([], {"A": 1})).changes == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"fact": "fibre", "to": 2, "text": "Build."}, "change fibre: 'fibre' is never 2"),
        ({"fact": "shoe", "to": 1, "text": "Buy."}, "change shoe: 'shoe' is never 1"),
        ({"fact": "fibre", "to": True, "text": "Build."}, "change fibre: 'fibre' is never True"),
        (
            {"fact": "fibre", "to": 1, "text": ""},
            "change fibre: text is a text that says something",
        ),
        (
            {"fact": "fibre", "to": 1, "text": "Build.", "cost": 0},
            "change fibre: cost lies between 1 and 1000000",
        ),
        (
            {"fact": "fibre", "to": 1, "text": "Build.", "price": 1},
            "change fibre: there is no field 'price'",
        ),
    ],
)
def test_a_fault_in_a_change_is_named(change: dict[str, Any], fault: str) -> None:
    assert faults_of({**document([], {"A": 1}), "changes": [change]}) == [fault]


def test_a_credit_rule_may_keep_its_reason_to_itself() -> None:
    rule = {**RULE, "kind": "credit", "msg": None, "internal": "scored below 300"}
    read = read_catalogue(document([rule], {"A": 1})).rules["R1"]
    assert (read.text, read.internal) == (DISCREET_TEXT, "scored below 300")


def test_another_rule_needs_a_text_for_agents() -> None:
    fault = "rule R1: msg is a text that says something"
    assert faults_of(with_rule(msg=None, internal="asked for by sales")) == [fault]
    assert faults_of(with_rule(kind="fraud", msg=None)) == [fault]


def test_an_internal_text_in_the_agents_text_is_a_fault() -> None:
    fault = "rule R1: the internal text stands in msg, where agents read it"
    told = {"msg": "Refused: on the fraud list.", "internal": "on the fraud list"}
    assert faults_of(with_rule(kind="fraud", **told)) == [fault]


def test_the_demos_credit_rules_keep_the_owners_words(demo: Catalogue) -> None:
    assert {id_: rule.text for id_, rule in demo.rules.items() if rule.kind == "credit"} == {
        "R17": "Credit class A or B is needed for this handset.",
        "R18": "Credit class D: no credit. Offer SIM-only.",
        "R19": "Credit class D: only the smaller plans.",
        "R20": "Credit class C: one handset at most.",
    }


def test_no_answer_holds_an_internal_text() -> None:
    rules = [
        {"lhs": ["A"], "op": "<=", "k": 1, "kind": "fraud", "internal": "SECRET"},
        {"lhs": ["B"], "op": ">=", "k": 1, "internal": "SECRET"},
    ]
    engine = Engine(read_catalogue(document(rules, {"A": 3, "B": 2})))
    said = [
        violations(engine.catalogue, FACTS, {"A": 2}),
        engine.missing(FACTS, {"A": 1}),
        engine.reasons(FACTS, {"A": 1}, "A"),
        engine.openers(FACTS, {"A": 1}, "A"),
        engine.repair(FACTS, {"A": 2}),
    ]
    assert all(said[:3])
    assert "SECRET" not in repr(said)
