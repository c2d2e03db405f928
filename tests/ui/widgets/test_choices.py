"""Ticks, dots, toggles, segments, choices, quantities: what their keys do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QButtonGroup
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, click, press
from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.quantity import Quantity
from ui.widgets.segments import Option, Segments
from ui.widgets.tick import ChoiceDot, Tick, Toggle

OPTIONS = (Option("all", "All", "787"), Option("gold", "Gold", "20"), Option("none", "Standard"))
_NAMES = ["Norsby", "Ulvermere", "Skerrow", "Tarn", "Herring", "Lantern", "Wren", "Ormsund", "Kell"]
TOWNS = tuple(Item(str(at), name) for at, name in enumerate(_NAMES))


def test_space_turns_tick_and_toggle(theme: Theme, show: Show) -> None:
    for made in (Tick(theme, "Ticked"), Toggle(theme, "On")):
        show(made)
        press(made, Qt.Key.Key_Space)
        assert made.isChecked()
        click(made)
        assert not made.isChecked()


def test_arrows_go_within_a_group_of_dots(theme: Theme, show: Show) -> None:
    first, second = ChoiceDot(theme, "Chosen"), ChoiceDot(theme, "Other")
    window = show(first, second)
    group = QButtonGroup(window)
    group.addButton(first)
    group.addButton(second)
    first.setChecked(True)
    first.setFocus()
    press(first, Qt.Key.Key_Down)
    assert second.isChecked()


def test_ring_goes_round_the_mark_and_not_round_the_words(theme: Theme) -> None:
    assert Tick(theme, "Ticked").focus_rect().width() == 16
    assert ChoiceDot(theme, "Chosen").focus_rect().width() == 16
    assert Toggle(theme, "On").focus_rect().width() == 36


def test_segments_are_one_tab_stop_and_left_and_right_choose(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    segments, after = Segments(theme, "Grade", OPTIONS), Tick(theme, "After")
    show(segments, after)
    parts = segments.findChildren(type(segments._group.buttons()[0]))
    parts[0].setFocus()
    with qtbot.waitSignal(segments.chosen) as told:
        press(parts[0], Qt.Key.Key_Right)
    assert told.args == ["gold"]
    assert segments.current() == "gold"
    focus = QApplication.focusWidget()
    assert focus is not None
    press(focus, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_segments_say_their_counts(theme: Theme) -> None:
    segments = Segments(theme, "Grade", OPTIONS, current="gold")
    assert segments.current() == "gold"
    assert [part.accessibleName() for part in segments._group.buttons()][:2] == [
        "All 787",
        "Gold 20",
    ]


def test_choosing_a_segment_from_the_program_tells_once(theme: Theme, qtbot: QtBot) -> None:
    segments = Segments(theme, "Grade", OPTIONS)
    told: list[str] = []
    segments.chosen.connect(told.append)
    segments.choose("none")
    segments.choose("none")
    assert told == ["none"]


def test_a_choice_answers_with_ids_and_letters(theme: Theme, show: Show) -> None:
    choice = Choice(theme, "Town", TOWNS, current="3")
    show(choice)
    assert choice.current_id() == "3"
    choice.choose("4")
    assert choice.current_id() == "4"
    press(choice, Qt.Key.Key_Down)
    assert choice.current_id() == "5"


def test_a_long_list_is_filtered_by_what_is_typed(theme: Theme, show: Show, qtbot: QtBot) -> None:
    choice = Choice(theme, "Town", TOWNS)
    show(choice)
    choice.showPopup()
    view = choice.view()
    press(view, "ern")
    seen = [TOWNS[at].text for at in range(len(TOWNS)) if not view.isRowHidden(at)]  # type: ignore[attr-defined]  # it is a list view
    assert seen == ["Lantern"]
    press(view, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    assert not any(view.isRowHidden(at) for at in range(len(TOWNS)))  # type: ignore[attr-defined]  # likewise
    choice.hidePopup()


def test_quantity_keeps_its_bounds(theme: Theme, show: Show, qtbot: QtBot) -> None:
    quantity = Quantity(theme, "Boxes", 3, most=4)
    show(quantity)
    figure = quantity.focusProxy()
    assert figure is not None
    told: list[int] = []
    quantity.changed.connect(told.append)
    press(figure, "+", "+", "-")
    press(figure, Qt.Key.Key_Up)
    assert told == [4, 3, 4]
    assert quantity.value() == 4
    quantity.set_value(-2)
    assert quantity.value() == 0
    assert told == [4, 3, 4]


def test_a_figure_can_be_typed(theme: Theme, show: Show) -> None:
    quantity = Quantity(theme, "Boxes", 0, most=40)
    show(quantity)
    figure = quantity.focusProxy()
    assert figure is not None
    figure.setFocus()
    figure.selectAll()  # type: ignore[attr-defined]  # it is a line edit
    press(figure, "12")
    assert quantity.value() == 12
