"""All keys of this screen, and those that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from ui.page import KeyGroup
from ui.theme.theme import Theme
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label
from ui.widgets.popover import Popover
from ui.widgets.status_bar import KeyHint


def keys_everywhere(
    *, may_create: bool, products: bool = False, worklist: bool = False
) -> KeyGroup:
    """The keys of the window itself."""
    new = (KeyHint("Ctrl+N", tr("new customer")),) if may_create else ()
    sold = (KeyHint("Ctrl+Shift+P", tr("products")),) if products else ()
    stuck = (KeyHint("Ctrl+Shift+W", tr("orders that need somebody")),) if worklist else ()
    return KeyGroup(
        tr("Everywhere"),
        (
            KeyHint("Ctrl+K", tr("search")),
            *new,
            *sold,
            *stuck,
            KeyHint("Ctrl+Tab", tr("next tab")),
            KeyHint("Ctrl+Shift+Tab", tr("tab before")),
            KeyHint("Ctrl+W", tr("close the tab")),
            KeyHint("F6", tr("next part of the window")),
            KeyHint("Shift+F6", tr("part before")),
            KeyHint("Ctrl+Shift+M", tr("to the message")),
            KeyHint("F1 ?", tr("all keys")),
        ),
    )


class KeySheet(Popover):
    """Two columns at most; Esc closes it and gives the focus back."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self._theme = theme
        self.setAccessibleName(tr("All keys"))
        self._columns = QWidget()
        self.body.addWidget(self._columns)

    def show_groups(self, groups: Sequence[KeyGroup], anchor: QWidget) -> None:
        """Fill it anew and open it."""
        self.body.removeWidget(self._columns)
        self._columns.deleteLater()
        self._columns = QWidget()
        self.body.addWidget(self._columns)
        row = QHBoxLayout(self._columns)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(32))
        for group in groups:
            row.addLayout(self._group(group))
        self.open_under(anchor)

    def _group(self, group: KeyGroup) -> QVBoxLayout:
        theme, px = self._theme, self._theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        column.addWidget(Label(theme, group.title, "caption", "ink3", strong=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        for at, hint in enumerate(group.hints):
            caps = QHBoxLayout()
            caps.setSpacing(px(4))
            for key in hint.key.split(" "):
                caps.addWidget(KeyCap(theme, key))
            caps.addStretch(1)
            grid.addLayout(caps, at, 0)
            grid.addWidget(Label(theme, hint.text, "row"), at, 1, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)
        column.addStretch(1)
        return column
