"""While an agent reads, the account changes under him: nothing he looks at may move."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from app.changes import Kind
from tests.support import edda
from tests.support.account_desk import AccountDesk
from tests.support.qt import press
from tests.ui.account.conftest import Open
from tests.ui.account.test_orders_tab import named, rows
from ui.account.account_page import AccountPage
from ui.account.order_side import Saying
from ui.widgets.label import Prose
from ui.widgets.record_list import RecordList
from ui.widgets.search_field import SearchField

LOW = 520  # a window in which the lists must scroll

Live = Callable[..., None]


@pytest.fixture
def live(desk: AccountDesk, qtbot: QtBot) -> Live:
    """The server tells a change; what it says then is `parts` beside the rest of the account."""

    def tell(page: AccountPage, **parts: Any) -> None:
        before = page.view()
        desk.accounts.document = json.dumps({**edda.account(), **parts}).encode()
        desk.changes.announce(Kind.ORDER, edda.CUSTOMER)
        qtbot.waitUntil(lambda: page.view() is not before)

    return tell


def many_products(count: int) -> list[dict[str, Any]]:
    """More lines than a window is high, the newest first."""
    model = edda.account()["products"][0]
    return [
        {**model, "id": f"P-{at}", "name": f"Glimt {at}", "place": []}
        for at in range(count, 0, -1)
    ]  # fmt: skip


def many_orders(count: int) -> list[dict[str, Any]]:
    model = edda.account()["orders"][1]
    return [{**model, "id": f"O-{at}", "externalId": f"KO-{at}"} for at in range(count, 0, -1)]


def place_of_current(shown: RecordList) -> int:
    return shown.visualRect(shown.currentIndex()).y()


def test_a_product_that_comes_moves_neither_the_row_nor_the_focus(
    desk: AccountDesk, open_page: Open, live: Live
) -> None:
    desk.accounts.document = json.dumps({**edda.account(), "products": many_products(40)}).encode()
    page = open_page("subscriptions", height=LOW)
    shown = named(page, "Products")
    shown.choose("P-15")
    shown.setFocus()
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().value() + 90)
    before = place_of_current(shown)
    assert shown.verticalScrollBar().value() > 0
    live(page, products=many_products(43))
    assert len(rows(shown)) == 1 + 43
    assert (shown.current_id(), place_of_current(shown)) == ("P-15", before)
    assert QApplication.focusWidget() is shown
    press(shown, Qt.Key.Key_Down)
    assert shown.current_id() == "P-14"


def test_who_has_scrolled_away_from_the_chosen_row_stays_where_he_reads(
    desk: AccountDesk, open_page: Open, live: Live
) -> None:
    desk.accounts.document = json.dumps({**edda.account(), "products": many_products(40)}).encode()
    page = open_page("subscriptions", height=LOW)
    shown = named(page, "Products")
    shown.choose("P-40")
    shown.verticalScrollBar().setValue(600)
    first = shown.indexAt(shown.viewport().rect().topLeft())
    words, top = first.data(), shown.visualRect(first).y()
    live(page, products=many_products(41))
    again = shown.indexAt(shown.viewport().rect().topLeft())
    assert (again.data(), shown.visualRect(again).y()) == (words, top)
    assert shown.current_id() == "P-40"


def test_what_comes_at_the_top_is_seen_where_nobody_has_scrolled(
    desk: AccountDesk, open_page: Open, live: Live
) -> None:
    desk.accounts.document = json.dumps({**edda.account(), "orders": many_orders(12)}).encode()
    page = open_page("orders", height=LOW)
    shown = named(page, "Orders")
    chosen = shown.current_id()
    live(page, orders=many_orders(13))
    assert shown.verticalScrollBar().value() == 0
    assert shown.current_id() == chosen


def test_the_row_that_is_gone_leaves_no_other_marked(
    desk: AccountDesk, open_page: Open, live: Live
) -> None:
    page = open_page("subscriptions")
    shown = named(page, "Products")
    last = [each for each in shown.records.records() if each.can_be_current()][-1].id
    shown.choose(last)
    live(page, products=[each for each in edda.account()["products"] if each["id"] != last])
    assert shown.rows.current == shown.currentIndex().row()
    assert shown.current_id() != last


def test_the_page_of_the_first_tab_stays_scrolled(
    desk: AccountDesk, open_page: Open, live: Live, qtbot: QtBot
) -> None:
    page = open_page(height=LOW)
    area = page.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 60)
    bar.setValue(60)
    orders = edda.account()["orders"]
    orders[0]["state"] = "held"
    live(page, orders=orders)
    QApplication.processEvents()
    assert bar.value() == 60


def test_the_log_stays_turned_up_while_steps_go_on(open_page: Open, live: Live) -> None:
    page = open_page("orders")
    press(named(page, "Orders"), "l")
    log = named(page, "Log of the order")
    assert log.isVisible()
    document = edda.account()
    document["flows"][0]["taskFlows"][4] |= {
        "state": "completed",
        "completionDate": "2026-11-24T11:00:00+00:00",
    }
    live(page, flows=document["flows"])
    assert log.isVisible()


def test_a_longer_sentence_gets_the_room_it_needs(
    open_page: Open, live: Live, qtbot: QtBot
) -> None:
    page = open_page("orders")
    saying = page.findChild(Saying)
    assert saying is not None
    words = saying.findChild(Prose)
    assert words is not None
    flows = edda.account()["flows"]
    flows[0]["taskFlows"][4]["name"] = "Engineer " * 30
    before = words.height()
    live(page, flows=flows)
    qtbot.waitUntil(lambda: words.height() == words.heightForWidth(words.width()) > before)


def test_a_letter_that_comes_takes_neither_words_nor_letter_nor_page(
    desk: AccountDesk, open_page: Open, live: Live
) -> None:
    page = open_page("letters")
    letters = named(page, "Letters")
    letters.choose("D-2")
    search = page.findChild(SearchField)
    assert search is not None
    search.setFocus()
    press(search, "con")
    documents = edda.account()["documents"]
    newest = {**documents[0], "id": "D-99", "creationDate": "2026-11-20T08:00:00+00:00"}
    assert desk.background.wait()
    read = desk.letters.reads
    live(page, documents=[newest, *documents])
    assert desk.background.wait()
    assert letters.current_id() == "D-2"
    assert (search.text(), search.hasFocus()) == ("con", True)
    assert desk.letters.reads == read
