"""Cancelling, changing and taking back an order from its page, by keys."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.changes import Kind
from app.orders.amending import Wanted
from app.orders.desk import Stopping
from backend_client import Conflict, Rejected, Unreachable
from backend_client.errors import Trace
from backend_client.ordering import Cancelling, OrderOptions
from tests.support import edda_orders
from tests.support.account_desk import AccountDesk
from tests.support.fake_orders import OPEN, SLOTS
from tests.support.qt import click, press, press_in_window
from tests.ui.account.conftest import Open
from ui.account.account_page import AccountPage
from ui.account.order_page import OrderPage
from ui.account.order_side import OrderSide
from ui.widgets.choice import Choice
from ui.widgets.fact_rows import PairRow
from ui.widgets.field import Field
from ui.widgets.record_list import RecordList
from ui.widgets.tick import Tick

TRACE = Trace(method="POST", route="/cancelProductOrder", request_id="r-1")
ENTER, ESCAPE, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete


@pytest.fixture
def page(open_page: Open, qtbot: QtBot) -> AccountPage:
    """The Orders tab with the options of the open order."""
    opened = open_page("orders")
    qtbot.waitUntil(order_page(opened).cancel.isVisible)
    return opened


def order_page(page: AccountPage) -> OrderPage:
    found = page.findChild(OrderPage)
    assert found is not None
    return found


def said(page: AccountPage) -> str:
    shown = page.messages.shown()
    return shown.spoken() if shown else ""


def orders_list(page: AccountPage) -> RecordList:
    return next(each for each in page.findChildren(RecordList) if each.accessibleName() == "Orders")


def open_cancel(page: AccountPage, qtbot: QtBot) -> None:
    press_in_window(page.window(), DELETE)
    qtbot.waitUntil(order_page(page).cancelling.isVisible)


def open_change(page: AccountPage, qtbot: QtBot) -> None:
    press_in_window(page.window(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(order_page(page).changing.findChildren(Tick)))


def field(page: AccountPage) -> Field:
    found = order_page(page).cancelling.findChild(Field)
    assert found is not None
    return found


def test_what_can_still_be_changed_stands_with_its_end(page: AccountPage) -> None:
    side = page.findChild(OrderSide)
    assert side is not None
    rows = [row.accessibleName() for row in side.findChildren(PairRow)]
    assert {
        "Appointment until Mon 23 Nov 12:00",
        "Speed, add-ons until fibre terminal linked",
        "Cancel, free of charge until fibre terminal linked",
    } < set(rows)
    film = next(
        each
        for each in page.findChildren(RecordList)
        if each.accessibleName() == "Film of the order"
    )
    assert film.records.records()[5].spoken() == (
        "No way back after this line. Until then: cancel or change free of charge"
    )


def test_an_order_is_cancelled_by_delete_a_reason_and_enter(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    open_cancel(page, qtbot)
    strip = order_page(page).cancelling
    assert strip.words.text().startswith("It costs nothing. Taken back, the last first: engineer")
    field(page).input.setFocus()
    press(field(page).input, "a neighbour", ENTER)
    qtbot.waitUntil(strip.isHidden)
    assert desk.orders.done == [("cancel", edda_orders.OPEN, "Changed their mind: a neighbour")]
    assert said(page) == "KO-0093317-4 is being cancelled; what was done is taken back."


def test_escape_leaves_the_strip_and_the_list_has_the_focus_again(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    open_cancel(page, qtbot)
    press_in_window(page.window(), ESCAPE)
    assert order_page(page).cancelling.isHidden()
    assert orders_list(page).hasFocus()
    assert desk.orders.done == []


def test_what_was_typed_as_a_reason_is_there_again(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    open_cancel(page, qtbot)
    field(page).input.setFocus()
    press(field(page).input, "too sl")
    qtbot.waitUntil(lambda: bool(desk.orders.kept.values))
    press_in_window(page.window(), ESCAPE)
    open_cancel(page, qtbot)
    assert field(page).text() == "too sl"


def test_another_reason_must_be_told(desk: AccountDesk, page: AccountPage, qtbot: QtBot) -> None:
    open_cancel(page, qtbot)
    strip = order_page(page).cancelling
    choice = strip.findChild(Choice)
    assert choice is not None
    choice.choose("other")
    click(strip.act)
    assert strip.trouble.text() == "Say the other reason in a few words."
    assert desk.orders.done == []


def test_no_answer_keeps_the_reason_and_asks_for_the_same_once_more(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    desk.orders.fault = Unreachable("No answer.", trace=TRACE, may_have_happened=True)
    open_cancel(page, qtbot)
    strip = order_page(page).cancelling
    click(strip.act)
    qtbot.waitUntil(lambda: "did not answer" in strip.trouble.text())
    assert strip.isVisible()
    desk.orders.fault = None
    click(strip.act)
    qtbot.waitUntil(strip.isHidden)
    assert len(set(desk.orders.keys)) == 1


def test_too_late_is_said_where_it_was_asked_for(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    desk.orders.stopping = Stopping.TOO_LATE
    open_cancel(page, qtbot)
    click(order_page(page).cancelling.act)
    trouble = order_page(page).cancelling.trouble
    qtbot.waitUntil(lambda: "no way back any more" in trouble.text())


def test_without_a_line_nothing_of_it_can_be_done(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    desk.line.online = False
    desk.changes.announce(Kind.CONNECTION)
    shown = order_page(page)
    qtbot.waitUntil(lambda: not shown.cancel.isEnabled())
    assert not shown.change.isEnabled()
    press_in_window(page.window(), DELETE)
    assert shown.cancelling.isHidden()


def test_who_may_not_is_not_offered_it(open_page: Open, desk: AccountDesk, qtbot: QtBot) -> None:
    desk.forbid("order.cancel", "order.amend")
    shown = order_page(open_page("orders"))
    assert desk.background.wait()
    qtbot.wait(1)
    assert shown.cancel.isHidden()
    assert shown.change.isHidden()


def test_a_visit_is_moved_and_an_item_taken_out_by_one_press(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    open_change(page, qtbot)
    strip = order_page(page).changing
    slots = next(
        each
        for each in strip.findChildren(Choice)
        if each.accessibleName() == "When the engineer comes"
    )
    slots.choose("0")
    slots.chosen.emit("0")
    tick = strip.findChild(Tick)
    assert tick is not None
    tick.setChecked(False)
    click(strip.act)
    qtbot.waitUntil(strip.isHidden)
    wanted = Wanted(slot=SLOTS[0], without=frozenset({"3"}))
    assert desk.orders.done == [("amend", edda_orders.OPEN, wanted)]
    assert said(page) == (
        "KO-0093317-4 is changed: the engineer comes Tue 24 Nov, 12:00–16:00,"
        " without Engineer installation visit."
    )


def test_nothing_changed_is_no_change(desk: AccountDesk, page: AccountPage, qtbot: QtBot) -> None:
    open_change(page, qtbot)
    click(order_page(page).changing.act)
    assert order_page(page).changing.trouble.text() == "Nothing is changed yet."
    assert desk.orders.done == []


@pytest.mark.parametrize("kind", [Conflict, Rejected])
def test_a_change_that_is_refused_says_why_and_stays(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot, kind: type[Conflict | Rejected]
) -> None:
    desk.orders.fault = kind("Cosmo changed this order a minute ago.", trace=TRACE)
    open_change(page, qtbot)
    strip = order_page(page).changing
    tick = strip.findChild(Tick)
    assert tick is not None
    tick.setChecked(False)
    click(strip.act)
    qtbot.waitUntil(lambda: strip.trouble.text().startswith("Cosmo changed"))
    assert strip.isVisible()
    assert strip.fields() == {"without": "3"}


def held(desk: AccountDesk, seconds: float) -> None:
    told = msgspec.structs.replace(OPEN, undo_seconds=seconds)
    desk.orders.told = {edda_orders.OPEN: told}


def test_an_order_that_has_not_begun_is_taken_back(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    held(desk, 60)
    desk.orders.stopping = Stopping.AT_ONCE
    page = open_page("orders")
    qtbot.waitUntil(order_page(page).hold.isVisible)
    press_in_window(page.window(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: said(page) == "KO-0093317-4 is taken back; nothing was sent.")
    assert desk.orders.done == [("undo", edda_orders.OPEN, None)]


def test_an_order_that_waits_is_begun_at_once(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    held(desk, 60)
    page = open_page("orders")
    qtbot.waitUntil(order_page(page).hold.isVisible)
    fetched = desk.accounts.fetched
    press_in_window(page.window(), Qt.Key.Key_X)
    qtbot.waitUntil(lambda: desk.accounts.fetched > fetched)
    qtbot.waitUntil(order_page(page).hold.isHidden)
    assert desk.orders.done == [("begin", edda_orders.OPEN, None)]


def test_an_undo_that_comes_too_late_says_so(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    held(desk, 60)
    page = open_page("orders")
    qtbot.waitUntil(order_page(page).hold.isVisible)
    click(order_page(page).hold.button())
    qtbot.waitUntil(lambda: said(page) == "It had begun already. It is being cancelled.")


def test_another_order_has_options_of_its_own(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    held(desk, 60)
    press(orders_list(page), Qt.Key.Key_Down)
    shown = order_page(page)
    qtbot.waitUntil(shown.cancel.isHidden)
    assert shown.hold.isHidden()


def test_a_fee_is_named_before_it_is_asked_for(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    until = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    cancel = Cancelling(possible=True, until=until, fee="25", text="Taken back: SIM reserved.")
    desk.orders.told = {edda_orders.OPEN: OrderOptions(cancel=cancel)}
    page = open_page("orders")
    qtbot.waitUntil(order_page(page).cancel.isVisible)
    open_cancel(page, qtbot)
    assert order_page(page).cancelling.words.text() == "It costs £25.00. Taken back: SIM reserved."


def test_the_sentence_is_sent_as_a_text_once(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    side = page.findChild(OrderSide)
    assert side is not None
    assert side.text.text() == "Send as a text to 07700 900471"
    click(side.text)
    qtbot.waitUntil(lambda: said(page) == "The text goes to 07700 900471.")
    click(side.text)
    qtbot.waitUntil(lambda: len(desk.orders.done) == 2)
    ((_, _, told), _) = desk.orders.done
    assert isinstance(told, tuple)
    assert told[2].startswith("Your order is on time.")
    assert len(set(desk.orders.keys)) == 1


def test_a_text_that_was_not_sent_says_so(
    desk: AccountDesk, page: AccountPage, qtbot: QtBot
) -> None:
    desk.orders.fault = Unreachable("No answer.", trace=TRACE)
    side = page.findChild(OrderSide)
    assert side is not None
    click(side.text)
    qtbot.waitUntil(lambda: said(page).startswith("The text was not sent. The server did not"))


def test_who_may_not_write_to_customers_sends_no_texts(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    desk.forbid("letter.send")
    page = open_page("orders")
    qtbot.waitUntil(order_page(page).cancel.isVisible)
    side = page.findChild(OrderSide)
    assert side is not None
    assert side.text.isHidden()
