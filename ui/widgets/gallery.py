"""`python -m ui.widgets.gallery --out DIR` draws the gallery's sheets without a screen."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import Theme, Wish
from ui.widgets.gallery_parts import parts_sheet
from ui.widgets.gallery_states import Sheet, states_sheet
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label
from ui.widgets.panel import Panel

_SCHEMES: tuple[Wish, ...] = ("light", "dark", "high_contrast")

_ORDER = (
    "home search user users box film ticket chart receipt letter clock phone "
    "phonein plus minus check x right left down up alert info error "
    "lock key router wifi fibre tv stb sim mobile globe note undo "
    "copy print download filter calendar wrench truck flag cloudoff refresh moon pin "
    "eye link edit sms bank shield bolt pause play ext keyboard help "
    "team list dots "
)
ICON_ORDER = tuple(_ORDER.split())


def draw(sheet: Sheet) -> QPixmap:
    """A picture of the sheet; it must be on its screen to wear focus and hover."""
    for prepare in sheet.once_shown:
        prepare()
    picture = sheet.grab()
    painter = QPainter(picture)
    sheet.draw_rings(painter)
    painter.end()
    return picture


def icons_sheet(theme: Theme) -> Sheet:
    """Picture 14: all icons with their names."""
    names = ICON_ORDER
    rows = -(-len(names) // 12)
    sheet = Sheet(theme, QSize(1440, 84 + rows * 84), "surface")
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Label(theme, "Icons", "title"))
    note = "20 × 20, 1.5 px stroke, round ends, no fill; 16 px in lines of text; tinted by token"
    head.addWidget(Label(theme, note, "row", "ink2"))
    head.addStretch(1)
    grid = QGridLayout()
    grid.setSpacing(12)
    for at, name in enumerate(names):
        grid.addWidget(_icon_card(theme, name), at // 12, at % 12)
    outer = QVBoxLayout(sheet)
    outer.setContentsMargins(20, 20, 20, 20)
    outer.setSpacing(16)
    outer.addLayout(head)
    outer.addLayout(grid)
    outer.addStretch(1)
    return sheet


def _icon_card(theme: Theme, name: str) -> QWidget:
    card = Panel(theme, padding=0)
    card.setFixedHeight(72)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(Glyph(theme, name, "ink", 20))
    row.addStretch(1)
    words = QHBoxLayout()
    words.addStretch(1)
    words.addWidget(Label(theme, name, "caption", "ink3"))
    words.addStretch(1)
    card.body.addStretch(1)
    card.body.addLayout(row)
    card.body.addSpacing(8)
    card.body.addLayout(words)
    card.body.addStretch(1)
    return card


def write_sheets(app: QApplication, folder: Path, wish: Wish) -> list[Path]:
    """Draw the sheets in one scheme into `folder`; returns the files."""
    theme = Theme(wish=wish)
    theme.apply(app)
    app.setCursorFlashTime(0)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    sheets = {
        "13-states": states_sheet(theme),
        "14-icons": icons_sheet(theme),
        "15-parts": parts_sheet(theme),
    }
    for name, sheet in sheets.items():
        path = folder / f"{name}-{wish.replace('_', '-')}.png"
        sheet.show()
        sheet.activateWindow()
        QTimer.singleShot(0, sheet, app.quit)
        app.exec()
        draw(sheet).save(str(path))
        sheet.close()
        sheet.deleteLater()
        written.append(path)
    return written


def main() -> int:
    """Read the arguments and draw."""
    reader = argparse.ArgumentParser(prog="python -m ui.widgets.gallery")
    reader.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    reader.add_argument("--theme", choices=[*_SCHEMES, "all"], default="light")
    wanted = reader.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    schemes = _SCHEMES if wanted.theme == "all" else (wanted.theme,)
    for scheme in schemes:
        write_sheets(app, wanted.out, scheme)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
