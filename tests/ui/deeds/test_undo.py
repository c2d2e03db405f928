"""Ten seconds remain: what was done is taken back, and nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.store.drafts import DraftState
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.household import Person, stocked
from tests.support.qt import Show
from tests.ui.deeds.conftest import SWIFT, Begin
from tests.ui.desk import SOON
from tests.ui.wizard.hands import CONTROL, Hands
from ui.page import NewDeed, NewDraft, Surroundings
from ui.widgets.label import Label
from ui.wizard.draft_page import DraftPage

HOLD = dt.timedelta(seconds=60)


@pytest.fixture(scope="module")
def swift_backend(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[RunningBackend]:
    """An operator that holds what a person orders for a minute."""
    url = database_server.clone(operator_template)
    with running_backend(url, time_scale=SWIFT, hold=HOLD) as running:
        stocked(running)
        yield running


def test_what_is_taken_back_stands_as_it_was_and_goes_out_anew(
    begin: Begin, edda: Person, qtbot: QtBot
) -> None:
    line = edda.products["M03"]
    page = begin(NewDeed(edda.id, edda.name, "suspend", line, "Skarv 100", "07700900013"))
    desk, view, hands = page.desk, page.view, Hands(page.window())
    assert desk is not None
    assert view is not None
    qtbot.waitUntil(lambda: desk.foreseer.foretold is not None and desk.ready, timeout=SOON)
    hands.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: view.sent.hold.counts, timeout=SOON)
    first = desk.deed.command_id
    hands.press(Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: not desk.done and desk.deed.command_id != first, timeout=SOON)
    assert view.form is not None
    assert view.form.isVisible()
    products = page.workplace.client.desk.account(edda.id).products
    assert next(each.state for each in products if each.id == line) == "active"
    qtbot.waitUntil(lambda: desk.foreseer.foretold is not None and desk.ready, timeout=SOON)
    hands.press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: view.sent.hold.counts, timeout=SOON)
    stored = page.workplace.store.drafts.load(desk.deed.id, page.workplace.user.id)
    assert stored is not None
    assert stored.state is DraftState.SUBMITTED


def test_ending_a_product_opens_the_wizard_in_which_it_ends(
    surroundings: Surroundings, show: Show, edda: Person, qtbot: QtBot
) -> None:
    line = edda.products["M03"]
    page = DraftPage(surroundings, NewDraft(edda.id, edda.name, product_id=line, ends=True))
    show(page, width=1386, height=842)
    view = page.view
    assert view is not None
    qtbot.waitUntil(lambda: line in view.desk.draft.ends or bool(_warned(page)), timeout=SOON)


def _warned(page: DraftPage) -> str:
    """What the list of products says where others end with it."""
    words = (each.text() for each in page.findChildren(Label) if each.isVisible())
    return next((each for each in words if "Delete again ends them all" in each), "")
