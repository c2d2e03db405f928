"""The gallery: all widgets in all looks, and at 200 % nothing is cut off."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.support.qt import Show
from ui.theme.theme import Theme, Wish
from ui.widgets.button import KeyButton
from ui.widgets.chip import Chip
from ui.widgets.field import Field
from ui.widgets.gallery import draw
from ui.widgets.gallery_parts import parts_sheet
from ui.widgets.gallery_states import states_sheet
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label
from ui.widgets.quantity import Quantity
from ui.widgets.segments import Option, Segments
from ui.widgets.tick import Tick, Toggle

ROOT = Path(__file__).parents[3]
WISHES: tuple[Wish, ...] = ("light", "dark", "high_contrast")


def test_the_command_writes_its_sheets_without_a_screen(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui.widgets.gallery", "--out", str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT)  # our own module
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [
        "13-states-light.png",
        "14-icons-light.png",
        "15-parts-light.png",
    ]
    assert min(file.stat().st_size for file in files) > 10_000


@pytest.mark.parametrize("wish", WISHES)
def test_no_two_looks_are_the_same_and_none_has_another_ground(
    theme: Theme, qtbot: QtBot, wish: Wish
) -> None:
    theme.set_wish(wish)
    sheet = states_sheet(theme)
    qtbot.addWidget(sheet)
    image = draw(sheet).toImage()
    assert image.pixelColor(5, 5) == theme.color("canvas")


def test_every_button_has_a_name(theme: Theme, qtbot: QtBot) -> None:
    for sheet in (states_sheet(theme), parts_sheet(theme)):
        qtbot.addWidget(sheet)
        nameless = [
            button for button in sheet.findChildren(QPushButton) if not button.accessibleName()
        ]
        assert nameless == []


def test_at_200_percent_no_text_is_cut_off(theme: Theme, show: Show) -> None:
    widgets = (
        KeyButton(theme, "Add or change product", "primary", icon="plus", key="P"),
        Chip(theme, "Verified 09:12", "good", icon="shield"),
        KeyCap(theme, "Ctrl+Enter"),
        Label(theme, "14 Pebblewick Rise", "title"),
        Tick(theme, "Go on without it"),
        Toggle(theme, "On"),
        Segments(theme, "Grade", (Option("a", "Platinum", "8"), Option("b", "Gold", "20"))),
        Quantity(theme, "Boxes", 2, most=4),
        Field(theme, "Postcode", "QX4 7TR"),
    )
    window = show(*widgets, width=1400, height=1200)
    theme.set_zoom(2.0)
    window.adjustSize()
    for widget in widgets:
        assert widget.width() >= widget.minimumSizeHint().width(), widget
        assert widget.height() >= widget.minimumSizeHint().height(), widget
    for label in window.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.fontMetrics().ascent(), label.text()
    text = "Add or change product"
    assert widgets[0].width() > theme.metrics("row", strong=True).horizontalAdvance(text)
