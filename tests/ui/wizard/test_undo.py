"""Within the first seconds a created order is taken back, and its draft is open again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.wizard import edits
from app.wizard.steps import Step
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from tests.ui.wizard.test_faults import said, typed
from ui.wizard.draft_page import DraftPage
from ui.wizard.wizard_view import WizardView


@pytest.fixture(scope="module")
def patient_backend(
    database_server: DatabaseServer, operator_template: str
) -> Iterator[RunningBackend]:
    """An operator who waits long enough for a test before an order begins."""
    url = database_server.clone(operator_template)
    with running_backend(url, hold=timedelta(minutes=10)) as running:
        yield running


@pytest.fixture
def operator(patient_backend: RunningBackend) -> RunningBackend:
    return patient_backend


def created(begin: Begin, qtbot: QtBot, **fields: str) -> tuple[DraftPage, WizardView]:
    """A mobile line with a number of its own, ordered for a new customer."""
    page = begin()
    view = view_of(page)
    typed(view, **fields)
    (address, *_) = view.desk.service.addresses("QX4 7TR 14")
    view.desk.edit(edits.set_address(address.id, address.label))
    view.desk.edit(edits.pick("M03", 1), edits.pick("M11", 1))
    view.go(Step.NUMBERS)
    qtbot.waitUntil(lambda: bool(view.numbers.table.current_id()), timeout=SOON)
    view.numbers.add_ticked()
    qtbot.waitUntil(lambda: bool(view.desk.draft.holds), timeout=SOON)
    view.go(Step.CREATION)
    qtbot.waitUntil(view.creation.agreement.agreed.isEnabled, timeout=SOON)
    view.creation.agreement.agreed.click()
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    view.press.create()
    qtbot.waitUntil(lambda: view.creation.created.hold.counts, timeout=SOON)
    return page, view


def state_of(operator: RunningBackend, order_id: str) -> str:
    path = f"/tmf-api/productOrderingManagement/v4/productOrder/{order_id}"
    return str(operator.call("GET", path).json()["state"])


def test_ctrl_z_takes_the_order_back_and_opens_its_draft_with_its_number(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    page, view = created(begin, qtbot)
    outcome = view.press.outcome
    assert outcome is not None
    before = view.desk.draft
    Hands(window_of(page)).press(Qt.Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: view.press.outcome is None, timeout=SOON)
    assert state_of(operator, outcome.order_id) == "cancelled"
    draft = view.desk.draft
    assert (draft.picks, draft.fields) == (before.picks, before.fields)
    assert draft.customer_id == outcome.customer_id
    assert [held.number for held in draft.holds.values()] == [
        held.number for held in before.holds.values()
    ]
    assert said(page).startswith(f"{outcome.order_number} is taken back, nothing was sent.")
    assert view.desk.draft.step is Step.CREATION
    assert not view.creation.created.hold.counts


def test_what_was_taken_back_is_created_anew_under_another_number(
    begin: Begin, qtbot: QtBot
) -> None:
    _, view = created(begin, qtbot, givenName="Alma", email="alma@example.com")
    first = view.press.outcome
    assert first is not None
    view.creation.created.hold.button().click()
    qtbot.waitUntil(lambda: view.press.outcome is None, timeout=SOON)
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    view.press.create()
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)
    second = view.press.outcome
    assert second is not None
    assert second.order_id != first.order_id
    assert second.customer_id == first.customer_id


def test_started_now_it_cannot_be_taken_back_any_more(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    page, view = created(begin, qtbot, givenName="Inga", email="inga@example.com")
    outcome = view.press.outcome
    assert outcome is not None
    Hands(window_of(page)).press(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not view.creation.created.hold.counts, timeout=SOON)
    path = f"/tmf-api/productOrderingManagement/v4/productOrder/{outcome.order_id}"
    assert operator.call("GET", path).json()["priority"] == "0"
    assert view.press.done


def test_an_undo_that_is_not_answered_may_be_asked_for_again(
    begin: Begin, operator: RunningBackend, qtbot: QtBot
) -> None:
    page, view = created(begin, qtbot, givenName="Ebba", email="ebba@example.com")
    operator.fails_with(500)
    view.creation.created.hold.button().click()
    qtbot.waitUntil(lambda: said(page).startswith("The order could not be taken"), timeout=SOON)
    operator.online()
    assert view.press.done
    view.creation.created.hold.button().click()
    qtbot.waitUntil(lambda: view.press.outcome is None, timeout=SOON)
