"""What opens a hidden offer: it does, nothing that is installed goes, and it says which key."""

from __future__ import annotations

import random
from typing import Any

import pytest

from backend.product_rules import Engine
from backend.product_rules.catalogue import Fact
from backend.qualification.openers import closed, shown
from backend.qualification.shelf import less, together
from backend.qualification.situation import Situation
from tests.backend.qualification.cases import HOUSE, demo_shelf, has, situation
from tests.backend.qualification.test_leaving import random_order

NOWHERE: dict[str, Fact] = {**HOUSE, "copper": 0, "vdsl": 0, "gpon": 0}


def opener(asked: Situation, code: str) -> dict[str, Any]:
    found = closed(
        asked.shelf,
        asked.facts,
        asked.kept,
        asked.held,
        asked.chosen,
        code,
        at_an_address=asked.subject.at_an_address,
    )
    answer: dict[str, Any] = shown(asked.shelf, found)
    return answer


@pytest.mark.parametrize(
    ("facts", "code", "key", "text"),
    [
        ({"idok": 0}, "M20", "identity", "Check the customer's identity."),
        ({}, "X05", "senior", "Ask a senior agent."),
        ({"benefits": 0}, "F06", "benefits", "Record the proof of a qualifying benefit"),
        ({"arrears": 1}, "M03", "balance", "Settle the balance, or agree a payment plan."),
        ({"age": "16-17"}, "M07", "guarantor", "Add a guarantor"),
        ({"flat": 1}, "F02", "landlord", "Record the landlord's consent."),
        ({"gpon": 0}, "F02", "registerInterest", "Register interest in fibre."),
        ({}, "F04", "registerInterest", "Register interest in the fastest fibre"),
    ],
)
def test_each_fact_has_its_key(facts: dict[str, Fact], code: str, key: str, text: str) -> None:
    found = opener(situation(facts={**HOUSE, **facts}), code)
    assert found["reasons"]
    (change,) = found["opener"]["changes"]
    assert change["key"] == key
    assert found["opener"]["text"].startswith(text)


def test_what_nobody_can_bring_about_has_no_opener() -> None:
    found = opener(situation(facts={**HOUSE, "credit": "D"}), "M20")
    assert found["opener"] is None
    assert found["reasons"][0]["text"]


def test_without_an_address_an_address_comes_first() -> None:
    asked = situation(facts=NOWHERE, at_an_address=False)
    for code in ("F02", "L01", "V01"):
        (first, *_) = opener(asked, code)["opener"]["changes"]
        assert first["key"] == "address"
    known = situation(facts=NOWHERE)
    assert opener(known, "F02")["opener"]["changes"][0]["key"] == "registerInterest"
    assert opener(known, "L01")["opener"] is None


def test_a_pick_goes_and_what_is_needed_comes() -> None:
    picks = {"F06": 1, "F07": 1, "F14": 1}
    asked = situation(picks=picks, facts={**HOUSE, "benefits": 1, "xgspon": 1})
    found = opener(asked, "F04")["opener"]
    assert {"F06", "F07", "F14"} == {each["id"] for each in found["removed"]}
    assert {"F08", "F13"} == {each["id"] for each in found["brings"]}
    assert found["text"].startswith("Take out Hearth Essentials 50")
    assert " and add " in found["text"]


def test_what_is_open_needs_nothing() -> None:
    found = opener(situation(), "F02")
    assert (found["reasons"], found["opener"]["text"]) == ([], "")


def test_applying_an_opener_opens_for_random_customers() -> None:
    """And of what the customer has nothing is taken away."""
    dice = random.Random(13)  # noqa: S311  # picks offers, keeps no secret
    shelf = demo_shelf()
    engine: Engine = shelf.engine
    opened = 0
    for _ in range(30):
        facts = _random_facts(dice)
        installed = random_order(dice, {**HOUSE, "segment": facts["segment"]})
        holdings = has(*(code for code, count in installed.items() for _ in range(count)))
        asked = situation(holdings, facts=facts)
        picks = {dice.choice([*engine.answer(facts, asked.held).offerable, "M02"]): 1}
        asked = asked.changed(picks=picks)
        hidden = engine.answer(facts, asked.held).hidden
        for code in dice.sample(hidden, min(4, len(hidden))):
            found = opener(asked, code)["opener"]
            if found is None:
                continue
            opened += 1
            after = {**facts, **{each["fact"]: each["value"] for each in found["changes"]}}
            removed = {each["id"]: each["quantity"] for each in found["removed"]}
            assert not less(removed, asked.chosen)
            left = less(asked.held, removed)
            assert code in engine.answer(after, left, (code,)).offerable
            whole = together(left, {code: 1}, _counts(found["brings"]))
            assert engine.answer(after, whole, ()).possible
    assert opened > 20


def _counts(named: list[dict[str, Any]]) -> dict[str, int]:
    return {each["id"]: each["quantity"] for each in named}


def _random_facts(dice: random.Random) -> dict[str, Fact]:
    context = demo_shelf().definitions.catalogue.context
    facts: dict[str, Fact] = {key: dice.choice(values) for key, values in context.items()}
    return {**facts, "channel": "CALL"}
