"""Proposals and versions: listed, compared, decided; also where there is little room."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.products import offers
from backend_client.errors import NotAllowed, Unreachable
from tests.support.product_desk import APPROVER, FakeCatalogue
from tests.support.qt import press, press_in_window
from tests.ui.desk import SOON
from tests.ui.products.conftest import Opened
from ui.products.product_page import ProductPage
from ui.widgets.empty_state import EmptyState

LONG = "A step between 1000 and 2500 that the shops have asked for since the spring"


def proposed(page: ProductPage, catalogue: FakeCatalogue, qtbot: QtBot, note: str = LONG) -> None:
    """The copy with a dearer Glimt 1000 waits for a second person."""
    page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly")
    page.proposing.propose(note)
    qtbot.waitUntil(lambda: len(catalogue.proposed) == 1, timeout=SOON)
    qtbot.waitUntil(page.proposals.withdraw.isVisible, timeout=SOON)


def test_the_author_takes_a_proposal_back(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    proposed(page, catalogue, qtbot)
    page.proposals.withdraw.click()
    qtbot.waitUntil(lambda: catalogue.proposed[0].state == "withdrawn", timeout=SOON)
    qtbot.waitUntil(page.proposals.withdraw.isHidden, timeout=SOON)
    shown = page.messages.shown()
    assert shown is not None
    assert shown.spoken() == "The proposal is withdrawn."
    before = catalogue.proposed[0].id
    page.proposing.propose("Once more")
    qtbot.waitUntil(lambda: len(catalogue.proposed) == 2, timeout=SOON)
    assert catalogue.proposed[1].id != before


def test_a_long_note_is_read_whole(opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot) -> None:
    page = opened()
    proposed(page, catalogue, qtbot)
    assert LONG in page.proposals.view.facts.text()
    assert "a second person must approve it" in page.proposals.view.facts.text()
    rows = page.proposals.view.rows.records
    qtbot.waitUntil(lambda: rows.rowCount() == 2, timeout=SOON)
    assert rows.records()[1].spoken() == ("F03 Glimt 1000, changed, Monthly: £45.00, before £43.00")


def test_what_the_server_refuses_is_said_and_can_be_tried_again(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    proposed(opened(), catalogue, qtbot)
    catalogue.seen_by("supervisor")
    second = opened((APPROVER,), "supervisor")
    qtbot.waitUntil(second.proposals.approve.isVisible, timeout=SOON)
    catalogue.refuses = NotAllowed("Somebody else must approve this.")
    second.proposals.approve.click()
    qtbot.waitUntil(lambda: second.messages.shown() is not None, timeout=SOON)
    shown = second.messages.shown()
    assert shown is not None
    assert shown.spoken() == "Somebody else must approve this."
    qtbot.waitUntil(second.proposals.approve.isEnabled, timeout=SOON)
    assert catalogue.version == 41


def test_versions_say_what_they_changed(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened(tab="versions")
    part = page.versions
    qtbot.waitUntil(lambda: part.rows.records.rowCount() == 2, timeout=SOON)
    newest, older = part.rows.records.records()
    assert newest.spoken() == "Version 41, in force, The demo · system · Today 14:05"
    assert older.id == "40"
    qtbot.waitUntil(lambda: isinstance(part.view.states.shown(), EmptyState), timeout=SOON)
    part.rows.choose("40")
    assert part.view.title.text() == "Version 40"


def test_a_list_that_cannot_be_read_says_so(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened()
    catalogue.fault = Unreachable()
    press_in_window(page.window(), Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    states = page.proposals.states
    qtbot.waitUntil(lambda: isinstance(states.shown(), EmptyState), timeout=SOON)
    catalogue.fault = None
    states.retry_wanted.emit()
    qtbot.waitUntil(lambda: page.proposals.rows.records.rowCount() == 0, timeout=SOON)


def test_where_there_is_little_room_one_is_read_at_a_time(
    opened: Opened, catalogue: FakeCatalogue, qtbot: QtBot
) -> None:
    page = opened(width=560)
    proposed_here = page.proposals
    page.session.edit(offers.set_monthly("F03", Decimal(45)), "Monthly")
    page.proposing.propose(LONG)
    qtbot.waitUntil(lambda: proposed_here.rows.records.rowCount() == 1, timeout=SOON)
    assert proposed_here.states.isVisible()
    assert not proposed_here.view.isVisible()
    press(proposed_here.rows, Qt.Key.Key_Return)
    assert proposed_here.view.isVisible()
    assert not proposed_here.states.isVisible()
    press(proposed_here.view.rows, Qt.Key.Key_Escape)
    assert proposed_here.states.isVisible()


def test_trying_shows_one_part_at_a_time_there_too(opened: Opened, qtbot: QtBot) -> None:
    page = opened(width=560, tab="trial")
    part = page.trial
    qtbot.waitUntil(lambda: part.view is not None, timeout=SOON)
    assert part.offers.isVisible()
    assert not part.who.isVisible()
    part.to_who.click()
    assert part.who.isVisible()
    press(part.who, Qt.Key.Key_Escape)
    assert part.offers.isVisible()
    part.pick("M03", 2)
    assert part.trial.picks == {"M03": 2}
    part.to_sums.click()
    press(part, Qt.Key.Key_Escape)
    qtbot.waitUntil(part.clear.isEnabled, timeout=SOON)
    part.clear.click()
    assert part.trial.picks == {}
