"""The theme answers, and changes while the program runs."""

from __future__ import annotations

from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.support.qt import Show
from ui.theme.sheet import fill_sheet, style_templates
from ui.theme.system import system_scheme
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import Label


def test_the_palette_of_the_application_follows_the_tokens(
    theme: Theme, qapp: QApplication
) -> None:
    assert qapp.palette().color(QPalette.ColorRole.Highlight) == theme.color("accent")
    assert qapp.palette().color(QPalette.ColorRole.PlaceholderText) == theme.color("ink3")


def test_the_typeface_of_the_wheel_is_the_one_that_is_drawn(theme: Theme) -> None:
    regular = QFontInfo(theme.font("row"))
    strong = QFontInfo(theme.font("row", strong=True))
    assert regular.family() == strong.family() == "Source Sans Pro"
    assert (regular.pixelSize(), strong.weight()) == (14, 600)


def test_figures_and_the_pound_have_one_width(theme: Theme) -> None:
    metrics = theme.metrics("row")
    assert len({metrics.horizontalAdvance(sign) for sign in "0123456789£"}) == 1


def test_another_scheme_reaches_what_is_already_shown(
    theme: Theme, show: Show, qtbot: QtBot
) -> None:
    label, button = Label(theme, "Edda"), KeyButton(theme, "Create", "primary")
    show(label, button)
    before = button.grab().toImage().pixelColor(10, 16)
    with qtbot.waitSignal(theme.changed):
        theme.set_wish("dark")
    assert theme.scheme == "dark"
    after = button.grab().toImage().pixelColor(10, 16)
    assert (before.name().upper(), after.name().upper()) == ("#0A6577", "#5AC3D5")


def test_zoom_takes_the_nearest_step_and_multiplies_every_length(theme: Theme) -> None:
    theme.set_zoom(1.9)
    assert theme.zoom == 2.0
    assert theme.px(32) == 64
    assert theme.font("row").pixelSize() == 28
    assert KeyButton(theme, "Create").sizeHint().height() == 64


def test_the_system_is_followed_only_while_nothing_else_is_wished(
    qapp: QApplication, theme: Theme
) -> None:
    theme.set_wish("system")
    assert theme.scheme == system_scheme(qapp)
    theme.set_wish("high_contrast")
    assert theme.high_contrast


def test_a_plain_qt_label_gets_the_ink_of_the_scheme(theme: Theme, show: Show) -> None:
    theme.set_wish("dark")
    label = QLabel("plain")
    show(label)
    color = label.palette().color(QPalette.ColorRole.WindowText)
    assert color == theme.color("ink")


def test_the_sheets_leave_no_name_unfilled(theme: Theme) -> None:
    colors = {str(tone): value for tone, value in theme.tokens.color["light"].items()}
    sheets = {kind: fill_sheet(each, colors, 1.5) for kind, each in style_templates().items()}
    assert set(sheets) == {"line", "text", "popup", "menu", "dialog"}
    assert not [kind for kind, sheet in sheets.items() if "@" in sheet]
    assert "font-size: 22px" in sheets["line"]  # 15 at zoom 1.0
