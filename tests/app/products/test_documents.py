"""What one version has that another has not: found, applied, taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.products import documents, offers, rules
from app.products.documents import Documents, Kind, applied, changes, item, overlapping, taken_back
from app.products.history import Edit
from tests.app.products.demo import DEMO

CODES = st.sampled_from(sorted(documents.items(DEMO, Kind.OFFER)))
RULES = st.sampled_from(sorted(documents.items(DEMO, Kind.RULE)))
EDITS = st.one_of(
    st.builds(offers.set_name, CODES, st.text(max_size=8)),
    st.builds(lambda code: lambda now: offers.retired(now, code), CODES),
    st.builds(
        lambda code, new: lambda now: _copied(now, code, new), CODES, st.sampled_from(["N1", "N2"])
    ),
    st.builds(lambda gone: lambda now: rules.without_rule(now, gone), RULES),
)


def _copied(now: Documents, source: str, code: str) -> Documents:
    try:
        return offers.copied(now, source, code, "New")
    except offers.Refusal:
        return now


@given(st.lists(EDITS, max_size=6))
def test_what_was_changed_makes_the_same_documents_again(edits: list[Edit]) -> None:
    after = DEMO
    for edit in edits:
        after = edit(after)
    again = applied(DEMO, changes(DEMO, after))
    for kind in Kind:
        assert list(documents.items(again, kind)) == list(documents.items(after, kind))
        assert documents.items(again, kind) == documents.items(after, kind)
    for change in changes(DEMO, after):
        after = taken_back(after, change)
    assert changes(DEMO, after) == ()


def test_a_change_names_what_was_and_what_is() -> None:
    after = offers.set_monthly("F03", Decimal("45.00"))(DEMO)
    (change,) = changes(DEMO, after)
    assert (change.kind, change.id) == (Kind.OFFER, "F03")
    assert change.before["monthly"] == 43
    assert change.after["monthly"] == 45


def test_the_same_amount_written_otherwise_is_no_change() -> None:
    after = offers.set_monthly("F03", Decimal("43.00"))(DEMO)
    assert changes(DEMO, after) == ()


def test_the_documents_an_edit_began_with_stay_as_they_were() -> None:
    before = list(documents.items(DEMO, Kind.RULE).values())
    offers.retired(DEMO, "F03")
    assert list(documents.items(DEMO, Kind.RULE).values()) == before


def test_another_hand_on_the_same_item_is_seen() -> None:
    mine = changes(DEMO, offers.set_name("F03", "Glimt 1000 Plus")(DEMO))
    theirs = offers.set_monthly("F03", Decimal(44))(DEMO)
    assert [each.id for each in overlapping(mine, theirs)] == ["F03"]
    assert overlapping(mine, DEMO) == ()
    assert overlapping(mine, applied(DEMO, mine)) == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_an_item_nobody_has_is_none(kind: Kind) -> None:
    assert item(DEMO, kind, "nobody") is None


def test_documents_without_a_part_have_no_items() -> None:
    bare = replace(DEMO, catalogue={}, specifications={}, prices={})
    assert [len(documents.items(bare, kind)) for kind in Kind] == [0] * 5
    assert (bare.offers, bare.rules, bare.groups, bare.context) == ((), (), {}, {})
