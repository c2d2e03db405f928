"""Keys come where the focus is, as from a keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tests.support.qt import Show
from ui.tour.hands import Hands
from ui.tour.patience import TourStopped


def test_letters_of_every_alphabet_are_typed_where_the_focus_is(show: Show) -> None:
    field = QLineEdit()
    hands = Hands(lambda: window)
    window = show(field)
    field.setFocus()
    hands.type("Ærøskov <b 7")
    assert field.text() == "Ærøskov <b 7"
    assert (hands.keys, hands.letters) == (0, 12)


def test_a_key_with_others_held_reaches_the_windows_shortcuts(show: Show) -> None:
    window = show(QLineEdit())
    pressed: list[str] = []
    for key in ("Ctrl+Shift+N", "Alt+3"):
        QShortcut(QKeySequence(key), window).activated.connect(lambda it=key: pressed.append(it))
    hands = Hands(lambda: window)
    hands.press("Ctrl+Shift+N", "Alt+3")
    assert pressed == ["Ctrl+Shift+N", "Alt+3"]
    assert hands.keys == 2


def test_the_hand_stands_in_a_field_by_its_name(show: Show) -> None:
    first, second = QLineEdit(), QLineEdit()
    second.setAccessibleName("E-mail · the contract summary goes there")
    window = show(first, second)
    first.setFocus()
    hands = Hands(lambda: window)
    hands.press("Tab")
    hands.stand_in("E-mail")
    assert hands.at("E-mail")
    assert not hands.at("Telephone")


def test_a_click_goes_into_the_middle_of_what_can_be_seen(show: Show) -> None:
    button = QPushButton("Create")
    clicked: list[str] = []
    button.clicked.connect(lambda: clicked.append(button.text()))
    window = show(button)
    Hands(lambda: window).click(button)
    assert clicked == ["Create"]


def test_without_a_window_there_is_a_sentence_instead_of_a_crash() -> None:
    with pytest.raises(TourStopped, match="no window in which to press Return"):
        Hands(QWidget).press("Return")
