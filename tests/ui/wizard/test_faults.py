"""Whatever breaks in the middle: one clear sentence, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.store.faults import FaultKind, StoreFault
from app.wizard import edits
from app.wizard.draft import Draft
from app.wizard.service import Outcome
from app.wizard.steps import Step
from backend_client.desk_records import FoundNumber
from tests.support.backend import RunningBackend
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of
from ui.page import OpenDraft, Surroundings
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.wizard.customer_page import CustomerPage
from ui.wizard.draft_page import DraftPage
from ui.wizard.wizard_view import WizardView

JORUN = {
    "givenName": "Jorun",
    "familyName": "Netherfold",
    "birthDate": "2 April 1985",
    "email": "jorun@example.com",
    "telephone": "07700 900123",
    "pin": "4071",
    "identity": "passport",
}


def typed(view: WizardView, **fields: str) -> None:
    for name, value in {**JORUN, **fields}.items():
        view.desk.edit(edits.set_field(name, value))


def account_only(view: WizardView, **fields: str) -> None:
    """Everything for an account without services."""
    typed(view, **fields)
    (address, *_) = view.desk.service.addresses("QX4 7TR 14")
    view.desk.edit(edits.set_address(address.id, address.label))
    view.desk.edit(edits.set_only_account(only=True))


def form_field(view: WizardView, name: str) -> Field:
    page = view.pages[Step.CUSTOMER]
    assert isinstance(page, CustomerPage)
    editor = page.form.editors[name]
    assert isinstance(editor, Field)
    return editor


def words_of(view: WizardView) -> set[str]:
    """What stands under the steps."""
    return {label.text() for label in view.column.findChildren(Label)}


def said(page: DraftPage) -> str:
    shown = page.messages.shown()
    return shown.spoken() if shown else ""


def test_an_email_without_an_at_says_what_would_be_right(begin: Begin) -> None:
    view = view_of(begin())
    field = form_field(view, "email")
    field.input.setText("jorun.example.com")
    found = field.check_now()
    assert found is not None
    assert found.sentence == "An e-mail address has an @, such as name@example.com."


@pytest.mark.parametrize("name", ["Jens <b> Olsen", "Ærøskov", "O'Neil & Sønner"])
def test_a_name_stands_as_it_was_typed(begin: Begin, qtbot: QtBot, name: str) -> None:
    page = begin()
    view = view_of(page)
    account_only(view, familyName=name, accountName=f"House of {name}", billBy="account")
    assert page.tab().text == f"New: Jorun {name}"
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    view.press.create()
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)
    assert view.creation.created.number().startswith("KF-")


def test_after_a_crash_the_draft_opens_on_the_same_step_and_field(
    begin: Begin, surroundings: Surroundings, qtbot: QtBot
) -> None:
    view = view_of(begin())
    typed(view)
    view.go(Step.CUSTOMER, "telephone")
    draft: Draft = view.desk.draft
    with qtbot.waitSignal(view.desk.saved, timeout=SOON):
        view.desk.edit(edits.set_field("telephone", "07700 900124"))
    again = view_of(begin(OpenDraft(draft.id, draft.title)))
    assert again.desk.draft.fields["telephone"] == "07700 900124"
    assert (again.desk.draft.step, again.desk.draft.field) == (Step.CUSTOMER, "telephone")
    assert form_field(again, "telephone").text() == "07700 900124"


def test_a_draft_that_is_gone_says_so(surroundings: Surroundings, qtbot: QtBot) -> None:
    page = DraftPage(surroundings, OpenDraft("no such draft", "Jorun"))
    qtbot.addWidget(page)
    page.show()
    surroundings.background.wait()
    qtbot.waitUntil(lambda: bool(page.findChildren(EmptyState)), timeout=SOON)
    assert page.view is None


def test_a_number_taken_meanwhile_offers_the_nearest_free_one(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    page = begin()
    view = view_of(page)
    typed(view)
    view.desk.edit(edits.pick("M03", 1))
    view.go(Step.NUMBERS)
    qtbot.waitUntil(lambda: bool(view.numbers.table.current_id()), timeout=SOON)
    number = view.numbers.table.current_id()
    wanted = {"externalId": "other", "reservationItem": [{"resource": {"id": number}}]}
    path = "/tmf-api/resourcePoolManagement/v4/reservation"
    assert operator.call("POST", path, "senior", json=wanted).status_code == 201
    view.numbers.add_ticked()
    qtbot.waitUntil(lambda: "was taken meanwhile" in said(page), timeout=SOON)
    assert "The nearest free one is" in said(page)
    view.numbers.take_nearest()
    qtbot.waitUntil(lambda: bool(view.desk.draft.holds), timeout=SOON)
    (held,) = view.desk.draft.holds.values()
    assert held.number != number


def test_without_a_line_the_order_waits_and_goes_out_once(
    begin: Begin, surroundings: Surroundings, operator: RunningBackend, qtbot: QtBot
) -> None:
    view = view_of(begin())
    account_only(view, email="waiting@example.com")
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    operator.offline()
    view.press.create()
    qtbot.waitUntil(lambda: view.press.outcome is not None, timeout=SOON)
    assert view.press.outcome is not None
    assert view.press.outcome.state == "waiting"
    assert view.creation.created.number() == "Waiting to be sent"
    operator.online()
    surroundings.workplace.connection.answered()
    surroundings.workplace.connection.try_now()
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)
    assert view.creation.created.number().startswith("KF-")


def test_offline_the_last_choices_stay_and_say_that_they_are_old(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    view = view_of(begin())
    typed(view)
    operator.offline()
    view.desk.edit(edits.pick("M03", 1))
    qtbot.waitUntil(lambda: view.desk.wizard.unchecked, timeout=SOON)
    assert view.desk.wizard.choices is not None
    assert "unchecked" in {found.code for found in view.desk.report.warnings()}
    operator.online()
    view.desk.ask_again()
    qtbot.waitUntil(lambda: not view.desk.wizard.unchecked, timeout=SOON)


def test_a_full_disk_is_said_once_and_the_work_written_later(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)

    def full() -> bool:
        raise StoreFault(FaultKind.DISK_FULL)

    with monkeypatch.context() as broken:
        broken.setattr(view.desk.journal, "write", full)
        typed(view)
        qtbot.waitUntil(lambda: "could not be saved" in said(page), timeout=SOON)
        assert "disk is full" in said(page)
        assert {"Draft not saved", "in memory only"} <= words_of(view)
    with qtbot.waitSignal(view.desk.saved, timeout=SOON):
        view.desk.journal_writer.write_now()
    assert said(page) == ""
    qtbot.waitUntil(lambda: not view.desk.journal.unwritten, timeout=SOON)
    assert "in memory only" not in words_of(view)


def test_what_the_server_refuses_is_work_again_under_a_new_command(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    account_only(view)
    before = view.desk.draft.command_id
    refused = Outcome("refused", sentence="There is no such reseller.")
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    with monkeypatch.context() as server:
        server.setattr(view.desk.service, "submit", lambda _draft, _choices: refused)
        view.press.create()
        qtbot.waitUntil(lambda: view.desk.draft.command_id != before, timeout=SOON)
    assert said(page) == "The server refused this: There is no such reseller."
    assert view.press.outcome is None
    view.press.create()
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)


def test_an_ended_hold_blocks_and_can_be_renewed(begin: Begin, qtbot: QtBot) -> None:
    view = view_of(begin())
    typed(view)
    view.desk.edit(edits.pick("M03", 1))
    view.go(Step.NUMBERS)
    qtbot.waitUntil(lambda: bool(view.numbers.table.current_id()), timeout=SOON)
    view.numbers.add_ticked()
    qtbot.waitUntil(lambda: bool(view.desk.draft.holds), timeout=SOON)
    (line,) = view.desk.draft.holds
    held = view.desk.draft.holds[line]
    old = replace(held, until=view.desk.clock() - dt.timedelta(seconds=1))
    view.desk.edit(edits.hold_number(line, old))
    assert f"hold:{line}" in {found.code for found in view.desk.report.errors()}
    found = FoundNumber(id=held.number, display=held.display, grade=held.grade)
    view.desk.hold(line, found)
    qtbot.waitUntil(
        lambda: f"hold:{line}" not in {each.code for each in view.desk.report.errors()},
        timeout=SOON,
    )
