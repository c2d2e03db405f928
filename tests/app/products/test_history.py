"""Undo and redo: typing in one field is one edit."""

from __future__ import annotations

from app.products import history, offers
from app.products.history import History
from tests.app.products.demo import DEMO


def test_letters_typed_into_one_field_are_undone_at_once() -> None:
    now = History.begin(DEMO)
    for text in ("G", "Gl", "Gli"):
        now = now.done(offers.set_name("F03", text), "Name", "offer:F03:name")
    assert now.undoes == "Name"
    assert now.back().now is DEMO
    assert now.back().undoes == ""


def test_a_field_that_was_left_begins_an_edit_of_its_own() -> None:
    now = History.begin(DEMO).done(offers.set_name("F03", "A"), "Name", "name").settled()
    now = now.done(offers.set_name("F03", "B"), "Name", "name")
    found = offers.offer(now.back().now, "F03")
    assert found is not None
    assert found.name == "A"


def test_what_was_undone_is_done_again_until_something_else_is_done() -> None:
    now = History.begin(DEMO).done(offers.set_name("F03", "A"), "first")
    undone = now.back()
    assert undone.redoes == "first"
    assert undone.forth().now == now.now
    assert undone.done(offers.set_name("F03", "B"), "second").redoes == ""


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    now = History.begin(DEMO)
    assert now.done(lambda documents: documents, "nothing") is now


def test_at_the_ends_nothing_happens() -> None:
    now = History.begin(DEMO)
    assert now.back().now is DEMO
    assert now.forth().now is DEMO


def test_only_so_many_edits_are_kept() -> None:
    now = History.begin(DEMO)
    for number in range(history.KEPT + 5):
        now = now.done(offers.set_name("F03", str(number)), "Name")
    assert len(now.steps) == history.KEPT
    assert now.undoes == "Name"
