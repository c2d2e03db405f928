"""The main window over the real backend: tabs, places, keys, lost lines and sign-ins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk_state import DeskState
from app.faults import Fault, FaultKind
from app.home.greeting import greeting
from app.store.faults import FaultKind as StoreFaultKind
from app.store.faults import sentence_of
from tests.app.store.people import EDDA, EVERYBODY
from tests.support.backend import RunningBackend
from tests.support.desk import creation
from tests.support.qt import click, press, press_in_window
from tests.ui.desk import PAPER, SOON, PaperPage
from ui.home.home_page import HomePage
from ui.main_window import MainWindow
from ui.page import GoHome, NewDraft, OpenAccount, Surroundings

pytestmark = pytest.mark.journey


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, surroundings: Surroundings) -> Iterator[MainWindow]:
    """Maren's window, open on the home page."""
    made = MainWindow(surroundings, PAPER, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()
    surroundings.background.wait()


def paper(window: MainWindow) -> PaperPage:
    return cast("PaperPage", window.pages.current())


def test_it_opens_on_the_home_page_with_the_focus_in_the_search(
    window: MainWindow, surroundings: Surroundings
) -> None:
    home = window.pages.current()
    assert isinstance(home, HomePage)
    assert QApplication.focusWidget() is home.regions()[0]
    assert greeting(surroundings.workplace.clock(), "Maren")
    assert window.windowTitle() == "Jackfield · Kestrelfjord Telecom"


def test_an_account_opens_in_a_tab_of_its_own_and_only_once(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda Marrowby"))
    first = paper(window)
    window.open(GoHome())
    window.open(OpenAccount("KF-1", "Edda Marrowby", tab="orders"))
    assert paper(window) is first
    assert window.tabs.ids() == ["home", "account:KF-1"]
    assert cast("OpenAccount", first.asked[-1]).tab == "orders"


def test_opened_beside_it_waits_behind_and_is_not_built_yet(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda Marrowby", beside=True))
    assert window.pages.current_id() == "home"
    assert window.tabs.ids() == ["home", "account:KF-1"]
    assert window.stack.count() == 1
    press_in_window(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.current_id() == "account:KF-1"
    assert window.stack.count() == 2


def test_the_search_gives_way_to_the_names_on_the_home_page(window: MainWindow) -> None:
    assert not window.search.isVisible()
    window.open(OpenAccount("KF-1", "Edda"))
    assert window.search.isVisible()


def test_closing_a_tab_lets_its_page_write_first(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    page = paper(window)
    press_in_window(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert page.closed == 1
    assert window.tabs.ids() == ["home"]
    assert window.pages.current_id() == "home"
    press_in_window(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.ids() == ["home"]


def test_the_focus_is_where_it_was_when_a_tab_is_shown_again(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    field = paper(window).field
    window.open(GoHome())
    window.open(OpenAccount("KF-1", "Edda"))
    assert QApplication.focusWidget() is field


def test_a_page_that_is_finished_goes(window: MainWindow) -> None:
    window.open(NewDraft())
    page = paper(window)
    page.finished.emit()
    assert window.pages.current_id() == "home"


def test_a_page_may_ask_for_another_and_change_its_words(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    page = paper(window)
    page.title = "Edda Marrowby"
    page.tab_changed.emit()
    assert window.tabs.tabText(1) == "Edda Marrowby"
    page.wanted.emit(OpenAccount("KF-2", "Kelda"))
    assert window.pages.current_id() == "account:KF-2"


def test_the_rail_leads_home_and_back_to_the_last_account(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    home, customers, keys = window.rail.items()
    click(home)
    assert window.pages.current_id() == "home"
    click(customers)
    assert window.pages.current_id() == "account:KF-1"
    assert customers.isChecked()
    click(keys)
    assert window.key_sheet.isVisible()


def test_without_an_account_the_rail_leads_to_the_search(window: MainWindow) -> None:
    click(window.rail.items()[1])
    assert window.pages.current_id() == "home"


def test_f6_goes_round_and_comes_back(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    window.messages.say("error", "Something is wrong.")
    field = paper(window).field
    seen = []
    for _ in range(4):
        press_in_window(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[1] in window.rail.items()
    assert seen[2] is window.tabs
    assert seen[3] is field
    press_in_window(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is window.tabs


def test_ctrl_k_is_the_search_wherever_one_is(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    press_in_window(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.search
    window.open(GoHome())
    window.rail.items()[0].setFocus()
    press_in_window(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.pages.current(), HomePage)
    assert QApplication.focusWidget() is window.pages.current().regions()[0]  # type: ignore[union-attr]  # the line above


def test_ctrl_n_takes_the_typed_name_along(window: MainWindow) -> None:
    press(QApplication.focusWidget(), "Jorun Nether")  # type: ignore[arg-type]  # the search
    press_in_window(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert paper(window).asked == [NewDraft(name="Jorun Nether")]


def test_the_status_bar_and_the_sheet_teach_the_keys(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    press_in_window(window, Qt.Key.Key_F1)
    assert window.key_sheet.isVisible()
    press_in_window(window, Qt.Key.Key_Escape)
    assert not window.key_sheet.isVisible()
    assert QApplication.focusWidget() is window.top.help


def test_tabs_come_back_unbuilt(
    qapp: QApplication, qtbot: QtBot, window: MainWindow, surroundings: Surroundings
) -> None:
    window.open(OpenAccount("KF-1", "Edda Marrowby"))
    window.open(OpenAccount("KF-2", "Kelda Marrowby"))
    window.close()
    surroundings.background.wait()
    again = MainWindow(surroundings, PAPER, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(again)
    again.restore_tabs()
    qtbot.waitUntil(lambda: again.tabs.count() == 3, timeout=SOON)
    assert again.tabs.ids() == ["home", "account:KF-1", "account:KF-2"]
    assert again.pages.current_id() == "home"
    assert again.stack.count() == 1
    again.close()


def test_a_call_opens_the_account_it_belongs_to(
    window: MainWindow, surroundings: Surroundings, qtbot: QtBot
) -> None:
    workplace = surroundings.workplace
    workplace.store.customers.put_many(EVERYBODY, workplace.clock())
    window.call(EDDA.telephones[0])
    qtbot.waitUntil(lambda: window.pages.current_id() == f"account:{EDDA.id}", timeout=SOON)


def test_a_call_from_nobody_known_stands_in_the_search(window: MainWindow, qtbot: QtBot) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    window.call("07700900999")
    qtbot.waitUntil(lambda: window.pages.current_id() == "home", timeout=SOON)
    assert cast("HomePage", window.pages.current()).search_text() == "07700 900999"


def test_an_opened_account_is_counted_in_the_day(
    window: MainWindow, surroundings: Surroundings, qtbot: QtBot
) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    day = surroundings.workplace.day
    qtbot.waitUntil(lambda: bool(day.figures()), timeout=SOON)
    assert day.figures()[0].value == "1"


def test_a_lost_line_is_said_and_covers_nothing(
    window: MainWindow, surroundings: Surroundings, operator: RunningBackend, qtbot: QtBot
) -> None:
    operator.offline()
    surroundings.workplace.connection.doubted()
    qtbot.waitUntil(window.offline.isVisible, timeout=SOON)
    assert "No connection." in window.offline.accessibleName()
    sender = surroundings.workplace.sender
    sender.submit(creation(surroundings.workplace.user.id))
    qtbot.waitUntil(lambda: window.unsent() == 1, timeout=SOON)
    assert "1 waits to be sent" in window.offline.accessibleName()
    operator.online()
    press_in_window(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.offline.isVisible(), timeout=SOON)
    home = cast("HomePage", window.pages.current())
    qtbot.waitUntil(lambda: home.messages.shown() is not None, timeout=SOON)
    shown = home.messages.shown()
    assert shown is not None
    assert shown.text == "Connected again. 1 sent, none refused."


def test_a_sign_in_that_ends_is_asked_for_over_the_page(
    window: MainWindow, surroundings: Surroundings, qtbot: QtBot
) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    field = paper(window).field
    press(field, "half a sentence")
    surroundings.workplace.session.ended()
    qtbot.waitUntil(window.again.isVisible, timeout=SOON)
    assert QApplication.focusWidget() is field
    assert window.again.text() == "You have been signed out. Your work is kept. Sign in again."
    press(window.again.password, "wrong", Qt.Key.Key_Return)
    qtbot.waitUntil(window.again.button.isEnabled, timeout=SOON)
    assert window.again.isVisible()
    window.again.password.clear()
    press(window.again.password, "agent", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.again.isVisible(), timeout=SOON)
    assert field.text() == "half a sentence"
    assert window.again.password.text() == ""
    assert not surroundings.workplace.session.expired


def test_a_failure_that_nobody_handled_is_said_on_the_page_in_front(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    again: list[str] = []
    fault = Fault(FaultKind.UNREACHABLE, "The server did not answer.", retry_helps=True)
    window.messages.fault(fault, lambda: again.append("again"))
    shown = paper(window).messages.shown()
    assert shown is not None
    assert (shown.text, shown.action) == ("The server did not answer.", "Try again")
    press_in_window(
        window,
        Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    press(QApplication.focusWidget(), Qt.Key.Key_Return)  # type: ignore[arg-type]  # its button
    assert again == ["again"]


def test_a_failure_that_only_a_sign_in_mends_asks_for_it(window: MainWindow, qtbot: QtBot) -> None:
    window.messages.fault(Fault(FaultKind.SIGNED_OUT, "Sign in."), lambda: None)
    qtbot.waitUntil(window.again.isVisible, timeout=SOON)


def test_a_mistake_of_the_program_can_be_reported_without_personal_data(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.messages.fault(
        Fault(FaultKind.PROGRAM, "Wrong here.", log_line="KeyError"), lambda: None
    )
    home = cast("HomePage", window.pages.current())
    shown = home.messages.shown()
    assert shown is not None
    assert shown.action == "Copy report"
    home.messages.acted.emit(shown.id)
    assert QApplication.clipboard().text() == "KeyError"


def test_look_and_zoom_act_at_once(window: MainWindow, surroundings: Surroundings) -> None:
    click(window.top.initials)
    assert window.menu.isVisible()
    window.menu.look.choose("dark")
    assert surroundings.theme.scheme == "dark"
    window.menu.zoom.choose("1.5")
    assert surroundings.theme.zoom == 1.5
    assert window.top.height() == 72


def test_signing_out_is_told_after_the_server_knows(
    window: MainWindow, surroundings: Surroundings, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.signed_out, timeout=SOON):
        click(window.menu.sign_out)


def test_why_nothing_is_kept_is_said(
    qapp: QApplication, qtbot: QtBot, surroundings: Surroundings
) -> None:
    from dataclasses import replace

    store = replace(surroundings.workplace.store, why_memory=StoreFaultKind.NO_KEYCHAIN)
    here = replace(surroundings, workplace=replace(surroundings.workplace, store=store))
    window = MainWindow(here, PAPER, qapp, DeskState(), "Jackfield")
    qtbot.addWidget(window)
    shown = cast("HomePage", window.pages.current()).messages.shown()
    assert shown is not None
    assert shown.text == sentence_of(StoreFaultKind.NO_KEYCHAIN)


def test_every_part_has_a_name_for_assistive_technology(window: MainWindow) -> None:
    window.open(OpenAccount("KF-1", "Edda"))
    stops = [window.search, window.tabs, window.top.help, window.top.initials, *window.rail.items()]
    assert all(stop.accessibleName() for stop in stops)
