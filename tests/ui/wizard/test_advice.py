"""What does not fit any more is repaired by a key, and a saving is taken by one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.changes import Kind
from app.wizard import edits
from app.wizard.choices import Choices, MissingChoice, Question
from app.wizard.service import Answered
from app.wizard.steps import Step
from backend_client.choices import DroppedPick, OfferCount, Proposal, Repair
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from ui.page import OpenDraft, Surroundings
from ui.wizard.draft_page import DraftPage
from ui.wizard.service_page import ServicePage

Change = Callable[[Choices], Choices]
REPAIR = Repair(
    dropped=(DroppedPick(id="M03", name="Skarv 100"),),
    added=(OfferCount(id="M02", name="Skarv 25"),),
    text="Skarv 25 instead of Skarv 100.",
)
TRIO = Proposal(offer="X02", name="Trio saving", saves=Decimal(10), gains=Decimal(10))


def answers(page: DraftPage, monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """From now on the server's answers have this in them."""
    service = view_of(page).desk.service
    ask = service.choices

    def changed(question: Question) -> Answered:
        answer = ask(question)
        assert answer.choices is not None
        return Answered(change(answer.choices), question, fresh=answer.fresh)

    monkeypatch.setattr(service, "choices", changed)


def broken(choices: Choices) -> Choices:
    """Skarv 100 is withdrawn; without it everything fits."""
    return replace(choices, repair=REPAIR if choices.basket and _has(choices, "M03") else None)


def _has(choices: Choices, code: str) -> bool:
    return any(item.id == code for item in choices.basket)


def shown(page: DraftPage) -> ServicePage:
    found = view_of(page).pages[Step.SERVICE]
    assert isinstance(found, ServicePage)
    return found


def said(page: DraftPage) -> str:
    message = page.messages.shown()
    return message.spoken() if message else ""


def test_a_withdrawn_offer_is_said_at_once_and_repaired_by_a_key(
    begin: Begin, surroundings: Surroundings, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    view.desk.edit(edits.pick("M03", 1))
    view.go(Step.SERVICE)
    answers(page, monkeypatch, lambda each: replace(broken(each), catalogue_version="next"))
    surroundings.workplace.changes.announce(Kind.CATALOGUE, origin="events")
    strip = shown(page).advice.repair
    qtbot.waitUntil(strip.isVisible, timeout=SOON)
    assert strip.text() == (
        "The catalogue has changed, to version next. Skarv 25 instead of Skarv 100."
    )
    assert dict(view.desk.draft.picks) == {"M03": 1}  # nothing is dropped silently
    hands = Hands(window_of(page))
    hands.press(Qt.Key.Key_F9)
    assert dict(view.desk.draft.picks) == {"M02": 1}
    assert said(page) == "Repaired. Skarv 25 instead of Skarv 100."
    qtbot.waitUntil(strip.isHidden, timeout=SOON)
    hands.press(Qt.Key.Key_Z, CONTROL)
    assert dict(view.desk.draft.picks) == {"M03": 1}
    assert said(page) != "Repaired. Skarv 25 instead of Skarv 100."


def test_what_is_left_alone_stays_an_error_of_the_report_that_leads_back(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    answers(page, monkeypatch, broken)
    view.go(Step.SERVICE)
    view.desk.edit(edits.pick("M03", 1))
    strip = shown(page).advice.repair
    qtbot.waitUntil(strip.isVisible, timeout=SOON)
    Hands(window_of(page)).press(Qt.Key.Key_Escape)
    assert strip.isHidden()
    view.go(Step.CREATION)
    view.creation.blocks["repair"].go.emit(Step.SERVICE, "repair")
    assert view.desk.draft.step is Step.SERVICE
    assert strip.isVisible()
    assert strip.take.hasFocus()


def test_on_another_step_a_message_leads_to_the_repair(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    answers(page, monkeypatch, broken)
    view.desk.edit(edits.pick("M03", 1))
    qtbot.waitUntil(lambda: "Skarv 25 instead" in said(page), timeout=SOON)
    page.messages.acted.emit("repair")
    assert view.desk.draft.step is Step.SERVICE


def test_a_reopened_draft_says_what_has_changed_since(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = view_of(begin())
    with qtbot.waitSignal(view.desk.saved, timeout=SOON):
        view.desk.edit(edits.pick("M03", 1))
    qtbot.waitUntil(lambda: view.desk.wizard.is_answered, timeout=SOON)
    qtbot.waitUntil(lambda: not view.desk.journal.unwritten, timeout=SOON)
    old = view.desk.draft
    again = begin(OpenDraft(old.id, old.title), waits=False)
    answers(again, monkeypatch, lambda each: replace(each, catalogue_version="next"))
    expected = "Since this draft was left: The catalogue has changed, to version next."
    view_of(again).desk.ask_again()
    qtbot.waitUntil(lambda: said(again) == expected or "Meanwhile" in said(again), timeout=SOON)


def test_a_saving_is_proposed_under_the_list_and_taken_by_a_key(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    view.go(Step.SERVICE)
    answers(page, monkeypatch, lambda each: replace(each, proposal=TRIO))
    view.desk.edit(edits.pick("M03", 1))
    strip = shown(page).advice.saving
    qtbot.waitUntil(strip.isVisible, timeout=SOON)
    assert strip.text() == "Trio saving saves £10.00 a month."
    Hands(window_of(page)).press(Qt.Key.Key_F9)
    assert dict(view.desk.draft.picks) == {"M03": 1, "X02": 1}
    qtbot.waitUntil(strip.isHidden, timeout=SOON)


def test_a_saving_that_needs_more_leads_to_what_it_needs(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begin()
    view = view_of(page)
    view.go(Step.SERVICE)
    box = MissingChoice(rule="R59", text="Each line needs a SIM.", serves=("M11", "M10"))
    needy = replace(TRIO, offer="M13", opens_with=(box,))
    answers(page, monkeypatch, lambda each: replace(each, proposal=needy))
    view.desk.edit(edits.pick("M03", 1))
    qtbot.waitUntil(shown(page).advice.saving.isVisible, timeout=SOON)
    Hands(window_of(page)).press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: shown(page).offers.current_id() == "M11", timeout=SOON)
