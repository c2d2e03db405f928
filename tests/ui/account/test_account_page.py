"""The account page: what is shown when, where keys lead, and that nothing jumps."""

from __future__ import annotations

import json
import threading

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Kind
from backend_client import Unreachable
from tests.support import edda
from tests.support.account_desk import AccountDesk
from tests.support.qt import press, press_in_window
from tests.ui.account.conftest import Open
from ui.account.account_page import AccountPage
from ui.account.customer_tab import CustomerTab
from ui.account.orders_tab import OrdersTab
from ui.page import NewDraft, OpenAccount
from ui.theme.theme import Theme
from ui.widgets.fact_rows import FactRows
from ui.widgets.product_board import TileBoard

ALT = Qt.KeyboardModifier.AltModifier


class Watch(QObject):
    """Notes what is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.windows += [type(watched).__name__] if watched.isWindow() else []
        return False


def tab_id(page: AccountPage) -> str:
    return page.body.tabs.current_id()


def texts(widget: QWidget) -> str:
    """Everything that is said on a part of the screen."""
    said = [child.accessibleName() for child in widget.findChildren(QWidget)]
    said += [str(child.property("text")) for child in widget.findChildren(QWidget)]
    return " | ".join(part for part in said if part and part != "None")


def _pass(gate: threading.Event) -> None:
    assert gate.wait(20)


def test_what_this_machine_has_is_shown_before_the_server_answers(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    desk.accounts.in_store = True
    desk.accounts.fault = Unreachable()
    page = open_page()
    assert page.tab().text == "Edda Marrowby"
    qtbot.waitUntil(page.messages.isVisible)
    assert "Shown as of Today 09:14." in texts(page.messages)
    desk.accounts.fault = None
    press_in_window(page.window(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.messages.isVisible())


def test_without_store_and_server_the_page_says_what_to_do(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    desk.accounts.fault = Unreachable()
    page = open_page(waits=False)
    qtbot.waitUntil(lambda: "could not be read" in texts(page.body))
    desk.accounts.fault = None
    press_in_window(page.window(), Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.body.current() is not None)


def test_grey_bars_stand_there_only_while_nothing_is_known(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    gate = threading.Event()
    desk.accounts.before = lambda: _pass(gate)
    page = open_page(waits=False)
    qtbot.waitUntil(lambda: "Loading" in texts(page.body))
    gate.set()
    qtbot.waitUntil(lambda: isinstance(page.body.current(), CustomerTab))


def test_alt_and_a_number_choose_the_tabs(open_page: Open) -> None:
    page = open_page()
    seen = []
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1):
        press_in_window(page.window(), key, ALT)
        seen.append(tab_id(page))
    assert seen == ["subscriptions", "orders", "letters", "customer"]


def test_a_tab_is_built_when_it_is_first_shown_and_then_kept(open_page: Open) -> None:
    page = open_page()
    assert page.findChild(OrdersTab) is None
    page.body.tabs.choose("orders")
    built = page.findChild(OrdersTab)
    page.body.tabs.choose("customer")
    page.body.tabs.choose("orders")
    assert page.findChildren(OrdersTab) == [built]


def test_the_tabs_say_what_is_new(open_page: Open) -> None:
    bar = open_page().body.tabs
    spoken = [bar.accessibleTabName(at) for at in range(bar.count())]
    assert spoken == ["Customer", "Products, 12", "Orders, 1", "Letters, 1 new"]


def test_opening_puts_the_focus_on_the_first_list(open_page: Open) -> None:
    open_page()
    assert isinstance(QApplication.focusWidget(), TileBoard)


def test_the_keys_work_at_once_where_nothing_had_the_focus(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    desk.accounts.fault = Unreachable()
    page = open_page(waits=False)
    assert page.window().focusWidget() is page.body.tabs
    desk.accounts.fault = None
    press_in_window(page.window(), Qt.Key.Key_3, ALT)
    assert tab_id(page) == "orders"
    desk.changes.announce(Kind.CONNECTION)
    qtbot.waitUntil(lambda: page.body.current() is not None)


def test_a_tab_can_be_asked_for(open_page: Open) -> None:
    page = open_page("orders")
    assert tab_id(page) == "orders"
    assert page.destination() == OpenAccount(edda.CUSTOMER, "Edda Marrowby", tab="orders")
    page.go(OpenAccount(edda.CUSTOMER, tab="letters"))
    assert tab_id(page) == "letters"


def test_an_answer_leads_to_its_tab(open_page: Open) -> None:
    page = open_page()
    order = page.header.answers.parts()[1]
    assert order.accessibleName().startswith("Where is my order? Engineer visit Tue 24 Nov")
    order.click()
    assert tab_id(page) == "orders"


def test_an_alert_leads_to_its_letter_and_folds_on_other_tabs(open_page: Open) -> None:
    page = open_page()
    (strip,) = page.header.alert_strips()
    assert strip.isVisible()
    strip.button().click()
    assert tab_id(page) == "letters"
    assert not strip.isVisible()
    assert "1 alert" in texts(page.header)


def test_in_a_low_window_alerts_fold_on_the_first_tab_too(open_page: Open) -> None:
    page = open_page(height=660)
    assert not page.header.alert_strips()[0].isVisible()


def test_c_copies_the_sentence_of_the_open_order_from_anywhere(open_page: Open) -> None:
    page = open_page()
    press_in_window(page.window(), Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().startswith("Your order is on time.")
    assert "Copied:" in texts(page.messages)


def test_p_asks_for_the_wizard(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    with qtbot.waitSignal(page.wanted) as asked:
        press_in_window(page.window(), Qt.Key.Key_P)
    assert asked.args == [NewDraft(customer_id=edda.CUSTOMER, name="Edda Marrowby")]


def test_a_change_of_this_customer_is_read_and_shown_in_place(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page("orders")
    tab = page.body.current()
    focus = QApplication.focusWidget()
    document = edda.account()
    document["orders"][0]["state"] = "held"
    desk.accounts.document = json.dumps(document).encode()
    desk.changes.announce(Kind.ORDER, edda.CUSTOMER)
    qtbot.waitUntil(lambda: "stuck" in texts(page.header).lower())
    assert page.body.current() is tab
    assert QApplication.focusWidget() is focus


def test_changes_of_others_and_of_other_kinds_are_not_read(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    open_page()
    before = desk.accounts.fetched
    desk.changes.announce(Kind.ORDER, "KF-0000002-1")
    desk.changes.announce(Kind.DRAFT, edda.CUSTOMER)
    desk.changes.announce(Kind.CUSTOMER, edda.CUSTOMER)
    qtbot.waitUntil(lambda: desk.accounts.fetched > before)
    assert desk.accounts.fetched == before + 1


def test_when_the_line_comes_back_old_words_are_read_anew(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    desk.accounts.in_store = True
    desk.accounts.fault = Unreachable()
    page = open_page()
    qtbot.waitUntil(page.messages.isVisible)
    desk.accounts.fault = None
    desk.changes.announce(Kind.CONNECTION)
    qtbot.waitUntil(lambda: not page.messages.isVisible())


def test_rights_decide_which_tabs_there_are(theme: Theme, qtbot: QtBot) -> None:
    desk = AccountDesk(theme, rights=("letter.read",))
    page = AccountPage(desk.surroundings, OpenAccount(edda.CUSTOMER), may_add=True)
    qtbot.addWidget(page)
    assert page.body.tabs.count() == 1
    assert tab_id(page) == "letters"
    qtbot.waitUntil(lambda: page.body.current() is not None)
    hints = page.keys()
    assert "P" not in [hint.key for hint in hints]
    assert desk.background.wait()


def test_who_may_read_nothing_is_told_so(theme: Theme, qtbot: QtBot) -> None:
    desk = AccountDesk(theme, rights=())
    page = AccountPage(desk.surroundings, OpenAccount(edda.CUSTOMER), may_add=True)
    qtbot.addWidget(page)
    assert "You may not read accounts" in texts(page.body)
    assert desk.accounts.fetched == 0


def test_no_part_of_the_page_flashes_up_as_a_window_of_its_own(
    qapp: QApplication, open_page: Open
) -> None:
    watch = Watch()
    qapp.installEventFilter(watch)
    page = open_page()
    for tab in ("subscriptions", "orders", "letters"):
        page.body.tabs.choose(tab)
    qapp.removeEventFilter(watch)
    assert watch.windows == ["QWidget"]


@pytest.mark.parametrize("width", [1207, 1387])
def test_the_right_column_folds_in_narrow_windows(open_page: Open, width: int) -> None:
    page = open_page(width=width)
    tab = page.body.current()
    assert isinstance(tab, CustomerTab)
    side = tab.findChild(QWidget, "account-side")
    assert side is not None
    narrow = width < 1360
    assert side.isVisible() is not narrow
    if narrow:
        press_in_window(page.window(), Qt.Key.Key_D)
        assert side.isVisible()


def test_at_twice_the_size_everything_still_fits_the_window(theme: Theme, open_page: Open) -> None:
    theme.set_zoom(2.0)
    page = open_page()
    for tab in ("subscriptions", "orders", "letters"):
        page.body.tabs.choose(tab)
    assert page.window().width() == 1387


def test_a_customers_name_is_never_obeyed_as_markup(desk: AccountDesk, open_page: Open) -> None:
    document = edda.account()
    document["customer"]["name"] = "Jens <b Olsen"
    desk.accounts.document = json.dumps(document).encode()
    page = open_page()
    assert page.tab().text == "Jens <b Olsen"
    assert "Jens <b Olsen" in texts(page.header)


def test_facts_are_copied_with_ctrl_c(open_page: Open) -> None:
    page = open_page()
    facts = page.findChild(FactRows)
    assert facts is not None
    facts.choose("email0")
    said = facts.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("E-mail: Returned")
    press(facts, Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "edda.marrowby@example.com"


def test_the_page_is_one_destination_of_the_window(desk: AccountDesk, qtbot: QtBot) -> None:
    from ui.pages import MAKERS

    page = MAKERS[OpenAccount](desk.surroundings, OpenAccount(edda.CUSTOMER, "Edda"))
    qtbot.addWidget(page)
    assert page.tab().id == f"account:{edda.CUSTOMER}"
    assert desk.background.wait()
