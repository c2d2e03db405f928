"""An old number is kept from the numbers step: its form stands on the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.wizard import edits
from app.wizard.porting import PORTED, port_in
from app.wizard.steps import Step
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import Hands
from ui.wizard.held_number import EmptyPlace


def test_keeping_an_old_number_leads_to_its_form(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    view = view_of(page)
    wizard = view.desk.wizard
    view.desk.edit(edits.set_field("identity", "passport"), edits.pick("M03", 1))
    qtbot.waitUntil(lambda: port_in(wizard.choices) is not None, timeout=SOON)
    view.go(Step.NUMBERS)
    view.numbers.table.setFocus()
    Hands(window_of(page)).press(Qt.Key.Key_K)
    assert view.desk.draft.step is Step.SETTINGS
    offer = port_in(wizard.choices)
    assert offer is not None
    assert view.desk.draft.picks[offer.id] == 1
    qtbot.waitUntil(lambda: PORTED in view.desk.draft.field, timeout=SOON)
    view.go(Step.NUMBERS)
    qtbot.waitUntil(lambda: wizard.is_answered, timeout=SOON)
    said = {each.accessibleName() for each in view.numbers.findChildren(EmptyPlace)}
    assert said == {"The old number of Skarv 100 comes along: nothing to choose."}
    assert view.numbers.facts() == "No line of this order needs a number"
