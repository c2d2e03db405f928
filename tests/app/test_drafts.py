"""Drafts are kept at each change, and what could not be written is written later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.changes import Change, Changes
from app.drafts import DraftDesk, Journal
from app.store.database import Database
from app.store.drafts import Drafts, DraftState
from app.store.faults import FaultKind, StoreFault
from app.store.opening import in_memory
from app.wizard import edits
from app.wizard.draft import new_draft
from app.wizard.steps import Step
from tests.app.wizard.stories import NOW


@pytest.fixture
def table() -> Iterator[Drafts]:
    desk, cache = in_memory()
    yield Drafts(desk, lambda: NOW)
    desk.close()
    cache.close()


def the_desk(table: Drafts, user: str = "maren") -> DraftDesk:
    return DraftDesk(table, Changes(), lambda: NOW, user)


def test_a_draft_is_found_again_on_the_step_and_field_where_it_was_left(table: Drafts) -> None:
    opened = the_desk(table).new("Jorun Netherfold")
    draft = edits.go_to(Step.CUSTOMER, "email")(opened.draft)
    opened.journal.note(draft)
    assert opened.journal.write()
    again = the_desk(table).open(draft.id)
    assert again is not None
    assert (again.draft.step, again.draft.field) == (Step.CUSTOMER, "email")
    assert again.draft.title == "Jorun Netherfold"


def test_nothing_new_is_nothing_written(table: Drafts) -> None:
    journal = the_desk(table).new().journal
    assert not journal.write()
    assert journal.saved_at is None


def test_the_version_grows_with_each_write(table: Drafts) -> None:
    opened = the_desk(table).new()
    for name in ("Jorun", "Joruna"):
        opened.journal.note(edits.set_field("givenName", name)(opened.draft))
        opened.journal.write()
    stored = table.load(opened.draft.id, "maren")
    assert stored is not None
    assert stored.version == 2


class FullDisk(Drafts):
    """Refuses the first write."""

    def __init__(self, database: Database) -> None:
        super().__init__(database, lambda: NOW)
        self.full = True

    def _save(self, connection: sa.Connection, draft: object) -> object:  # type: ignore[override]  # a disk that is full
        if self.full:
            raise StoreFault(FaultKind.DISK_FULL)
        return super()._save(connection, draft)  # type: ignore[arg-type]  # as it came


def test_a_full_disk_keeps_the_work_for_the_next_try() -> None:
    desk, cache = in_memory()
    table = FullDisk(desk)
    journal = Journal(table, lambda: NOW)
    draft = new_draft("maren", now=NOW)
    journal.note(draft)
    with pytest.raises(StoreFault):
        journal.write()
    assert journal.unwritten
    table.full = False
    assert journal.write()
    assert table.load(draft.id, "maren") is not None
    desk.close()
    cache.close()


def test_a_refused_draft_is_work_again(table: Drafts) -> None:
    opened = the_desk(table).new()
    opened.journal.note(opened.draft)
    opened.journal.write()
    opened.journal.close()
    opened.journal.note(opened.draft)
    assert not opened.journal.unwritten
    opened.journal.reopen(opened.draft)
    assert opened.journal.write()
    again = the_desk(table).open(opened.draft.id)
    assert again is not None
    assert again.state is DraftState.OPEN


def test_a_discarded_draft_is_told_to_those_who_list_drafts(table: Drafts) -> None:
    changes, told = Changes(), list[Change]()
    changes.watch(told.append)
    desk = DraftDesk(table, changes, lambda: NOW, "maren")
    opened = desk.new()
    opened.journal.note(opened.draft)
    opened.journal.write()
    desk.discard(opened.draft, opened.journal)
    assert [each.ids for each in told] == [frozenset({opened.draft.id})]
    assert table.open_drafts("maren") == ()


def test_a_change_that_was_noted_does_not_bring_a_discarded_draft_back(table: Drafts) -> None:
    opened = the_desk(table).new()
    opened.journal.note(opened.draft)
    opened.journal.write()
    opened.journal.note(edits.set_field("email", "late@example.com")(opened.draft))
    the_desk(table).discard(opened.draft, opened.journal)
    assert not opened.journal.write()
    assert table.open_drafts("maren") == ()


@pytest.mark.parametrize("written", [True, False])
def test_a_discarded_draft_can_be_taken_back(table: Drafts, *, written: bool) -> None:
    desk = the_desk(table)
    opened = desk.new("Jorun Netherfold")
    opened.journal.note(opened.draft)
    if written:
        opened.journal.write()
    desk.discard(opened.draft, opened.journal)
    desk.take_back(opened.draft, opened.journal)
    (back,) = table.open_drafts("maren")
    assert back.title == "Jorun Netherfold"


def test_a_partners_draft_is_under_nobody_until_his_code_is_known(table: Drafts) -> None:
    assert the_desk(table).new().draft.fields["reseller"] == "R0"
    assert the_desk(table).new(reseller="").draft.fields["reseller"] == ""
    more = the_desk(table).for_customer("KF-0041873-6", "Edda Marrowby", reseller="")
    assert more.draft.fields["reseller"] == ""


def test_more_services_begin_at_the_services(table: Drafts) -> None:
    draft = the_desk(table).for_customer("KF-0041873-6", "Edda Marrowby").draft
    assert (draft.kind, draft.step, draft.title) == ("add", Step.SERVICE, "Edda Marrowby")


def test_nobody_elses_draft_is_there(table: Drafts) -> None:
    assert the_desk(table).open("no such draft") is None
