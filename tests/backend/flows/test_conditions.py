"""Conditions: facts and results decide, and nothing else can be run."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from backend.flows.conditions import BadCondition, check, hangs_on_results, holds, skipped


@pytest.mark.parametrize(
    ("expression", "met"),
    [
        ("simKind == 'esim' && extras > 0", True),
        ("extras > 1", False),
        ("results.donor.answer == 'refused'", True),
        ("results.donor.date == 'today'", False),
        ("results.unknown.answer == 'refused'", False),
        ("!has(results.unknown)", True),
    ],
)
def test_facts_and_results_decide(expression: str, met: bool) -> None:  # noqa: FBT001 - the example
    facts = {"simKind": "esim", "extras": 1}
    assert holds(expression, facts, {"donor": {"answer": "refused"}}) is met


@pytest.mark.parametrize(
    "expression", ["extras", "unknown == 1", "extras + 'x' == 'y'", "m.x == 1"]
)
def test_what_gives_no_answer_is_a_fault(expression: str) -> None:
    with pytest.raises(BadCondition):
        holds(expression, {"extras": 1, "m": {}}, {})


def test_a_condition_on_results_is_not_decided_at_the_start() -> None:
    assert hangs_on_results("extras > 0 || results.donor.answer == 'yes'")
    assert not hangs_on_results("my_results == 1 || facts.results == 2")


def test_what_hangs_on_results_is_only_read_when_it_is_checked() -> None:
    check("results.donor.answer == 'yes'", {})
    with pytest.raises(BadCondition, match="CEL"):
        check("results.donor.answer ==", {})


@dataclass(frozen=True)
class Asking:
    id: str
    when: str


@pytest.mark.parametrize(
    ("when", "is_left_out"),
    [
        ("engineer && has(results.visited) && results.visited.visit == 'missed'", True),
        ("has(results.visited) && kind == 'tv'", True),
        ("kind == 'line' && results.due.rests", False),
        ("engineer || results.due.rests", False),
        ("(kind == 'tv' && engineer) == results.due.rests", False),
        ("kind in ['a&&b', 'line'] && results.due.rests", False),
        ("results.due.rests", False),
    ],
)
def test_what_facts_alone_rule_out_is_left_out_from_the_start(
    when: str, *, is_left_out: bool
) -> None:
    facts = {"engineer": False, "kind": "line"}
    assert skipped([Asking("it", when)], facts) == (["it"] if is_left_out else [])


def test_facts_beside_results_are_checked_too() -> None:
    with pytest.raises(BadCondition, match="enginer"):
        check("enginer && results.visited.done", {"engineer": False})
