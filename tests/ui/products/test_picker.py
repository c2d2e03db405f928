"""Several picked from a list: by keys, by typing, in the list's order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press
from ui.products.picker import Pickable, Picker
from ui.theme.theme import Theme
from ui.widgets.popover import Popover

ITEMS = tuple(Pickable(f"F{at:02}", f"Glimt {at}", f"F{at:02}") for at in range(1, 13))


@pytest.fixture
def picker(theme: Theme, show: Show) -> Picker:
    made = Picker(theme, "Offers", nothing="choose")
    made.show_items(ITEMS, ("F03",))
    show(made)
    return made


def test_the_field_names_what_is_chosen(picker: Picker) -> None:
    assert picker.text() == "Glimt 3"
    assert picker.accessibleName() == "Offers: Glimt 3"
    picker.tick("F01")
    assert picker.chosen() == ("F01", "F03")
    picker.tick("F01")
    picker.tick("F03")
    assert picker.text() == "choose"
    assert picker.accessibleName() == "Offers: nothing chosen"


def test_letters_find_and_enter_ticks(picker: Picker, qtbot: QtBot) -> None:
    picker.setFocus()
    press(picker, Qt.Key.Key_Return)
    menu = picker.window().findChild(Popover)
    assert menu is not None
    assert menu.isVisible()
    with qtbot.waitSignal(picker.changed) as changed:
        press(picker.filter, "glimt 12", Qt.Key.Key_Return)
    assert changed.args == [("F03", "F12")]
    assert [each.spoken() for each in picker.list.records.records()] == [
        "Glimt 12, F12, ticked",
    ]  # fmt: skip
    picker.filter.clear()
    press(picker.list, Qt.Key.Key_Home, Qt.Key.Key_Space)
    assert picker.chosen() == ("F01", "F03", "F12")
    press(picker.list, "4")
    assert picker.filter.hasFocus()
    assert picker.filter.text() == "4"
    press(picker.filter, Qt.Key.Key_Escape)
    press(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_what_is_not_in_the_list_any_more_stays_chosen(picker: Picker) -> None:
    picker.show_items(ITEMS[:2], ("F99", "F02"))
    assert picker.text() == "F99, Glimt 2"
    picker.tick("F01")
    assert picker.chosen() == ("F99", "F01", "F02")


def test_a_short_list_needs_no_filter(picker: Picker) -> None:
    picker.show_items(ITEMS[:2], ())
    picker.click()
    assert not picker.filter.isVisible()
    assert picker.list.hasFocus()
    press(picker.list, Qt.Key.Key_Return)
    assert picker.chosen() == ("F01",)
