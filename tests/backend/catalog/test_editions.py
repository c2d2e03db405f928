"""Whatever is sent as an edition, it is read or refused with faults; nothing else happens."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.catalog.differences import differences
from backend.catalog.editions import Edition, read
from backend.catalog.loading import demo_golden, demo_tables
from backend.product_rules import BadCatalogue
from backend.product_rules.catalogue import Fault
from backend.rest.errors import Invalid

DEMO = Edition(*demo_tables(), demo_golden())
ODD: list[Any] = [
    *(None, True, 0, -1, 10**6, 10**40, 1.5, "", "M01", "Q", "x" * 300, "1e400", "NaN"),
    *("2026-02-30", [], {}, [[]], [None], ["M01"], {"id": "x"}, {"a": {"b": []}}),
]
PARTS = ("rules", "specifications", "prices")


def places(tree: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield above
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for name, inner in pairs:
        if isinstance(inner, dict | list):
            yield from places(inner, (*above, name))
        else:
            yield (*above, name)


PLACES = [(part, place) for part in PARTS for place in places(getattr(DEMO, part))]


def changed(part: str, place: tuple[Any, ...], value: Any) -> Edition:
    parts = {name: getattr(DEMO, name) for name in PARTS}
    if not place:
        return Edition(**{**parts, part: value})
    whole = copy.deepcopy(parts[part])
    inner = whole
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return Edition(**{**parts, part: whole})


@settings(max_examples=120)
@given(st.sampled_from(PLACES), st.sampled_from(ODD))
def test_one_odd_value_anywhere_is_read_or_told(place: tuple[str, Any], value: Any) -> None:
    edition = changed(*place, value)
    faults: tuple[Fault, ...] = ()
    try:
        edition.definitions(7)
    except BadCatalogue as refused:
        faults = refused.faults
    assert all(fault.where and fault.text for fault in faults)
    json.dumps(differences(DEMO, edition))


def test_nothing_differs_from_itself_and_each_entry_is_told_by_its_kind() -> None:
    assert differences(DEMO, DEMO) == []
    rules, specifications, prices = copy.deepcopy(demo_tables())
    rules["offers"][0]["monthly"] = 9
    del rules["rules"][4]
    rules["groups"]["NEW"] = ["M01"]
    specifications["specification"][0]["name"] = "Line"
    prices["price_list"][0]["name"] = "Private"
    prices["vat_percent"] = "25"
    found = {
        (each["kind"], each["id"], each["change"])
        for each in differences(DEMO, Edition(rules, specifications, prices, demo_golden()[1:]))
    }
    assert {
        ("offer", "M01", "changed"),
        ("rule", "R05", "removed"),
        ("group", "NEW", "added"),
        ("specification", specifications["specification"][0]["id"], "changed"),
        ("priceList", "PL-RES-26", "changed"),
        ("price", "vat_percent", "changed"),
        ("golden", "24", "removed"),
    } <= found


def test_what_is_left_out_stays_as_it_is_in_force() -> None:
    body = json.dumps({"catalogue": {"offers": []}}).encode()
    edition = read(body, json.loads(body), DEMO)
    assert edition.rules == {"offers": []}
    assert (edition.prices, edition.golden) == (DEMO.prices, DEMO.golden)


@pytest.mark.parametrize("wanted", [{}, {"catalogue": None}, {"catalogue": {}, "golden": {}}])
def test_no_edition_is_no_edition(wanted: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        read(json.dumps(wanted).encode(), wanted, DEMO)


def test_a_text_that_cannot_be_stored_is_no_catalogue() -> None:
    rules = copy.deepcopy(DEMO.rules)
    rules["offers"][0]["note"] = "\ud800"
    body = json.dumps({"catalogue": json.dumps(rules)}).encode()
    with pytest.raises(BadCatalogue, match="cannot be stored"):
        read(body, json.loads(body), DEMO).definitions()
