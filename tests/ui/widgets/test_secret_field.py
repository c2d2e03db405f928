"""A revealed value is gone when its time is over, and gone from memory."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.support.qt import Show, press, press_in_window
from ui.theme.theme import Theme
from ui.widgets.progress import Progress
from ui.widgets.secret_field import DOTS, SecretField


def texts(secret: SecretField) -> set[str]:
    return {label.text() for label in secret.findChildren(QLabel)}


def test_r_asks_and_nothing_is_shown_before_somebody_answers(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    secret = SecretField(theme, "PUK")
    window = show(secret)
    with qtbot.waitSignal(secret.wanted):
        press_in_window(window, Qt.Key.Key_R)
    assert DOTS in texts(secret)


def test_the_value_goes_when_the_seconds_are_over(theme: Theme, show: Show, qtbot: QtBot) -> None:
    secret = SecretField(theme, "PUK")
    show(secret)
    secret.reveal("4071 5582", 3)
    assert "4071 5582" in texts(secret)
    assert "hides in 3 s, logged" in texts(secret)
    for _second in range(3):
        secret._second.timeout.emit()
    assert not secret.is_revealed()
    assert "4071 5582" not in texts(secret)


def test_esc_hides_it_at_once(theme: Theme, show: Show, qtbot: QtBot) -> None:
    secret = SecretField(theme, "PUK")
    show(secret)
    secret.reveal("4071 5582")
    with qtbot.waitSignal(secret.hidden):
        press(secret, Qt.Key.Key_Escape)
    assert "4071 5582" not in texts(secret)


def test_leaving_the_screen_hides_it(theme: Theme, show: Show) -> None:
    secret = SecretField(theme, "PUK")
    window = show(secret)
    secret.reveal("4071 5582")
    window.hide()
    assert "4071 5582" not in texts(secret)


def test_progress_knows_an_end_or_says_that_it_knows_none(theme: Theme) -> None:
    bar = Progress(theme, "Sheets")
    bar.show_share(426, 1612)
    assert (bar.value(), bar.maximum(), bar.sizeHint().height()) == (426, 1612, 8)
    bar.show_share(0, 0)
    assert bar.maximum() == 0
