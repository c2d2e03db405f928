"""What is done about steps that wait, and what is typed for them."""

from __future__ import annotations

from typing import Any, cast

import pytest

from app.store.faults import FaultKind, StoreFault
from app.worklist.desk import missing
from app.worklist.journal import WorkJournal
from app.worklist.typed import Typed
from tests.support.worklist import STUCK, FakeNotes, FakeWork, work_desk


@pytest.fixture
def work() -> FakeWork:
    return FakeWork()


@pytest.fixture
def notes() -> FakeNotes:
    return FakeNotes()


def test_a_view_holds_what_is_in_it_with_names_of_departments(
    work: FakeWork, notes: FakeNotes
) -> None:
    found = work_desk(work, notes).listed("stuck")
    assert [item.id for item in found.items] == ["T1", "T2"]
    assert found.items[0].department == "Provisioning fallout"
    assert (found.counts.tasks, found.departments[0]) == (1, ("PV", "Provisioning fallout", 2))


def test_all_pages_of_a_long_list_are_read(notes: FakeNotes) -> None:
    work = FakeWork()
    whole = work.listed("stuck")
    first = type(whole)(2, whole.counts, whole.departments, whole.rows[:1], next="more")
    rest = type(whole)(2, whole.counts, whole.departments, whole.rows[1:])

    def paged(_view: str, **asked: object) -> object:
        return rest if asked.get("after") == "more" else first

    work.listed = cast("Any", paged)  # type: ignore[method-assign]  # a server of two pages
    assert [item.id for item in work_desk(work, notes).listed("stuck").items] == ["T1", "T2"]


def test_mine_is_what_i_have_taken(work: FakeWork, notes: FakeNotes) -> None:
    desk = work_desk(work, notes)
    item = desk.listed("tasks").items[0]
    assert desk.assign(item, "me") == "New code from the customer is with Maren Tindlewick."
    assert [each.id for each in desk.listed("mine").items] == ["T3"]
    assert desk.assign(item, None) == "New code from the customer is free for anybody."


def test_a_step_is_tried_passed_over_or_taken_back(work: FakeWork, notes: FakeNotes) -> None:
    desk = work_desk(work, notes)
    first, second = desk.listed("stuck").items
    assert desk.retry(first) == "Line set up in the network is tried again."
    desk.journal.note(second.id, Typed(reason="No port"))
    desk.skip(second, "No port")
    assert desk.journal.of(second.id) == Typed()
    desk.take_back(first, "Given up")
    assert work.done == [
        ("retry", "T1"),
        ("skip", "T2", "No port"),
        ("take_back", "T1", "Given up"),
    ]


def test_a_task_is_done_with_its_answers_and_says_what_is_missing(
    work: FakeWork, notes: FakeNotes
) -> None:
    desk = work_desk(work, notes)
    item = desk.listed("tasks").items[0]
    typed = Typed().answered("pac", "ABC123456")
    assert missing(item, typed) == "answer"
    typed = typed.answered("answer", "again").answered("told", True)
    assert missing(item, typed) == ""
    desk.complete(item, typed)
    assert work.done == [
        ("complete", "T3", {"pac": "ABC123456", "answer": "again", "told": True}),
    ]


def test_who_may_not_read_the_list_is_not_offered_it(work: FakeWork, notes: FakeNotes) -> None:
    assert work_desk(work, notes).may_read
    assert not work_desk(work, notes, rights=()).may_read


def test_what_was_typed_is_there_after_a_start(notes: FakeNotes) -> None:
    journal = WorkJournal(notes)
    assert journal.note("T3", Typed({"pac": "ABC123456"}, "half a reason"))
    assert not journal.note("T3", Typed({"pac": "ABC123456"}, "half a reason"))
    assert journal.write()
    assert not journal.write()
    again = WorkJournal(notes)
    again.note("T4", Typed(reason="typed before it was read"))
    again.read()
    assert again.of("T3") == Typed({"pac": "ABC123456"}, "half a reason")
    assert again.of("T4").reason == "typed before it was read"


def test_what_is_odd_on_disk_is_as_if_nothing_had_been() -> None:
    journal = WorkJournal(FakeNotes({"worklist.typed": {"T3": "odd", "T4": {"answers": 3}}}))
    journal.read()
    assert journal.of("T3") == Typed()
    assert journal.of("T4") == Typed()
    other = WorkJournal(FakeNotes({"worklist.typed": ["odd"]}))
    other.read()
    assert other.of("T3") == Typed()


def test_a_full_disk_leaves_what_was_typed_to_be_written_later() -> None:
    class Full(FakeNotes):
        full = True

        def put(self, name: str, value: Any) -> None:
            if self.full:
                raise StoreFault(FaultKind.DISK_FULL)
            super().put(name, value)

    notes = Full()
    journal = WorkJournal(notes)
    journal.note("T1", Typed(reason="kept"))
    with pytest.raises(StoreFault):
        journal.write()
    notes.full = False
    assert journal.write()
    assert notes.held["worklist.typed"] == {"T1": {"answers": {}, "reason": "kept"}}


def test_an_answer_that_is_emptied_is_none() -> None:
    typed = Typed().answered("pac", "ABC123456").answered("pac", "")
    assert typed == Typed()
    assert STUCK.form == ()
