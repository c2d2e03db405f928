"""A new customer with a mobile, by keys alone, at the real backend."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.wizard.choices import Choices
from tests.ui.desk import SOON
from tests.ui.wizard.conftest import Begin, view_of, window_of
from tests.ui.wizard.hands import ALT, CONTROL, Hands
from ui.page import OpenAccount
from ui.wizard.customer_page import CustomerPage
from ui.wizard.service_page import ServicePage
from ui.wizard.wizard_view import WizardView

MOST_KEYS = 25  # DAY, row 9, without the customer's own data

TAB, ENTER, SPACE, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down


def choices_of(view: WizardView) -> Choices:
    """The last answer of the server."""
    assert view.desk.wizard.choices is not None
    return view.desk.wizard.choices


def test_a_new_mobile_customer_takes_at_most_25_keys(begin: Begin, qtbot: QtBot) -> None:
    page = begin()
    view, hands = view_of(page), Hands(window_of(page))
    for text in ("Jorun", "Netherfold", "2 April 1985", "jorun@example.com", "07700 900123"):
        hands.type(text)
        hands.press(TAB)
    hands.type("QX4 7TR 14")
    customer = view.page
    assert isinstance(customer, CustomerPage)
    address = customer.form.address
    assert address is not None
    qtbot.waitUntil(address.list.isVisible, timeout=SOON)
    hands.press(ENTER)
    assert view.desk.draft.address_id
    hands.type("4071")
    hands.press(TAB)
    hands.press(TAB)
    hands.press(DOWN)
    assert view.desk.draft.fields["identity"] == "passport"
    hands.press(Qt.Key.Key_Right, ALT)
    service = view.page
    assert isinstance(service, ServicePage)
    qtbot.waitUntil(lambda: choices_of(view).facts.get("gpon") == 1, timeout=SOON)
    hands.type("skarv 100")
    hands.press(ENTER)
    qtbot.waitUntil(lambda: bool(choices_of(view).missing), timeout=SOON)
    hands.press(Qt.Key.Key_M)
    hands.press(SPACE)
    qtbot.waitUntil(lambda: not choices_of(view).missing, timeout=SOON)
    hands.press(Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: bool(view.numbers.table.current_id()), timeout=SOON)
    hands.press(ENTER)
    qtbot.waitUntil(lambda: bool(view.desk.draft.holds), timeout=SOON)
    hands.press(Qt.Key.Key_6, ALT)
    qtbot.waitUntil(view.creation.agreement.agreed.isEnabled, timeout=SOON)
    hands.press(SPACE)
    qtbot.waitUntil(lambda: not view.desk.wizard.blockers, timeout=SOON)
    hands.press(ENTER, CONTROL)
    qtbot.waitUntil(lambda: view.press.done, timeout=SOON)
    number = view.creation.created.number()
    assert number.startswith("KO-")
    assert QGuiApplication.clipboard().text() == number
    with qtbot.waitSignal(page.wanted, timeout=SOON) as wanted:
        hands.press(ENTER)
    assert isinstance(wanted.args[0], OpenAccount)
    assert hands.keys <= MOST_KEYS, f"{hands.keys} keys"


def test_m_leads_to_what_is_missing_also_from_what_was_looked_for(
    begin: Begin, qtbot: QtBot
) -> None:
    page = begin()
    view, hands = view_of(page), Hands(window_of(page))
    hands.press(Qt.Key.Key_2, ALT)
    service = view.page
    assert isinstance(service, ServicePage)
    qtbot.waitUntil(lambda: bool(view.desk.wizard.choices), timeout=SOON)
    hands.type("skarv 100")
    hands.press(DOWN)
    hands.press(SPACE)
    qtbot.waitUntil(lambda: bool(choices_of(view).missing), timeout=SOON)
    assert service.search.text() == "skarv 100"
    hands.press(Qt.Key.Key_M)
    assert service.search.text() == ""
    assert service.offers.current_id() in choices_of(view).missing[0].serves
