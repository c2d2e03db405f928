"""The Orders tab: lanes, film, sentence, log."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.changes import Kind
from backend_client.ordering import SystemCall
from tests.support import edda
from tests.support.account_desk import AccountDesk
from tests.support.qt import click, press, press_in_window
from tests.ui.account.conftest import Open
from ui.account.order_page import OrderPage
from ui.account.order_side import OrderSide
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.fact_rows import PairRow
from ui.widgets.record_list import RecordList


def named(page: QWidget, name: str) -> RecordList:
    return next(each for each in page.findChildren(RecordList) if each.accessibleName() == name)


def part(page: QWidget, kind: type[QWidget]) -> QWidget:
    found = page.findChild(kind)
    assert found is not None
    return found


def rows(shown: RecordList) -> list[str]:
    return [record.spoken() for record in shown.records.records()]


def test_the_open_order_is_chosen_and_read_out(open_page: Open) -> None:
    page = open_page("orders")
    orders = named(page, "Orders")
    assert rows(orders)[:2] == [
        "In progress, 1",
        "Glimt 500 to Glimt 2500, KO-0093317-4, On time, ordered 17 Nov",
    ]
    assert orders.current_id() == "O-93317"
    film = named(page, "Film of the order")
    assert rows(film)[4].startswith("Engineer visit, now, field dispatch, Jory Mossbeck")
    assert rows(film)[5].startswith("No way back after this line. Until then")


@pytest.mark.parametrize("width", [1280, 1750, 1850])
def test_at_twice_the_size_nothing_of_an_order_is_cut_off(
    open_page: Open, theme: Theme, qtbot: QtBot, width: int
) -> None:
    theme.set_zoom(2.0)
    page = open_page("orders", width=2600, height=1000)
    order = part(page, OrderPage)
    assert isinstance(order, OrderPage)
    area = next(each for each in page.findChildren(QScrollArea) if each.widget() is order)
    qtbot.waitUntil(lambda: order.change.isVisible() and order.width() > width // 2)
    page.window().resize(width, 1000)
    qtbot.waitUntil(lambda: page.width() < width and order.width() == area.viewport().width())
    for button in order.findChildren(KeyButton):
        right = button.mapTo(order, button.rect().topRight()).x()
        assert not button.isVisible() or right < order.width(), button.text()


def test_down_goes_to_the_next_order_past_the_head_of_its_lane(open_page: Open) -> None:
    page = open_page("orders")
    orders = named(page, "Orders")
    press(orders, Qt.Key.Key_Down)
    assert orders.current_id() == "O-91022"
    prices = [row.accessibleName() for row in part(page, OrderSide).findChildren(PairRow)]
    assert "+ World roaming pass £12.00" in prices


def test_c_copies_the_sentence_of_the_order_in_front(open_page: Open) -> None:
    page = open_page("orders")
    orders = named(page, "Orders")
    press(orders, Qt.Key.Key_Down)
    press_in_window(page.window(), Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == (
        "Your order World roaming pass was done on Tuesday 13 October."
    )


def test_l_turns_between_film_and_log(open_page: Open) -> None:
    page = open_page("orders")
    log = named(page, "Log of the order")
    assert not log.isVisible()
    press_in_window(page.window(), Qt.Key.Key_L)
    assert log.isVisible()
    assert rows(log)[0].startswith("Engineer visit, now, 18 Nov 09:05")
    press_in_window(page.window(), Qt.Key.Key_L)
    assert named(page, "Film of the order").isVisible()


def test_the_order_number_is_copied(open_page: Open) -> None:
    page = open_page("orders")
    copies = part(page, OrderPage).findChildren(KeyButton)
    button = next(each for each in copies if each.accessibleName() == "Copy the order number")
    click(button)
    assert QGuiApplication.clipboard().text() == "KO-0093317-4"


def test_a_step_that_is_done_moves_on_in_place(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    page = open_page("orders")
    film = named(page, "Film of the order")
    film.choose("T-2")
    document = edda.account()
    document["flows"][0]["taskFlows"][4] |= {
        "state": "completed",
        "completionDate": "2026-11-24T11:00:00+00:00",
    }
    desk.accounts.document = json.dumps(document).encode()
    desk.changes.announce(Kind.ORDER, edda.CUSTOMER)
    qtbot.waitUntil(lambda: "Engineer visit, done" in rows(film)[4])
    assert film.current_id() == "T-2"


def test_without_orders_the_tab_says_how_they_come(desk: AccountDesk, open_page: Open) -> None:
    desk.accounts.document = json.dumps({**edda.account(), "orders": []}).encode()
    page = open_page("orders")
    empty = [child.accessibleName() for child in page.findChildren(QWidget) if child.isVisible()]
    assert "No orders. Orders appear here when a product is added." in empty


def test_the_log_shows_each_call_with_its_answer(
    desk: AccountDesk, open_page: Open, qtbot: QtBot
) -> None:
    at = edda.NOW - dt.timedelta(days=2, seconds=3)
    desk.orders.calls = (
        SystemCall(
            task_id="T-4",
            at=at,
            system="calendar",
            operation="book-visit",
            outcome="answered",
            text="visit V-558201",
        ),
    )
    page = open_page("orders")
    log = named(page, "Log of the order")
    press_in_window(page.window(), Qt.Key.Key_L)
    said = "Engineer booked, done, calendar: book visit, 18 Nov 09:13:57, Answered, visit V-558201"
    qtbot.waitUntil(lambda: rows(log) == [said])
