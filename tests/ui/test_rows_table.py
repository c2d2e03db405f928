"""A table over many records: its look is remembered, its current row stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from tests.support.product_desk import FakePreferences
from tests.support.qt import Show, press
from ui.background import Background
from ui.rows_table import KeptLook, Look, RecordRows, RowsTable
from ui.theme.theme import Theme
from ui.widgets.popover import Popover
from ui.widgets.table_model import Column, Row
from ui.widgets.tick import Tick

COLUMNS = (Column("code", "Code", 80), Column("name", "Name"), Column("price", "Price", 90))


@dataclass(frozen=True)
class Item:
    id: str
    made: int = 0


def row(item: Item) -> Row:
    return Row(item.id, (item.id, f"Name {item.id}", "£1.00"))


@pytest.fixture
def preferences() -> FakePreferences:
    return FakePreferences()


@pytest.fixture
def table(
    theme: Theme, background: Background, preferences: FakePreferences, show: Show, qtbot: QtBot
) -> RowsTable[Item]:
    owner = QObject(background)
    look = KeptLook(background, cast("Any", preferences), "products.offers", owner)
    made: RowsTable[Item] = RowsTable(
        theme, "Items", RecordRows(COLUMNS, row), look, filter_words="Filter"
    )
    with qtbot.waitSignal(look.read):
        show(made)
    made.show_records([Item(str(at)) for at in range(50)], 60)
    return made


def test_sorting_widths_and_columns_are_remembered(
    table: RowsTable[Item], preferences: FakePreferences, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(table.wanted):
        table.table.sort_wanted.emit("price", True)
    table.table.view.head.resizeSection(0, 120)
    press(table, Qt.Key.Key_Tab)
    table.columns.click()
    menu = table.window().findChild(Popover)
    assert menu is not None
    (_name, price) = menu.findChildren(Tick)
    price.click()
    qtbot.waitUntil(lambda: "products.offers" in preferences.held)
    qtbot.waitUntil(lambda: preferences.held["products.offers"]["hidden"] == ["price"])
    kept = preferences.held["products.offers"]
    assert (kept["sort"], kept["descending"], kept["widths"]) == ("price", True, {"code": 120})
    assert table.table.view.isColumnHidden(2)
    price.click()
    assert not table.table.view.isColumnHidden(2)


def test_what_was_remembered_is_there_again(
    theme: Theme, background: Background, preferences: FakePreferences, show: Show, qtbot: QtBot
) -> None:
    kept = {"sort": "code", "descending": True, "widths": {"code": 150}, "hidden": ["price"]}
    preferences.put("products.offers", kept)
    look = KeptLook(background, cast("Any", preferences), "products.offers", QObject(background))
    table: RowsTable[Item] = RowsTable(
        theme, "Items", RecordRows(COLUMNS, row), look, filter_words="Filter"
    )
    with qtbot.waitSignal(look.read):
        show(table)
    assert table.look.kept() == kept
    assert table.table.view.columnWidth(0) == theme.px(150)
    assert table.table.view.isColumnHidden(2)


@pytest.mark.parametrize("kept", [None, [], {"widths": 3}, {"widths": {"code": "wide"}}])
def test_an_odd_memory_is_none(kept: object) -> None:
    look = Look.of(kept)
    assert (look.sort, look.descending, look.hidden) == ("", False, ())
    assert not look.widths


def test_the_current_row_stays_while_others_come_and_go(table: RowsTable[Item]) -> None:
    assert table.choose("20")
    table.show_records([Item(str(at)) for at in range(10, 40)], 60)
    assert table.table.current_id() == "20"
    table.show_records([Item(str(at), made=1) for at in range(10, 40)], 60)
    assert table.table.current_id() == "20"
    assert not table.choose("50")
    table.show_records([], 60)
    assert table.table.states.shown() is not table.table.view


def test_down_goes_to_the_rows_and_escape_clears(table: RowsTable[Item]) -> None:
    press(table.filter, "4", Qt.Key.Key_Down)
    assert table.table.view.hasFocus()
    press(table.table.view, Qt.Key.Key_Backspace)
    assert table.text() == ""
    press(table.filter, "4")
    table.focus_rows()
    press(table.table.view, Qt.Key.Key_Escape)
    assert table.text() == ""


def test_only_what_is_painted_is_made() -> None:
    made: list[str] = []

    def noted(item: Item) -> Row:
        made.append(item.id)
        return row(item)

    model = RecordRows(COLUMNS, noted)
    model.set_records([Item(str(at)) for at in range(5_000)])
    assert model.total() == 5_000
    assert made == []
    first = model.row(7)
    assert model.row(7) is first
    assert made == ["7"]
    assert model.record(4_999) == Item("4999")
    assert model.record(5_000) is None
    assert model.row(5_000) is None
    assert (model.place_of("4999"), model.place_of("none")) == (4_999, -1)
