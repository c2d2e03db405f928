"""`lab offer`: what may be offered in each case, one answer a line."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest

from backend.product_rules import Catalogue, read_catalogue_text
from tests.backend.lab.conftest import Lab, Write
from tests.backend.product_rules.oracle import BruteForce
from tests.backend.product_rules.personas import EDDA, EVERYBODY, TORVALD
from tests.backend.product_rules.small_catalogues import CONTEXT, FACTS, document

RULES: list[dict[str, Any]] = [
    {"lhs": ["A"], "op": "<=", "k": 0, "rhs": [["B"], 2]},
    {"when": [["ctx", "segment", ["BUS"]]], "lhs": ["B"], "op": "==", "k": 0},
    {"when": [["sel", ["C"]]], "lhs": ["A", "B"], "op": "<=", "k": 1},
]


@pytest.fixture
def demo(demo_path: Path) -> Catalogue:
    return read_catalogue_text(demo_path.read_text(encoding="utf-8"))


def test_each_line_is_answered_in_turn(lab: Lab, write: Write, demo_path: Path) -> None:
    cases = [{"facts": EDDA, "picks": {"X09": 1}}, "", {"facts": TORVALD, "picks": {}}]
    said = lab("offer", "--catalogue", demo_path, "--cases", write("cases.jsonl", cases))
    assert (said.code, said.fault, len(said.answers)) == (0, "", 2)
    edda, torvald = said.answers
    assert edda["hidden"]["X09"] == []  # the quantity limit alone
    assert edda["hidden"]["M06"] == ["R10"]
    assert torvald["hidden"]["S01"] == ["R24", "R25", "R72", "R75"]
    assert torvald["offerable"][0] == "M01"


def test_every_offer_is_in_one_of_the_two(
    lab: Lab, write: Write, demo_path: Path, demo: Catalogue
) -> None:
    cases = [{"facts": facts, "picks": {"M02": 1}} for facts in EVERYBODY]
    said = lab("offer", "--catalogue", demo_path, "--cases", write("cases.jsonl", cases))
    for answer in said.answers:
        assert sorted([*answer["offerable"], *answer["hidden"]]) == sorted(demo.offers)


def test_the_answers_are_those_of_writing_all_orders_down(lab: Lab, write: Write) -> None:
    shop = document(RULES, {"A": 3, "B": 2, "C": 1})
    chance = random.Random(3)  # noqa: S311  # examples, no secrets
    cases = [
        {
            "facts": {key: chance.choice(values) for key, values in CONTEXT.items()},
            "picks": {code: chance.randint(0, 2) for code in chance.sample("ABC", 2)},
        }
        for _ in range(20)
    ]
    catalogue, path = write("shop.json", shop), write("cases.jsonl", cases)
    answers = lab("offer", "--catalogue", catalogue, "--cases", path).answers
    for case, answer in zip(cases, answers, strict=True):
        truth = BruteForce(shop, case["facts"])
        for code in "ABC":
            wanted = {**case["picks"], code: case["picks"].get(code, 0) + 1}
            assert (code in answer["offerable"]) == truth.possible(wanted)
            for rule in answer["hidden"].get(code, ()):
                assert truth.possible(wanted, set(answer["hidden"][code]) - {rule})


def test_cases_may_come_from_standard_input(
    lab: Lab, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = io.BytesIO(b'{"facts": {"segment": "RES", "fibre": 1}}\n')
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(lines))
    said = lab(
        "offer", "--catalogue", write("shop.json", document(RULES, {"A": 1, "B": 1, "C": 1})),
        "--cases", "-",
    )  # fmt: skip
    assert said.answers == [{"offerable": ["A", "B", "C"], "hidden": {}}]


GOOD = {"facts": FACTS, "picks": {}}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "write an object"),
        ({"picks": {}}, "The fact 'segment' is missing."),
        ({"facts": {**FACTS, "shoe": 44}}, "The catalogue knows no fact 'shoe'."),
        ({"facts": {**FACTS, "fibre": 2}}, "The fact 'fibre' is one of 0, 1, not 2."),
        ({"facts": {**FACTS, "fibre": [1]}}, "The fact 'fibre' is one of 0, 1, not [1]."),
        ({**GOOD, "picks": {"Z": 1}}, "The catalogue has no offer 'Z'."),
        ({**GOOD, "picks": {"A": -1}}, "The quantity of A is a whole number from 0."),
        ({**GOOD, "picks": {"A": "2"}}, "The quantity of A is a whole number from 0."),
        ({**GOOD, "picks": {"A": True}}, "a quantity is a whole number from 0."),
        ({**GOOD, "picks": ["A"]}, "facts and picks are objects."),
        ({**GOOD, "pick": {}}, "there is no field 'pick'."),
    ],
)
def test_a_bad_line_ends_it_with_one_sentence(
    lab: Lab, write: Write, line: Any, fault: str
) -> None:
    catalogue = write("shop.json", document(RULES, {"A": 1, "B": 1, "C": 1}))
    path = write("cases.jsonl", [GOOD, line, GOOD])
    said = lab("offer", "--catalogue", catalogue, "--cases", path)
    assert (said.code, len(said.answers)) == (1, 1)
    assert said.fault.startswith(f"jackfield-backend lab: Line 2: {fault}")
    assert said.fault.count("\n") == 1


def test_a_bad_catalogue_is_named_with_its_line(lab: Lab, write: Write) -> None:
    bad = write("bad.json", document([{"lhs": ["Z"], "op": "<=", "k": 1}], {"A": 1}))
    said = lab("offer", "--catalogue", bad, "--cases", write("cases.jsonl", [GOOD]))
    assert (said.code, said.answers) == (1, [])
    assert "rule R1 (line " in said.fault
    assert "there is no offer or group 'Z' (lhs)" in said.fault


def test_files_that_cannot_be_read_are_named(lab: Lab, write: Write, tmp_path: Path) -> None:
    good = write("shop.json", document([], {"A": 1}))
    said = lab("offer", "--catalogue", tmp_path / "none.json", "--cases", good)
    assert (said.code, "none.json cannot be read: No such file" in said.fault) == (1, True)
    said = lab("offer", "--catalogue", good, "--cases", tmp_path / "none.jsonl")
    assert (said.code, "none.jsonl cannot be read: No such file" in said.fault) == (1, True)
    (tmp_path / "latin.json").write_bytes(b'{"version": "\xe6"}')
    said = lab("offer", "--catalogue", tmp_path / "latin.json", "--cases", good)
    assert (said.code, "latin.json is not text in UTF-8." in said.fault) == (1, True)


def test_whoever_reads_may_stop_listening(
    lab: Lab, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: str) -> int:
        raise BrokenPipeError

    catalogue = write("shop.json", document([], {"A": 1}))
    monkeypatch.setattr("sys.stdout.write", gone)
    said = lab("offer", "--catalogue", catalogue, "--cases", write("cases.jsonl", [GOOD]))
    assert said.code == 0
