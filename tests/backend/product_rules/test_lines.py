"""Reading JSON text with the lines its offers and rules begin on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backend.product_rules import BadCatalogue
from backend.product_rules.lines import Lines, parse


def fault_of(text: str) -> str:
    with pytest.raises(BadCatalogue) as caught:
        parse(text)
    return str(caught.value)


def test_each_element_of_offers_and_rules_has_its_line() -> None:
    text = '\n{"version": "1", "offers": [\n  {"a": [1,\n 2]},\n\n {} , 3],\n"rules":[{}\n]}'
    document, lines = parse(text)
    assert document["offers"] == [{"a": [1, 2]}, {}, 3]
    found = [lines.of("offers", place) for place in range(4)]
    assert found == [3, 6, 6, None]
    assert (lines.of("offers"), lines.of("rules"), lines.of("rules", 0)) == (2, 7, 7)


def test_each_member_of_an_object_has_its_line_and_what_is_not_there_none() -> None:
    _, lines = parse('{"groups": {\n"TV": ["A", {"B": [1]}],\n "B\\"B" : []}, "rules": []}')
    assert (lines.of("groups", "TV"), lines.of("groups", 'B"B'), lines.of("rules")) == (2, 3, 3)
    assert lines.of("groups", "BB") is None
    assert parse(" [1] ")[1].of("offers", 0) is None
    assert Lines().of("offers") is None


def test_money_is_read_exactly() -> None:
    document, _ = parse('{"monthly": 0.10}')
    assert document["monthly"] == Decimal("0.10")


def test_text_that_is_no_json_is_told_with_its_line() -> None:
    assert fault_of('{\n"offers": [,]}').startswith("file (line 2): not JSON: ")


def test_a_number_that_is_none_is_refused() -> None:
    assert fault_of('{"max": NaN}') == "file (line 1): not JSON: NaN is no number"
    assert fault_of('{"NaN": 1,\n"max": -Infinity}').startswith("file (line 2): ")
    assert fault_of('{\n\n"max": 1e9999999999999999999}').startswith("file (line 3): ")


def test_text_nested_too_deep_is_refused() -> None:
    assert fault_of("[" * 100_000).startswith("file: not JSON: ")


def test_a_name_written_twice_is_refused_for_one_would_be_lost() -> None:
    text = '{"groups": {"TV": ["A"],\n"TV": ["B"]},\n"rules": [{"id": 1, "id": 2}]}'
    assert fault_of(text) == (
        "file (line 2): 'TV' is written twice\nfile (line 3): 'id' is written twice"
    )
