"""A second bandwidth becomes sellable in minutes, at the real backend and without a restart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.start import Desk
from app.wizard import edits
from app.workplace import Workplace
from tests.support.backend import RunningBackend, running_backend
from tests.support.database import DatabaseServer
from tests.support.qt import Show, press, press_in_window
from tests.ui.desk import SOON
from ui.background import Background
from ui.page import NewDraft, OpenProducts, Surroundings
from ui.products.product_page import ProductPage
from ui.theme.theme import Theme
from ui.wizard.draft_page import DraftPage

pytestmark = pytest.mark.journey

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
WITHIN = 5_000  # ms until an open wizard sells what came into force
FIBRE = "QX4 7TR 14"


@pytest.fixture
def operator(database_server: DatabaseServer, operator_template: str) -> Iterator[RunningBackend]:
    """The test's own: versions are never taken back."""
    with running_backend(database_server.clone(operator_template)) as running:
        yield running
    database_server.drop(str(running.database.engine.url.database))


@pytest.fixture
def people(new_desk: Desk) -> Iterator[dict[str, Workplace]]:
    """The product manager, the supervisor and an agent, each at a desk."""
    with ExitStack() as stack:
        found = {}
        for name in ("product", "supervisor", "agent"):
            found[name] = new_desk.sign_in(name, name)
            stack.callback(found[name].close)
        yield found


def test_a_new_bandwidth_is_sold_by_an_open_wizard_within_five_seconds(
    people: dict[str, Workplace], theme: Theme, background: Background, show: Show, qtbot: QtBot
) -> None:
    seen = {name: Surroundings(theme, background, place) for name, place in people.items()}
    wizard = DraftPage(seen["agent"], NewDraft())
    show(wizard, width=1386, height=842)
    qtbot.waitUntil(lambda: wizard.view is not None, timeout=SOON)
    assert wizard.view is not None
    desk = wizard.view.desk
    address = people["agent"].client.desk.addresses(FIBRE).addresses[0]
    desk.edit(edits.set_address(address.id, address.label))
    qtbot.waitUntil(lambda: _sold(wizard, "F03"), timeout=SOON)
    assert not _sold(wizard, "F09x")

    editor = ProductPage(seen["product"], OpenProducts())
    window = show(editor, width=1386, height=842)
    qtbot.waitUntil(lambda: editor.session.working is not None, timeout=SOON)
    editor.editing.offers.choose("F03")
    press_in_window(window, Qt.Key.Key_D, CONTROL)
    box = editor.editing.deeds.box
    assert box is not None
    box.code.input.selectAll()
    press(box.code.input, "F09x")
    box.name.input.selectAll()
    press(box.name.input, "Glimt 1500", ENTER)
    form = editor.editing.offer_form
    form.monthly.selectAll()
    press(form.monthly, "52")
    qtbot.waitUntil(editor.head.propose.isEnabled, timeout=2 * SOON)
    press_in_window(window, ENTER, CONTROL)
    assert editor.proposing.box is not None
    press(editor.proposing.box.note, "A step between 1000 and 2500")
    press_in_window(window, ENTER, CONTROL)
    qtbot.waitUntil(editor.proposals.withdraw.isVisible, timeout=SOON)

    second = ProductPage(seen["supervisor"], OpenProducts())
    window = show(second, width=1386, height=842)
    qtbot.waitUntil(second.proposals.approve.isVisible, timeout=SOON)
    qtbot.waitUntil(lambda: "F09x" in _changed(second), timeout=SOON)
    press_in_window(window, ENTER, CONTROL)
    qtbot.waitUntil(lambda: second.messages.shown() is not None, timeout=SOON)
    message = second.messages.shown()
    assert message is not None
    assert message.spoken().endswith("is in force. Every desk sells from it now.")

    qtbot.waitUntil(lambda: _sold(wizard, "F09x"), timeout=WITHIN)
    offer = desk.wizard.choices.offer("F09x") if desk.wizard.choices else None
    assert offer is not None
    assert (offer.name, f"{offer.monthly:.2f}") == ("Glimt 1500", "52.00")
    qtbot.waitUntil(lambda: not editor.session.delta, timeout=SOON)


def _sold(page: DraftPage, code: str) -> bool:
    """Whether the open wizard lists the offer as one to choose."""
    choices = page.view.desk.wizard.choices if page.view else None
    found = choices.offer(code) if choices else None
    return found is not None and found.offerable


def _changed(page: ProductPage) -> str:
    return " ".join(each.id for each in page.proposals.view.rows.records.records())
