"""How a step that waits is put into words."""

from __future__ import annotations

import datetime as dt

import msgspec

from app.worklist.rows import item_of, matching, ordered
from tests.support.worklist import DANGER, NOW, REFUSED, STUCK, TASK, ago

DEPARTMENTS = {"PV": "Provisioning fallout", "PT": "Porting desk", "FS": "Field dispatch"}
ITEMS = tuple(item_of(row, DEPARTMENTS, NOW) for row in (STUCK, REFUSED, TASK, DANGER))


def test_each_kind_has_its_word_and_its_tone() -> None:
    assert [(item.state.text, item.state.tone) for item in ITEMS] == [
        ("No answer", "bad"),
        ("Refused", "bad"),
        ("To do", "info"),
        ("In danger", "warn"),
    ]
    late = item_of(msgspec.structs.replace(STUCK, outcome="late"), {}, NOW)
    other = item_of(msgspec.structs.replace(STUCK, outcome="of another server"), {}, NOW)
    assert (late.state.text, other.state.text) == ("Late", "Stuck")


def test_a_row_tells_how_long_it_waits_and_how_late_it_is() -> None:
    stuck, refused, *_ = ITEMS
    assert (stuck.waits, stuck.promised) == ("2 h 10 min", "40 min late")
    assert (refused.waits, refused.promised) == ("1 day 3 h", "in 2 days")
    assert (stuck.department, stuck.holder) == ("Provisioning fallout", "")
    assert refused.holder == "Cosmo Pellwether"


def test_the_facts_say_who_what_and_since_when() -> None:
    facts = {fact.id: fact for fact in ITEMS[0].facts}
    assert facts["order"].value == "KO-0093317-4"
    assert (facts["customer"].value, facts["customer"].note) == ("Edda Marrowby", "KF-0041873-6")
    assert facts["holder"].value == "nobody yet"
    assert facts["promised"].tone == "bad"
    assert facts["attempts"].value == "6 tries"


def test_what_a_server_leaves_out_is_left_out() -> None:
    bare = item_of(msgspec.convert({"taskId": "T9", "step": "A step"}, type(STUCK)), {}, NOW)
    assert (bare.waits, bare.promised, bare.about) == ("", "", "")
    assert {fact.id for fact in bare.facts} == {"flow", "department", "holder"}
    assert bare.reason == "It does not go on by itself."


def test_every_word_typed_must_be_found_somewhere() -> None:
    assert [item.id for item in matching(ITEMS, "fallout edda")] == ["T1"]
    assert [item.id for item in matching(ITEMS, "ÅSBLOM")] == ["T4"]
    assert matching(ITEMS, "edda porting") == ()
    assert len(matching(ITEMS, " ")) == len(ITEMS)


def test_rows_are_sorted_by_a_column_else_as_the_server_has_them() -> None:
    assert ordered(ITEMS, "", descending=False) == ITEMS
    assert [item.id for item in ordered(ITEMS, "waits", descending=True)] == [
        "T2",
        "T4",
        "T1",
        "T3",
    ]
    assert ordered(ITEMS, "holder", descending=False)[0].id == "T2"
    soonest = ordered(ITEMS, "promised", descending=False)
    assert [item.id for item in soonest] == ["T1", "T4", "T3", "T2"]


def test_a_task_without_a_reason_says_that_somebody_must_do_it() -> None:
    assert ITEMS[2].reason == "Somebody must do this."
    assert [entry.name for entry in ITEMS[2].form] == ["answer", "pac", "day", "told"]
    assert ITEMS[2].form[0].values == (("again", "Ask again"), ("stop", "Give up the number"))


def test_a_promise_that_is_over_counts_from_its_end() -> None:
    over = msgspec.structs.replace(TASK, promised=ago(days=3))
    assert item_of(over, {}, NOW + dt.timedelta(hours=1)).promised == "3 days late"
