"""Tables: keys, ids, sorting, filtering, ticks, pages, and what stands in their place."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.empty_state import EmptyState, Skeleton
from ui.widgets.table import Table
from ui.widgets.table_model import PAGE, Cell, Column, PagedModel, Row, RowsModel

COLUMNS = (
    Column("order", "Order", 120),
    Column("what", "What"),
    Column("monthly", "Monthly", 100, figures=True),
)


def rows(count: int, start: int = 0) -> tuple[Row, ...]:
    return tuple(
        Row(f"o{at}", (Cell(f"KO-{at}", strong=True), "Glimt", "£65.00"), enabled=at != 1)
        for at in range(start, start + count)
    )


def make(theme: Theme, count: int = 5, *, ticks: bool = False, type_ahead: bool = False) -> Table:
    model = RowsModel(COLUMNS, rows(count))
    return Table(theme, "Orders", model, ticks=ticks, type_ahead=type_ahead)


def test_enter_opens_and_arrows_go_and_signals_carry_ids(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    table = make(theme)
    show(table)
    table.choose("o0")
    with qtbot.waitSignal(table.current_changed) as told:
        press(table.view, Qt.Key.Key_Down)
    assert told.args == ["o1"]
    with qtbot.waitSignal(table.opened) as told:
        press(table.view, Qt.Key.Key_Return)
    assert told.args == ["o1"]
    assert table.current_id() == "o1"


def test_a_table_is_one_tab_stop(theme: Theme, show: Show) -> None:
    first, second = make(theme), make(theme)
    show(first, second)
    first.setFocus()
    press(first.view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.view


def test_head_and_cells_stand_on_the_same_side(theme: Theme) -> None:
    model = make(theme).model()
    role, side = Qt.ItemDataRole.TextAlignmentRole, Qt.Orientation.Horizontal
    for column in range(3):
        head = model.headerData(column, side, role)
        assert head == model.data(model.index(0, column), role)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert model.headerData(2, side, role) == right


def test_cells_speak_all_they_show(theme: Theme) -> None:
    model = RowsModel(COLUMNS, (Row("1", (Cell("477", lead="07700 900", note="held"),)),))
    assert model.data(model.index(0, 0)) == "07700 900 477 held"


def test_the_head_sorts_and_a_second_click_turns_it(theme: Theme, show: Show, qtbot: QtBot) -> None:
    table = make(theme)
    show(table)
    told: list[tuple[str, bool]] = []
    table.sort_wanted.connect(lambda column, down: told.append((column, down)))
    place = QPoint(table.view.head.sectionViewportPosition(2) + 10, 10)
    for _time in range(2):
        QTest.mouseClick(table.view.head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told == [("monthly", False), ("monthly", True)]


def test_typing_over_the_rows_filters_and_esc_clears(theme: Theme, show: Show) -> None:
    table = make(theme, type_ahead=True)
    show(table)
    told: list[str] = []
    table.filter_wanted.connect(told.append)
    press(table.view, "gl")
    press(table.view, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
    assert told == ["g", "gl", "g", ""]


def test_space_ticks_and_ctrl_a_ticks_all_that_can_be(theme: Theme, show: Show) -> None:
    table = make(theme, ticks=True)
    show(table)
    told: list[list[str]] = []
    table.ticks.changed.connect(told.append)
    table.choose("o0")
    press(table.view, Qt.Key.Key_Space)
    press(table.view, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert table.ticks.ids() == ["o0"]
    press(table.view, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    assert table.ticks.ids() == ["o0", "o2", "o3", "o4"]
    press(table.view, Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == []


def test_ticks_stay_with_their_ids_when_rows_are_sorted(theme: Theme, show: Show) -> None:
    model = RowsModel(COLUMNS, rows(3))
    table = Table(theme, "Orders", model, ticks=True)
    show(table)
    table.ticks.set_ids(["o2"])
    model.set_rows(tuple(reversed(rows(3))))
    assert table.ticks.ids() == ["o2"]
    assert not table.grab().isNull()


def test_replaced_contents_keep_the_current_row(theme: Theme, show: Show) -> None:
    model = RowsModel(COLUMNS, rows(5))
    table = Table(theme, "Orders", model)
    show(table)
    table.choose("o3")
    model.set_rows(rows(5))
    assert table.current_id() == "o3"
    model.set_rows(rows(4, start=1))
    assert table.current_id() == "o1"


def test_the_foot_says_which_rows_are_seen(theme: Theme, show: Show) -> None:
    table = Table(theme, "Orders", PagedModel(COLUMNS, 1412), foot=True)
    show(table, height=400)
    words = table._foot.text()
    assert words.startswith("Rows 1 to ")
    assert words.endswith(" of 1,412")


def test_pages_are_asked_for_once_and_only_where_one_looks(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    model = PagedModel(COLUMNS, 1_000_000)
    asked: list[int] = []
    model.page_wanted.connect(asked.append)
    table = Table(theme, "Orders", model)
    show(table)
    table.grab()
    table.grab()
    assert asked == [0]
    model.set_page(0, rows(PAGE))
    assert model.data(model.index(3, 0)) == "KO-3"
    table.view.scrollTo(model.index(999_999, 0))
    table.grab()
    assert asked[-1] == 999_800
    model.restart(10)
    assert model.data(model.index(3, 0)) == "…"


def test_only_the_last_pages_are_kept() -> None:
    model = PagedModel(COLUMNS, 100 * PAGE)
    for number in range(60):
        model.set_page(number * PAGE, rows(PAGE, start=number * PAGE))
    assert model.row(0) is None
    assert model.row(59 * PAGE) is not None


def test_loading_shows_grey_bars_only_when_it_takes_long(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    table = make(theme)
    show(table)
    states = table.states
    states.show_loading()
    assert states.shown() is table.view
    qtbot.waitUntil(lambda: isinstance(states.shown(), Skeleton))
    states.show_rows()
    assert states.shown() is table.view


def test_a_failed_table_asks_again_with_ctrl_r(theme: Theme, show: Show, qtbot: QtBot) -> None:
    table = make(theme)
    window = show(table)
    table.states.show_failed("The orders could not be read", "The server did not answer in 5 s.")
    assert isinstance(table.states.shown(), EmptyState)
    with qtbot.waitSignal(table.states.retry_wanted):
        press_in_window(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_an_empty_table_says_what_would_fill_it(theme: Theme, show: Show) -> None:
    table = make(theme, 0)
    show(table)
    table.states.show_empty("film", "No open orders", "Orders appear here.")
    shown = table.states.shown()
    assert shown is not None
    assert shown.accessibleName() == "No open orders. Orders appear here."


def test_the_row_under_the_pointer_and_the_current_row_look_different(
    theme: Theme, show: Show
) -> None:
    table = make(theme)
    show(table)
    table.choose("o0")
    QTest.mouseMove(table.view.viewport(), QPoint(40, 3 * 32 + 16))
    image = table.view.viewport().grab().toImage()
    colors = [image.pixelColor(200, row * 32 + 4).name().upper() for row in (0, 3, 4)]
    light = theme.tokens.color["light"]
    assert colors == [light["selected"], light["hover"], light["surface"]]
    assert image.pixelColor(1, 10).name().upper() == light["accent"]


def test_the_foot_is_seen_only_where_it_is_wished(theme: Theme, show: Show) -> None:
    with_foot = Table(theme, "Orders", PagedModel(COLUMNS, 12), foot=True)
    without = make(theme)
    show(with_foot, without)
    assert with_foot._foot.isVisible()
    assert not without._foot.isVisible()


def test_columns_without_room_are_left_out_and_come_back(theme: Theme, show: Show) -> None:
    columns = (Column("name", "Name", 0), Column("why", "Why", 200), Column("price", "Price", 90))
    table = Table(theme, "Prices", RowsModel(columns, (Row("a", ("A", "because", "£1.00")),)))
    show(table, width=400, height=200)
    table.leave_out("name", "why", rest="price")
    assert table.view.isColumnHidden(0)
    assert table.view.isColumnHidden(1)
    assert table.view.columnWidth(2) > theme.px(300)
    table.leave_out()
    assert not table.view.isColumnHidden(1)
    assert table.view.columnWidth(2) == theme.px(90)
