"""Offers and rules as rows: filtered, sorted, made anew only where they changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.products import offers
from app.products.documents import Documents, changes
from app.products.tables import Rows, shown_offers, shown_rules
from tests.app.products.demo import DEMO

CHANGED = offers.copied(DEMO, "F03", "F09X", "Glimt 1500")
DELTA = changes(DEMO, CHANGED)


def test_every_word_that_is_typed_must_be_found() -> None:
    rows = Rows().offers(CHANGED, DELTA)
    assert [row.id for row in shown_offers(rows, "glimt 1500")] == ["F09X"]
    assert {row.id for row in shown_offers(rows, "GLIMT")} >= {"F01", "F02", "F03", "F09X"}
    assert [row.id for row in shown_offers(rows, "£43.00 new")] == ["F09X"]
    assert shown_offers(rows, "no such thing") == ()
    assert shown_offers(rows, " ") == rows


@pytest.mark.parametrize("column", ["code", "name", "family", "monthly", "once", "term", "most"])
def test_offers_are_sorted_by_each_column_both_ways(column: str) -> None:
    rows = Rows().offers(DEMO, ())
    up, down = (shown_offers(rows, "", column, descending=turned) for turned in (False, True))
    assert sorted(row.id for row in up) == sorted(row.id for row in rows)
    if column == "monthly":
        prices = [row.offer.monthly for row in down]
        assert prices == sorted(prices, reverse=True)


def test_a_code_finds_the_rules_that_name_it() -> None:
    rows = Rows().rules(CHANGED, DELTA)
    found = shown_rules(rows, "F09X", "id")
    assert "R25" in {row.id for row in found}
    assert all(row.state == "changed" for row in found)
    assert [row.id for row in shown_rules(rows, "adult content 18")] == ["R12"]
    assert len(shown_rules(rows, "", "says", descending=True)) == len(rows)


def test_rows_of_what_did_not_change_are_the_same_ones() -> None:
    made = Rows()
    first = {row.id: row for row in made.rules(DEMO, ())}
    again = {row.id: row for row in made.rules(DEMO, ())}
    assert all(again[each] is first[each] for each in first)
    renamed = {row.id: row for row in made.rules(offers.set_name("F03", "Glimt X")(DEMO), ())}
    assert "Glimt X" in renamed["R25"].sentence


def test_five_thousand_offers_are_filtered_as_few_are() -> None:
    base = DEMO.offers[0]
    many = [{**base, "code": f"Z{at}", "name": f"Offer {at}"} for at in range(5_000)]
    large: Documents = replace(DEMO, catalogue={**DEMO.catalogue, "offers": many})
    rows = Rows().offers(large, ())
    assert [row.id for row in shown_offers(rows, "offer 4999")] == ["Z4999"]
