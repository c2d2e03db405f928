"""Tabs, rail, answers, tiles, facts, search, status: keys, ids, names."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, click, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.account_tabs import AccountTabs, Tab
from ui.widgets.answers import AnswerText, FiveAnswers
from ui.widgets.fact_rows import Fact, FactRows, PairRow
from ui.widgets.product_board import TileBoard
from ui.widgets.product_paint import Tile, TileGroup
from ui.widgets.rail import Place, Rail
from ui.widgets.search_field import SearchField
from ui.widgets.status_bar import KeyHint, StatusBar
from ui.widgets.work_tabs import WorkTab, WorkTabs

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
TABS = (Tab("customer", "Customer"), Tab("orders", "Orders", "1", new=True), Tab("usage", "Usage"))
PLACES = (Place("home", "home", "Home"), Place("orders", "film", "Orders", badge="6"))


def test_alt_and_a_figure_choose_an_account_tab(theme: Theme, show: Show, qtbot: QtBot) -> None:
    tabs = AccountTabs(theme, "Account", TABS)
    window = show(tabs)
    with qtbot.waitSignal(tabs.chosen) as told:
        press_in_window(window, Qt.Key.Key_2, ALT)
    assert told.args == ["orders"]
    press_in_window(window, Qt.Key.Key_PageDown, CTRL)
    assert tabs.current_id() == "usage"
    press_in_window(window, Qt.Key.Key_PageDown, CTRL)
    press_in_window(window, Qt.Key.Key_9, ALT)
    assert tabs.current_id() == "usage"


def test_choosing_a_tab_moves_no_other_tab(theme: Theme, show: Show) -> None:
    tabs = AccountTabs(theme, "Account", TABS, inset=20)
    show(tabs)
    before = [tabs.ring_of(at) for at in range(3)]
    tabs.choose("usage")
    assert [tabs.ring_of(at) for at in range(3)] == before
    assert before[0].x() == 20


def test_a_new_badge_changes_in_place_and_is_spoken(theme: Theme, qtbot: QtBot) -> None:
    tabs = AccountTabs(theme, "Account", TABS)
    tabs.choose("usage")
    with qtbot.assertNotEmitted(tabs.chosen):
        tabs.set_tabs((TABS[0], Tab("orders", "Orders", "2", new=True), TABS[2]))
    assert tabs.current_id() == "usage"
    assert tabs.accessibleTabName(1) == "Orders, 2"


def test_work_tabs_go_round_and_ask_before_they_close(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    tabs = WorkTabs(theme, "Work")
    window = show(tabs)
    tabs.open_tab(WorkTab("home", "Home", "home", fixed=True))
    tabs.open_tab(WorkTab("edda", "Edda Marrowby", "user"))
    tabs.open_tab(WorkTab("draft", "Draft", "note", unsent=True), show=False)
    assert tabs.current_id() == "edda"
    press_in_window(window, Qt.Key.Key_Tab, CTRL)
    assert tabs.current_id() == "draft"
    with qtbot.waitSignal(tabs.close_asked) as told:
        press_in_window(window, Qt.Key.Key_W, CTRL)
    assert told.args == ["draft"]
    tabs.close_tab("draft")
    assert tabs.ids() == ["home", "edda"]
    tabs.show_tab("home")
    with qtbot.assertNotEmitted(tabs.close_asked):
        press_in_window(window, Qt.Key.Key_W, CTRL)


def test_a_work_tab_is_at_most_208_wide(theme: Theme) -> None:
    tabs = WorkTabs(theme, "Work")
    tabs.open_tab(WorkTab("long", "Bartholomew Featherstonehaugh-Cholmondeley", "user"))
    assert tabs.tabSizeHint(0).width() <= 208 + 4
    assert tabs.accessibleTabName(0) == "Bartholomew Featherstonehaugh-Cholmondeley"


def test_the_rail_is_one_tab_stop_and_up_and_down_go_along(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    rail = Rail(theme, (*PLACES, Place("keys", "keyboard", "Keys", foot=True)))
    show(rail)
    rail.show_current("home")
    first, second, keys = rail.items()
    first.setFocus()
    press(first, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is second
    with qtbot.waitSignal(rail.chosen) as told:
        press(second, Qt.Key.Key_Return)
    assert told.args == ["orders"]
    assert (first.isChecked(), second.isChecked()) == (False, True)
    click(keys)
    assert second.isChecked()
    assert second.accessibleName() == "Orders, 6"


def test_the_five_answers_open_by_key_and_by_arrow(theme: Theme, show: Show, qtbot: QtBot) -> None:
    answers = FiveAnswers(
        theme,
        (
            AnswerText("bill", "receipt", "Why?", "£118.60", "calls £3.60", "due 24 Nov", "E"),
            AnswerText("order", "film", "Where?", "Tue 24 Nov", "on time"),
        ),
    )
    window = show(answers)
    with qtbot.waitSignal(answers.opened) as told:
        press_in_window(window, Qt.Key.Key_E)
    assert told.args == ["bill"]
    bill, order = answers.parts()
    bill.setFocus()
    press(bill, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is order
    with qtbot.waitSignal(answers.opened) as told:
        press(order, Qt.Key.Key_Return)
    assert told.args == ["order"]
    assert bill.accessibleName() == "Why? £118.60, due 24 Nov, calls £3.60"


def test_tiles_go_by_arrow_in_the_grid_and_hand_letters_on(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    first = tuple(Tile(str(at), "box", f"Glimt {at}", price="£1.00") for at in range(5))
    second = (Tile("5", "box", "Skarv", price="£2.00"),)
    board = TileBoard(theme, "Products")
    board.set_groups((TileGroup("g", first), TileGroup("h", second, title="07700 900471")))
    show(board)
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        press(board, key)
        seen.append(board.current_id())
    assert seen == ["3", "4", "5", "5"]
    assert board.focus_rect() == board.visualRect(board.currentIndex())
    with qtbot.waitSignal(board.keyed) as told:
        press(board, "t")
    assert told.args == ["T", "5"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        with qtbot.waitSignal(board.opened) as told:
            press(board, key)
        assert told.args == ["5"]


def test_facts_can_be_copied_and_asked_for_change(theme: Theme, show: Show, qtbot: QtBot) -> None:
    facts = FactRows(
        theme,
        "Customer information",
        (Fact("mobile", "Mobile", "07700 900471", copy="+447700900471"), Fact("mail", "E", "–")),
    )
    show(facts)
    facts.setFocus()
    press(facts, Qt.Key.Key_C, held=CTRL)
    assert QApplication.clipboard().text() == "+447700900471"
    press(facts, Qt.Key.Key_Down)
    assert facts.focus_rect() == facts.visualRect(facts.currentIndex())
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Return):
        with qtbot.waitSignal(facts.opened) as told:
            press(facts, key)
        assert told.args == ["mail"]


def test_facts_can_be_copied_and_followed_with_the_pointer(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    order = Fact("order", "Order", "KO-0093317-4", note="open", link=True)
    facts = FactRows(theme, "Letter", (Fact("mail", "E-mail", "edda@example.org"), order))
    show(facts)
    view, left = facts.viewport(), Qt.MouseButton.LeftButton
    with qtbot.waitSignal(facts.copied) as told:
        QTest.mouseDClick(view, left, pos=QPoint(120, 10))
    assert told.args == ["mail"]
    assert QApplication.clipboard().text() == "edda@example.org"
    QTest.mouseMove(view, QPoint(120, 40))
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert view.toolTip() == "<span>KO-0093317-4 open</span>"
    with qtbot.assertNotEmitted(facts.opened):
        QTest.mouseClick(view, left, pos=QPoint(10, 40))
    with qtbot.waitSignal(facts.opened) as told:
        QTest.mouseClick(view, left, pos=QPoint(120, 40))
    assert told.args == ["order"]


def test_a_fact_that_changes_stays_where_it_is(theme: Theme, show: Show) -> None:
    facts = FactRows(
        theme,
        "Facts",
        (Fact("name", "Name", "Edda"), Fact("mail", "E-mail", "edda@a.org", gap=True)),
    )
    show(facts)
    facts.choose("mail")
    facts.set_facts(
        (Fact("name", "Name", "Edda"), Fact("mail", "E-mail", "Returned", tone="warn", gap=True))
    )
    assert facts.current_id() == "mail"
    assert facts.fact("mail").value == "Returned"
    said = facts.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "E-mail: Returned"
    assert facts.height() == 28 + 17 + 28
    facts.set_low(True)
    assert facts.height() == 26 + 17 + 26
    press(facts, Qt.Key.Key_Up)
    assert facts.current_id() == "name"  # the hairline is no stop
    facts.set_low(False)
    theme.set_zoom(2.0)
    assert facts.height() == 56 + 34 + 56
    assert PairRow(theme, "Glimt", "£1.00", mark="+").accessibleName() == "+ Glimt £1.00"


def test_search_tells_each_key_and_esc_clears(theme: Theme, show: Show, qtbot: QtBot) -> None:
    search = SearchField(theme, "Customer, number", large=True)
    show(search)
    told: list[str] = []
    search.changed.connect(told.append)
    press(search, "ma")
    search.show_reading("Name", "5 of 250 customers")
    with qtbot.waitSignal(search.results_wanted):
        press(search, Qt.Key.Key_Down)
    press(search, Qt.Key.Key_Escape)
    assert told == ["m", "ma", ""]
    assert search.height() == 52


def test_the_status_bar_shows_the_keys_of_the_screen(theme: Theme, show: Show) -> None:
    bar = StatusBar(theme)
    window = show(bar)
    bar.show_connection("No connection", "warn")
    bar.show_saved("Saved 09:14:02")
    bar.show_keys((KeyHint("P", "product"), KeyHint("Up Down", "order")))
    bar.show_keys((KeyHint("?", "all keys"),))
    assert bar.height() == 28
    assert not window.grab().isNull()
