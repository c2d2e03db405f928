"""Conditions of forms are a bounded part of CEL; what is outside of it is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.catalog.conditions import MOST_SIGNS, BadCondition, read_condition


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("", "is empty"),
        ("lock &&", "no CEL expression|not a CEL expression"),
        ("age + 1 > 18", "can not be used"),
        ("age > 18 - 1", "does not calculate"),
        ("name.startsWith('x')", "can not be used"),
        ("matches(name, 'x')", "matches\\(\\) can not be used"),
        ("[1, 2, 3].all(x, x > age)", "can not be used"),
        ("packs[0] == 'x'", "a part of a value"),
        ("facts.segment.name == 'x'", "can not be used"),
        ("customer.pin == '1234'", "can not be used"),
        ("lock" + " || lock" * MOST_SIGNS, "signs at most"),
    ],
)
def test_what_is_outside_is_refused_with_a_sentence(source: str, sentence: str) -> None:
    with pytest.raises(BadCondition, match=sentence):
        read_condition(source)


def test_a_condition_says_what_it_asks_for() -> None:
    found = read_condition(
        "lock && facts.segment in ['BUS', 'RES'] && age > -3 && 'it\\'s' in packs ? true : false"
    )
    assert found.names == {"lock", "age", "packs"}
    assert found.facts == {"segment"}
    assert found.compared == {"facts.segment": {"BUS", "RES"}, "packs": {"it's"}}
    assert found.numbers == {Decimal(-3)}
    assert found.ordered == {"age"}
    assert not found.loose
    assert read_condition("age == floor").loose == {"age", "floor"}
    assert read_condition("size(packs) > floor").loose == {"floor"}


def test_a_comparison_with_what_is_not_set_is_not_met() -> None:
    condition = read_condition("age > 18 && facts.gpon == 1")
    assert condition.holds({"age": 19, "facts": {"gpon": 1}})
    assert not condition.holds({"age": None, "facts": {"gpon": 1}})
    assert not condition.holds({"age": 19, "facts": {}})
    assert not condition.decides({"age": "old", "facts": {"gpon": 1}})
