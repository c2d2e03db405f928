"""The working copy: kept on disk, put on another version, proposed under one key."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.products import offers
from app.products.journal import KIND, ProductJournal
from app.products.working import Working, begun, from_json, on_version, to_json
from app.store.drafts import DraftState
from tests.app.products.demo import DEMO
from tests.support.product_desk import NOW, FakeDrafts


def edited() -> Working:
    """Version 41 with a dearer Glimt 1000 and a new Glimt 1500."""
    now = begun(41, DEMO).done(offers.set_monthly("F03", Decimal("45.10")), "Monthly", "x")
    return now.done(lambda each: offers.copied(each, "F03", "F09X", "Glimt 1500"), "New offer")


def test_it_is_what_it_was_after_the_program_ended() -> None:
    held = edited().with_note("A second bandwidth")
    again = on_version(41, DEMO, from_json(to_json(held)))
    assert again.now == held.now
    assert (again.note, again.key, again.moved) == (held.note, held.key, ())
    assert again.back().now == DEMO


def test_on_a_newer_version_it_keeps_its_changes_and_says_what_others_touched() -> None:
    held = edited()
    theirs = offers.set_name("F03", "Glimt 1000 Plus")(offers.set_once("M01", Decimal(2))(DEMO))
    again = on_version(42, theirs, from_json(to_json(held)))
    assert again.version == 42
    assert [each.id for each in again.moved] == ["F03"]
    kept = {each.id for each in again.changes()}
    assert {"F03", "F09X"} <= kept
    assert "M01" not in kept


def test_what_is_in_force_now_is_no_change_any_more() -> None:
    held = edited().with_note("Done")
    again = on_version(42, held.now, from_json(to_json(held)))
    assert again.changes() == ()
    assert again.note == ""


def test_each_edit_is_another_proposal() -> None:
    held = edited()
    assert held.done(offers.set_name("M01", "Skarv"), "Name").key != held.key
    assert held.with_note("other").key != held.key
    assert held.settled().key == held.key
    assert held.renewed().key != held.key
    assert held.renewed().now is held.now
    assert held.done(lambda now: now, "nothing") is held
    assert held.back().forth().now == held.now


def test_a_journal_that_cannot_be_read_is_as_if_there_were_none() -> None:
    with pytest.raises(msgspec.DecodeError):
        from_json(b'{"kind": "other"}')
    drafts = FakeDrafts()
    journal = ProductJournal(drafts, "product", lambda: NOW)  # type: ignore[arg-type]  # a fake
    assert journal.read() is None
    journal.note(edited())
    assert journal.unwritten
    assert journal.write()
    assert not journal.write()
    (stored,) = drafts.held.values()
    assert (stored.kind, stored.owner) == (KIND, "product")
    drafts.held[stored.id] = msgspec.structs.replace(stored, payload=b"[]")
    assert journal.read() is None


def test_a_copy_without_changes_is_taken_off_the_list_and_comes_back_with_the_next() -> None:
    drafts = FakeDrafts()
    journal = ProductJournal(drafts, "product", lambda: NOW)  # type: ignore[arg-type]  # a fake
    journal.note(edited())
    journal.write()
    journal.note(begun(41, DEMO))
    journal.write()
    assert [each.state for each in drafts.held.values()] == [DraftState.DISCARDED]
    assert journal.read() is None
    journal.note(edited())
    journal.write()
    kept = journal.read()
    assert kept is not None
    assert kept.based_on == 41
    assert journal.saved_at is not None
