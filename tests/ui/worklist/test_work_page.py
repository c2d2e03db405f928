"""A supervisor goes through what is stuck, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Kind
from backend_client.errors import NotAllowed, Rejected, Trace, Unreachable
from tests.support.qt import Show
from tests.support.worklist import STUCK, FakeNotes, FakeWork, work_desk, work_surroundings
from tests.ui.desk import SOON
from ui.background import Background
from ui.page import OpenAccount, OpenWork
from ui.theme.theme import Theme
from ui.widgets.empty_state import EmptyState
from ui.worklist.item_side import ASSIGN, RETRY, SKIP, TAKE, TAKE_BACK
from ui.worklist.work_page import WorkPage

Key = Qt.Key
Opened = Callable[..., WorkPage]


@pytest.fixture
def work() -> FakeWork:
    return FakeWork()


@pytest.fixture
def notes() -> FakeNotes:
    return FakeNotes()


@pytest.fixture
def opened(
    theme: Theme, background: Background, work: FakeWork, notes: FakeNotes, show: Show,
    qtbot: QtBot,
) -> Opened:  # fmt: skip
    def made(view: str = "") -> WorkPage:
        around = work_surroundings(theme, background, work_desk(work, notes), notes)
        page = WorkPage(around, OpenWork(view))
        show(page, width=1368, height=820)
        if work.fault is None:
            qtbot.waitUntil(lambda: page.reader.found is not None, timeout=SOON)
        page.focus_first()
        return page

    return made


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, held)


def current(page: WorkPage) -> str:
    item = page.list.item()
    return item.id if item is not None else ""


def test_what_is_stuck_comes_first_and_r_tries_it_again(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    page = opened()
    assert current(page) == "T1"
    assert page.side.buttons[RETRY].isVisible()
    press(Key.Key_R)
    qtbot.waitUntil(lambda: current(page) == "T2", timeout=SOON)
    assert work.done == [("retry", "T1")]


def test_a_step_is_passed_over_with_a_reason_and_the_reason_is_kept_meanwhile(
    opened: Opened, work: FakeWork, notes: FakeNotes, qtbot: QtBot
) -> None:
    page = opened()
    press(Key.Key_S)
    box = page.acting.open_box()
    assert box is not None
    QTest.keyClicks(focus(), "Done by telephone")
    qtbot.waitUntil(lambda: "worklist.typed" in notes.held, timeout=SOON)
    assert notes.held["worklist.typed"]["T1"]["reason"] == "Done by telephone"
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(work.done), timeout=SOON)
    assert work.done == [("skip", "T1", "Done by telephone")]


def test_passing_over_without_a_reason_says_what_is_missing(opened: Opened, work: FakeWork) -> None:
    page = opened()
    press(Key.Key_S)
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.acting.open_box() is not None
    assert work.done == []


def test_a_task_asks_for_what_its_form_needs(opened: Opened, work: FakeWork, qtbot: QtBot) -> None:
    page = opened("tasks")
    qtbot.waitUntil(lambda: current(page) == "T3", timeout=SOON)
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.side.isAncestorOf(focus()), timeout=SOON)
    assert work.done == []
    page.side.form.answered.emit("answer", "again")
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(work.done), timeout=SOON)
    assert work.done == [("complete", "T3", {"answer": "again"})]


def test_what_the_server_refuses_in_a_form_stands_under_its_field(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    page = opened("tasks")
    qtbot.waitUntil(lambda: current(page) == "T3", timeout=SOON)
    page.side.form.answered.emit("answer", "again")
    sentence = "A PAC has three letters and six digits."
    work.fault = Rejected(
        sentence, trace=Trace(status=422), fields={"characteristic.pac": sentence}
    )
    press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: focus().accessibleName() == "New code (PAC)")
    work.fault = None


def test_i_take_a_step_and_find_it_among_mine(opened: Opened, work: FakeWork, qtbot: QtBot) -> None:
    page = opened()
    press(Key.Key_T)
    qtbot.waitUntil(lambda: page.tabs.tabText(3) == "Mine" and bool(work.done), timeout=SOON)
    qtbot.waitUntil(lambda: not page.side.buttons[TAKE].isVisible(), timeout=SOON)
    page.go(OpenWork("mine"))
    qtbot.waitUntil(lambda: current(page) == "T1", timeout=SOON)


def test_what_one_may_not_do_is_not_offered(opened: Opened, qtbot: QtBot) -> None:
    page = opened("danger")
    qtbot.waitUntil(lambda: current(page) == "T4", timeout=SOON)
    shown = {name for name, button in page.side.buttons.items() if button.isVisible()}
    assert shown == {TAKE, ASSIGN}
    press(Key.Key_B)
    assert page.acting.open_box() is None


def test_enter_opens_the_order(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(page.wanted, timeout=SOON) as told:
        press(Key.Key_Return)
    assert told.args == [OpenAccount("KF-0041873-6", "Edda Marrowby", "orders")]


def test_offline_everything_that_cannot_wait_is_off(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    page = opened()
    page.workplace.connection.failed()
    qtbot.waitUntil(lambda: not page.side.buttons[RETRY].isEnabled(), timeout=SOON)
    press(Key.Key_R)
    assert work.done == []
    page.workplace.connection.answered()
    qtbot.waitUntil(page.side.buttons[RETRY].isEnabled, timeout=SOON)


def test_a_list_that_cannot_be_read_says_so_and_is_tried_again(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    work.fault = Unreachable("no answer", trace=Trace())
    page = opened()
    qtbot.waitUntil(lambda: bool(page.findChildren(EmptyState)), timeout=SOON)
    work.fault = None
    press(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: current(page) == "T1", timeout=SOON)


def test_a_refusal_is_said_and_nothing_is_lost(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    page = opened()
    sentence = "A supervisor can do this. Ask one."
    work.fault = NotAllowed(sentence, trace=Trace(status=403))
    with qtbot.waitSignal(page.acting.refused, timeout=SOON):
        press(Key.Key_R)
    work.fault = None
    assert page.messages.isVisible()


def test_another_order_that_gets_stuck_appears_by_itself(
    opened: Opened, work: FakeWork, qtbot: QtBot
) -> None:
    work.rows = []
    page = opened()
    assert current(page) == ""
    work.rows = [STUCK]
    page.workplace.changes.announce(Kind.ORDER, "KF-0041873-6")
    qtbot.waitUntil(lambda: current(page) == "T1", timeout=SOON)
    assert page.side.buttons[SKIP].isVisible()
    assert page.side.buttons[TAKE_BACK].isVisible()
