"""Products as tiles and as rows."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support import edda
from tests.support.account_desk import AccountDesk
from tests.support.qt import press, press_in_window
from tests.ui.account.conftest import Open
from tests.ui.account.test_orders_tab import named, rows
from ui.page import NewDeed, NewDraft
from ui.widgets.product_board import TileBoard


def board(page: QWidget) -> TileBoard:
    found = page.findChild(TileBoard)
    assert isinstance(found, TileBoard)
    return found


def test_a_tile_says_everything_it_shows(open_page: Open) -> None:
    spoken = rows(board(open_page()))
    assert spoken[:2] == [
        "14 Pebblewick Rise, QX4 7TR, £64.00",
        "Glimt 500, Until 11 Mar 2028, £35.00, Becomes Glimt 2500",
    ]


def test_the_first_tile_has_the_focus_and_down_goes_on_to_the_next_group(open_page: Open) -> None:
    tiles = board(open_page())
    assert QApplication.focusWidget() is tiles
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(tiles, key)
    assert tiles.current_id() == "P-M19"


def test_enter_on_a_tile_shows_its_row(open_page: Open) -> None:
    page = open_page()
    board(page).choose("P-M05")
    press(board(page), Qt.Key.Key_Return)
    assert page.body.tabs.current_id() == "subscriptions"
    assert named(page, "Products").current_id() == "P-M05"


def test_the_dashed_tile_adds(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    tiles = board(page)
    place = tiles.visualRect(tiles.records.index(tiles.records.row_of("add")))
    with qtbot.waitSignal(page.wanted) as asked:
        QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert isinstance(asked.args[0] if asked.args else None, NewDraft)


def test_the_rows_end_with_what_is_no_more(open_page: Open) -> None:
    page = open_page("subscriptions")
    spoken = rows(named(page, "Products"))
    assert spoken[0] == "14 Pebblewick Rise, QX4 7TR, £64.00"
    assert spoken[-2:] == ["Ended, 1", "Touchline Sports, Ended, Ended 31 Aug 2026, £20.00"]


def test_the_product_in_front_is_told_beside_the_list(open_page: Open) -> None:
    page = open_page("subscriptions")
    named(page, "Products").choose("P-M03")
    said = rows(named(page, "Facts of the product"))
    assert "Number: 07700 900471 Edda" in said
    assert "Until: 11 Mar 2028 477 days left" in said


def test_without_products_both_tabs_say_so(desk: AccountDesk, open_page: Open) -> None:
    desk.accounts.document = json.dumps({**edda.account(), "products": []}).encode()
    page = open_page()
    for tab in ("customer", "subscriptions"):
        page.body.tabs.choose(tab)
        seen = [each.accessibleName() for each in page.findChildren(QWidget) if each.isVisible()]
        assert "No products. P adds the first one." in seen


def test_the_open_order_in_short_leads_to_its_page(open_page: Open) -> None:
    page = open_page()
    short = named(page, "Open order and last contacts")
    assert rows(short)[4] == "Engineer visit, Tue 24 Nov 08–12"
    short.choose("T-5")
    press(short, Qt.Key.Key_Return)
    assert page.body.tabs.current_id() == "orders"


def test_a_contact_leads_to_its_letter(open_page: Open) -> None:
    page = open_page()
    contacts = named(page, "Open order and last contacts")
    contacts.choose("letter-D-2")
    press(contacts, Qt.Key.Key_Return)
    assert page.body.tabs.current_id() == "letters"
    assert named(page, "Letters").current_id() == "D-2"


def test_a_change_begins_at_the_product_in_front(open_page: Open, qtbot: QtBot) -> None:
    page = open_page("subscriptions")
    products = named(page, "Products")
    products.choose("P-M03")
    press(products, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.wanted) as asked:
        press_in_window(page.window(), Qt.Key.Key_Return)  # the first thing that can be done
    wanted = asked.args[0] if asked.args else None
    assert isinstance(wanted, NewDraft)
    assert (wanted.customer_id, wanted.product_id) == (edda.CUSTOMER, "P-M03")


def test_what_can_be_done_is_a_letter_away_and_says_who_may(open_page: Open, qtbot: QtBot) -> None:
    page = open_page("subscriptions")
    products = named(page, "Products")
    products.choose("P-M13")  # hangs on her line
    press_in_window(page.window(), Qt.Key.Key_M)
    deeds = named(page.window(), "What can be done")
    told = {each.id: each.spoken() for each in deeds.records.records()}
    assert "A senior agent or supervisor can do this." in told["owner"]
    press_in_window(page.window(), Qt.Key.Key_O)
    assert deeds.isVisible()
    with qtbot.waitSignal(page.wanted) as asked:
        press_in_window(page.window(), Qt.Key.Key_I)
    assert asked.args == [
        NewDeed(edda.CUSTOMER, "Edda Marrowby", "sim", "P-M03", "Skarv 100", "07700900471")
    ]


def test_what_has_ended_is_not_changed(open_page: Open) -> None:
    page = open_page("subscriptions")
    products = named(page, "Products")
    asked: list[object] = []
    page.wanted.connect(asked.append)
    ended = products.records.records()[-1].id
    products.choose(ended)
    press(products, Qt.Key.Key_Return)
    assert asked == []


def test_the_keys_of_a_change_work_from_everywhere(open_page: Open, qtbot: QtBot) -> None:
    page = open_page()
    with qtbot.waitSignal(page.wanted) as asked:
        handle = page.window().windowHandle()
        assert handle is not None
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(handle, Qt.Key.Key_N, held)
    assert isinstance(asked.args[0] if asked.args else None, NewDraft)


def test_without_an_open_order_the_contacts_stand_at_the_top(
    desk: AccountDesk, open_page: Open
) -> None:
    done = [each for each in edda.account()["orders"] if each["state"] == "completed"]
    desk.accounts.document = json.dumps({**edda.account(), "orders": done, "flows": []}).encode()
    side = named(open_page(), "Open order and last contacts")
    assert rows(side)[0] == "Last contacts"
    assert side.height() == side.whole_height() == 22 + 6 * 36


def test_the_arrows_go_from_the_steps_to_the_contacts_past_the_head(open_page: Open) -> None:
    side = named(open_page(), "Open order and last contacts")
    steps = [each.id for each in side.records.records() if each.id.startswith("T-")]
    side.setFocus()
    side.choose(steps[-1])
    assert not side.grab().isNull()
    press(side, Qt.Key.Key_Down)
    assert side.current_id().startswith("letter-")
