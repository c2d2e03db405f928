"""What a customer has is ended, moved, kept: each a change of the draft that can be taken back."""

from __future__ import annotations

import msgspec

from app.wizard import edits
from app.wizard.change_edits import (
    end_products,
    gone_products,
    keep_products,
    move_product,
    take_package,
    take_target,
)
from app.wizard.choices import question_of
from app.wizard.draft import from_json, to_json
from app.wizard.wizard import Wizard
from backend_client.choices import OfferCount, Target
from tests.app.wizard.stories import NOW, edda, hold


def test_what_ends_or_becomes_something_else_is_part_of_the_question() -> None:
    draft = move_product("line", "M04")(end_products(["kids", "pass"])(edda()))
    asked = question_of(draft)
    assert asked.ends == ("kids", "pass")
    assert asked.moves == {"line": "M04"}


def test_a_product_either_ends_or_becomes_something_else() -> None:
    moved = move_product("line", "M04")(end_products(["line"])(edda()))
    assert (moved.ends, dict(moved.moves)) == ((), {"line": "M04"})
    ended = end_products(["line"])(moved)
    assert (ended.ends, dict(ended.moves)) == (("line",), {})


def test_ending_twice_is_ending_once() -> None:
    assert end_products(["kids", "pass"])(end_products(["kids"])(edda())).ends == ("kids", "pass")


def test_what_is_kept_is_as_it_was_with_its_settings() -> None:
    draft = edits.set_setting("p:line", "spendCap", "25")(move_product("line", "M04")(edda()))
    kept = keep_products(["line"])(draft)
    assert not kept.settings
    assert not kept.changes_installed


def test_a_proposal_is_one_change_and_one_undo() -> None:
    wizard = Wizard(edda(), journal=lambda _draft: None, clock=lambda: NOW)
    wizard.apply(edits.pick("M13", 1))
    wizard.apply(edits.hold_number("M13#1", hold()))
    before = wizard.draft
    wizard.apply(take_package({"line": "M02"}, ["kids"], {"C08": 1}))
    assert dict(wizard.draft.picks) == {"C08": 1}
    assert wizard.draft.ends == ("kids",)
    assert not wizard.draft.holds
    assert wizard.undo()
    assert dict(wizard.draft.picks) == dict(before.picks)
    assert not wizard.draft.changes_installed


def test_a_draft_of_before_changes_existed_still_opens() -> None:
    stored = msgspec.json.decode(to_json(edda()))
    del stored["ends"], stored["moves"]
    opened = from_json(msgspec.json.encode(stored))
    assert (opened.ends, dict(opened.moves)) == ((), {})


def test_a_target_takes_along_what_it_loses_and_what_it_brings() -> None:
    target = Target(
        id="M01",
        name="Skarv 5 (5 GB, 4G)",
        lost=("5G speed boost",),
        ends=("boost",),
        brings=(OfferCount(id="M12", name="Extra 10 GB"),),
    )
    wizard = Wizard(edda(), journal=lambda _draft: None, clock=lambda: NOW)
    wizard.apply(take_target("line", target, target.ends))
    assert dict(wizard.draft.moves) == {"line": "M01"}
    assert wizard.draft.ends == ("boost",)
    assert dict(wizard.draft.picks) == {"M12": 1}
    assert wizard.undo()
    assert not wizard.draft.changes_installed


def test_what_the_server_refuses_of_a_change_is_named_by_its_field() -> None:
    draft = move_product("line", "M04")(end_products(["kids", "pass"])(edda()))
    assert gone_products(draft, ["ends.1", "moves.line"]) == ("pass", "line")
    assert gone_products(draft, ["ends.7", "picks.M99", "moves.other"]) == ()
