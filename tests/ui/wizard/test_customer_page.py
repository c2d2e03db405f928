"""The first step: whom it is sold for, and whether the caller is a customer already."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.start import Desk
from app.wizard.steps import Step
from tests.app.store.people import EDDA
from tests.support.qt import Show
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import CONTROL, Hands
from ui.background import Background
from ui.page import NewDraft, Surroundings
from ui.theme.theme import Theme
from ui.widgets.choice import Choice
from ui.wizard.customer_page import CustomerPage
from ui.wizard.draft_page import DraftPage
from ui.wizard.service_page import ServicePage
from ui.wizard.wizard_view import WizardView


def customer_page(view: WizardView) -> CustomerPage:
    page = view.pages[Step.CUSTOMER]
    assert isinstance(page, CustomerPage)
    return page


def resellers(view: WizardView) -> Choice:
    editor = customer_page(view).form.editors["reseller"]
    assert isinstance(editor, Choice)
    return editor


def test_the_reseller_stands_there_before_the_server_has_answered(
    begin: Begin, qtbot: QtBot
) -> None:
    view = view_of(begin(waits=False))
    assert resellers(view).currentText() == "Kestrelfjord direct"
    qtbot.waitUntil(lambda: resellers(view).count() > 1, timeout=SOON)
    assert resellers(view).currentText() == "Kestrelfjord direct"


def test_a_partner_never_sends_another_reseller(
    new_desk: Desk, theme: Theme, background: Background, show: Show, qtbot: QtBot
) -> None:
    place = new_desk.sign_in("reseller", "reseller")
    page = DraftPage(Surroundings(theme, background, place), NewDraft())
    show(page, width=1386, height=842)
    view = view_of(page)
    assert resellers(view).currentText() == "Brackenholt Mobile"
    assert view.desk.wizard.question.reseller == ""
    qtbot.waitUntil(lambda: view.desk.draft.fields["reseller"] == "R1", timeout=SOON)
    assert resellers(view).currentText() == "Brackenholt Mobile"
    qtbot.waitUntil(lambda: not view.desk.wizard.lags, timeout=SOON)
    page.closing()
    background.wait()
    place.close()


def test_a_caller_who_is_a_customer_is_seen_while_he_is_typed_and_taken_with_one_key(
    begin: Begin, surroundings: Surroundings, qtbot: QtBot
) -> None:
    place = surroundings.workplace
    place.store.customers.put_many([EDDA], place.clock())
    page = begin()
    view, hands = view_of(page), Hands(window_of(page))
    hands.type("Edda")
    hands.press(Qt.Key.Key_Tab)
    hands.type("Marrowby")
    radar = customer_page(view).radar
    qtbot.waitUntil(radar.isVisible, timeout=SOON)
    assert [each.name for each in radar.shown()] == ["Edda Marrowby"]
    hands.press(Qt.Key.Key_E, CONTROL)
    assert (view.desk.draft.kind, view.desk.draft.customer_id) == ("add", EDDA.id)
    assert view.desk.draft.step is Step.SERVICE


def test_what_needs_an_address_or_an_identity_leads_to_its_field(
    begin: Begin, qtbot: QtBot
) -> None:
    view = view_of(begin())
    view.go(Step.SERVICE)
    page = view.page
    assert isinstance(page, ServicePage)

    def stands_at(field: str) -> bool:
        return (view.desk.draft.step, view.desk.draft.field) == (Step.CUSTOMER, field)

    page.offers.action_asked.emit("F02")  # what opens it is asked first
    qtbot.waitUntil(lambda: stands_at("address"), timeout=SOON)
    view.go(Step.SERVICE)
    page.offers.action_asked.emit("X06")
    qtbot.waitUntil(lambda: stands_at("identity"), timeout=SOON)
