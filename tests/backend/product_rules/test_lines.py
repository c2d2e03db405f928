"""Reading JSON text with the lines its offers and rules begin on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.product_rules import BadCatalogue
from backend.product_rules.lines import parse


def fault_of(text: str) -> str:
    with pytest.raises(BadCatalogue) as caught:
        parse(text)
    return str(caught.value)


def test_each_element_of_offers_and_rules_has_its_line() -> None:
    text = '\n{"version": "1", "offers": [\n  {"a": [1,\n 2]},\n\n {} , 3],\n"rules":[{}\n]}'
    document, lines = parse(text)
    assert document["offers"] == [{"a": [1, 2]}, {}, 3]
    assert lines == {("offers", 0): 3, ("offers", 1): 6, ("offers", 2): 6, ("rules", 0): 7}


def test_offers_that_are_no_list_have_no_lines() -> None:
    assert parse('{"offers": {"A": 1}, "rules": []}')[1] == {}
    assert parse(" [1] ") == ([1], {})
    assert parse("{}") == ({}, {})


def test_money_is_read_exactly() -> None:
    document, _ = parse('{"monthly": 0.10}')
    assert document["monthly"] == Decimal("0.10")


def test_text_that_is_no_json_is_told_with_its_line() -> None:
    assert fault_of('{\n"offers": [,]}').startswith("file (line 2): not JSON: ")


def test_a_number_that_is_none_is_refused() -> None:
    assert fault_of('{"max": NaN}') == "file: not JSON: NaN is no number"


def test_text_nested_too_deep_is_refused() -> None:
    assert fault_of("[" * 100_000).startswith("file: not JSON: ")


def test_a_name_written_twice_is_refused_for_one_would_be_lost() -> None:
    assert fault_of('{"groups": {"TV": ["A"], "TV": ["B"]}}') == "file: 'TV' is written twice"
