"""`lab check`: what is proved of a catalogue, and when that is a fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.backend.lab.conftest import Lab, Write
from tests.backend.product_rules.personas import EDDA, TORVALD
from tests.backend.product_rules.small_catalogues import FACTS, document

CLEAN = {
    "dead": [],
    "redundant": [],
    "unpriced": [],
    "untexted": [],
    "emptyOrder": "valid",
    "emptyOrderBreaks": [],
    "golden": {"checked": 0, "broken": []},
    "prices": [],
}


def shop(rules: list[dict[str, Any]], **offers: dict[str, Any]) -> dict[str, Any]:
    """A catalogue of the offers A and B, two of each at most, with some fields changed."""
    whole = document(rules, {"A": 2, "B": 2})
    whole["offers"] = [{**each, **offers.get(each["code"], {})} for each in whole["offers"]]
    return whole


def proved(answers: list[Any]) -> dict[str, Any]:
    """The one answer, without the places of what it names."""
    (answer,) = answers
    return {name: answer[name] for name in answer if name not in {"deadBy", "lines"}}


def test_rules_that_contradict_each_other_are_named_with_their_lines(
    lab: Lab, tmp_path: Path
) -> None:
    rules = [
        {"lhs": ["B"], "op": "<=", "k": 1},
        {"when": [["sel", ["A"]]], "lhs": ["B"], "op": ">=", "k": 1},
        {"when": [["sel", ["A"]]], "lhs": ["B"], "op": "==", "k": 0},
    ]
    text = json.dumps(shop(rules), indent=1)
    path = tmp_path / "shop.json"
    path.write_text(text, encoding="utf-8")
    said = lab("check", path)
    (answer,) = said.answers
    assert (said.code, answer["deadBy"]) == (1, {"A": ["R2", "R3"]})
    lines = text.splitlines()
    for name in ("A", "R2", "R3"):
        assert f'"{name}"' in lines[answer["lines"][name]]


def test_the_demo_catalogue_passes(lab: Lab, demo_path: Path) -> None:
    said = lab("check", "--strict", demo_path)
    assert (said.code, proved(said.answers), said.fault) == (0, CLEAN, "")


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([{"lhs": ["A"], "op": "==", "k": 0}], {"dead": ["A"]}),
        (
            [{"lhs": ["A"], "op": ">=", "k": 1}],
            {"emptyOrder": "invalid", "emptyOrderBreaks": ["R1"]},
        ),
        ([{"lhs": ["A"], "op": "<=", "k": 1, "msg": ""}], {"untexted": ["R1"]}),
        ([{"lhs": ["A"], "op": "<=", "k": 1, "msg": None}], {"untexted": ["R1"]}),
    ],
)
def test_a_fault_ends_with_1(
    lab: Lab, write: Write, rules: list[dict[str, Any]], found: dict[str, Any]
) -> None:
    said = lab("check", write("shop.json", shop(rules)))
    assert (said.code, proved(said.answers)) == (1, CLEAN | found)


def test_offers_without_price_or_name_are_listed_and_the_rest_is_proved(
    lab: Lab, write: Write
) -> None:
    bad = shop([{"lhs": ["A"], "op": "==", "k": 0}], A={"monthly": None}, B={"name": " "})
    said = lab("check", write("shop.json", bad))
    found = {"dead": ["A"], "unpriced": ["A"], "untexted": ["B"]}
    assert (said.code, proved(said.answers)) == (1, CLEAN | found)


def test_a_fraud_rule_with_its_internal_text_alone_has_text_enough(lab: Lab, write: Write) -> None:
    rule = {"lhs": ["A"], "op": "<=", "k": 1, "kind": "fraud", "msg": None, "internal": "listed"}
    said = lab("check", write("shop.json", shop([rule], A={"oneoff": None})))
    assert (said.code, proved(said.answers)) == (1, CLEAN | {"unpriced": ["A"]})


def test_a_redundant_rule_is_a_fault_only_for_the_strict(lab: Lab, write: Write) -> None:
    path = write("shop.json", shop([{"lhs": ["A"], "op": "<=", "k": 2}]))
    assert [lab("check", path).code, lab("check", path, "--strict").code] == [0, 1]
    assert proved(lab("check", path).answers) == CLEAN | {"redundant": ["R1"]}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "shop.json: file (line 1): not JSON"),
        ("[]", "write an object with offers and rules"),
        ('{"offers": [7, {"monthly": null}]}', "write each offer as an object"),
        (
            json.dumps(shop([{"lhs": ["Z"], "op": "<=", "k": 1}], A={"monthly": None}), indent=1),
            "there is no offer or group 'Z' (lhs)",
        ),
    ],
)
def test_other_faults_are_named_with_their_lines(
    lab: Lab, tmp_path: Path, text: str, fault: str
) -> None:
    path = tmp_path / "shop.json"
    path.write_text(text, encoding="utf-8")
    said = lab("check", path)
    assert (said.code, said.answers) == (1, [])
    assert fault in said.fault


def test_golden_orders_stay_as_they_are(lab: Lab, write: Write, demo_path: Path) -> None:
    fibre = {"F02": 1, "F07": 1, "F14": 1}
    golden = write(
        "golden.jsonl",
        [
            {"facts": EDDA, "picks": fibre, "valid": True},
            {"facts": TORVALD, "picks": fibre, "valid": False},
            {"facts": EDDA, "picks": {**fibre, "F01": 1, "X09": 2}},
            {"facts": EDDA, "picks": fibre, "valid": False},
        ],
    )
    said = lab("check", demo_path, "--golden", golden)
    broken = [
        {"line": 3, "expected": "valid", "breaks": ["X09", "R30"]},
        {"line": 4, "expected": "invalid", "breaks": []},
    ]
    told = {"golden": {"checked": 4, "broken": broken}}
    assert (said.code, proved(said.answers)) == (1, CLEAN | told)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ({"facts": {}, "picks": {}}, "line 1: The fact 'segment' is missing."),
        ({"facts": FACTS, "picks": {}, "valid": "yes"}, "Line 1: valid is true or false."),
    ],
)
def test_a_golden_order_that_cannot_be_read_is_named(
    lab: Lab, write: Write, line: dict[str, Any], fault: str
) -> None:
    path = write("shop.json", shop([]))
    said = lab("check", path, "--golden", write("golden.jsonl", [line]))
    assert (said.code, said.answers) == (1, [])
    assert fault in said.fault


def test_price_changes_are_told_for_golden_orders_and_for_each_offer(
    lab: Lab, write: Write
) -> None:
    new = write("new.json", shop([], A={"monthly": 8.5, "oneoff": 2}))
    old = write("old.json", document([], {"A": 2}))
    golden = write("golden.jsonl", [{"facts": FACTS, "picks": {"A": 2}, "valid": True}])
    said = lab("check", new, "--against", old, "--golden", golden)
    assert said.code == 0
    assert said.answers[0]["prices"] == [
        {
            "basket": {"A": 2},
            "before": {"monthly": "2.00", "once": "0.00"},
            "after": {"monthly": "17.00", "once": "4.00"},
        },
        {
            "basket": {"A": 1},
            "before": {"monthly": "1.00", "once": "0.00"},
            "after": {"monthly": "8.50", "once": "2.00"},
        },
        {"basket": {"B": 1}, "before": None, "after": {"monthly": "1.00", "once": "0.00"}},
    ]


def test_nothing_is_told_of_prices_that_stayed(lab: Lab, demo_path: Path) -> None:
    assert proved(lab("check", demo_path, "--against", demo_path).answers) == CLEAN
