"""A draft thrown away: at once in the store, its numbers when the time to undo is over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.wizard import edits
from app.wizard.steps import Step
from tests.support.backend import RunningBackend
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from ui.page import Surroundings
from ui.wizard.discarding import Discarding
from ui.wizard.draft_page import DraftPage

SHIFT = Qt.KeyboardModifier.ShiftModifier


def open_drafts(surroundings: Surroundings) -> list[str]:
    place = surroundings.workplace
    return [each.id for each in place.store.drafts.open_drafts(place.user.id)]


def discarding_of(page: DraftPage) -> Discarding:
    assert page.discarding is not None
    return page.discarding


def with_a_number(page: DraftPage, qtbot: QtBot) -> str:
    """Hold a number for a new line; the number."""
    view = view_of(page)
    view.desk.edit(edits.pick("M03", 1))
    view.go(Step.NUMBERS)
    qtbot.waitUntil(lambda: bool(view.numbers.table.current_id()), timeout=SOON)
    view.numbers.add_ticked()
    qtbot.waitUntil(lambda: bool(view.desk.draft.holds), timeout=SOON)
    (held,) = view.desk.draft.holds.values()
    qtbot.waitUntil(lambda: not view.desk.journal.unwritten, timeout=SOON)
    return held.number


def throw_away(page: DraftPage, qtbot: QtBot) -> None:
    Hands(window_of(page)).press(Qt.Key.Key_D, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: "Draft discarded." in said(page), timeout=SOON)


def said(page: DraftPage) -> str:
    shown = page.messages.shown()
    return shown.spoken() if shown else ""


def test_a_key_discards_the_draft_and_undo_brings_it_back_with_its_number(
    begin: Begin, surroundings: Surroundings, qtbot: QtBot
) -> None:
    page = begin()
    number = with_a_number(page, qtbot)
    view = view_of(page)
    throw_away(page, qtbot)
    assert open_drafts(surroundings) == []
    assert not view.press.create()
    Hands(window_of(page)).press(Qt.Key.Key_Return)  # the focus is on Undo
    qtbot.waitUntil(lambda: open_drafts(surroundings) == [view.desk.draft.id], timeout=SOON)
    qtbot.waitUntil(view.head.isEnabled, timeout=SOON)
    assert [each.number for each in view.desk.draft.holds.values()] == [number]
    with qtbot.waitSignal(view.desk.saved, timeout=SOON):
        view.desk.edit(edits.set_field("givenName", "Jorun"))


def test_when_the_time_is_over_the_tab_goes_and_the_number_is_free_again(
    begin: Begin, surroundings: Surroundings, operator: RunningBackend, qtbot: QtBot
) -> None:
    page = begin()
    number = with_a_number(page, qtbot)
    throw_away(page, qtbot)
    with qtbot.waitSignal(page.finished, timeout=SOON):
        discarding_of(page).ended.emit()
    page.closing()
    surroundings.background.wait()
    wanted = {"externalId": "other", "reservationItem": [{"resource": {"id": number}}]}
    path = "/tmf-api/resourcePoolManagement/v4/reservation"
    assert operator.call("POST", path, "senior", json=wanted).status_code == 201
    assert open_drafts(surroundings) == []


def test_closing_the_tab_of_a_draft_keeps_it(
    begin: Begin, surroundings: Surroundings, qtbot: QtBot
) -> None:
    page = begin()
    view_of(page).desk.edit(edits.set_field("givenName", "Jorun"))
    page.closing()
    surroundings.background.wait()
    assert open_drafts(surroundings) == [view_of(page).desk.draft.id]
