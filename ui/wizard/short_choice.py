"""A few short choices: segments where there is room, a list where there is not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.choice import Choice, Item
from ui.widgets.segments import Option, Segments


class ShortChoice(QWidget):
    """`chosen` carries the id, whichever of the two was used."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, options: tuple[Option, ...]) -> None:
        super().__init__()
        self._segments = Segments(theme, name, options)
        self._list = Choice(theme, name, _items(options))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._segments)
        row.addWidget(self._list)
        self._list.hide()
        self._segments.chosen.connect(self._from_segments)
        self._list.chosen.connect(self._segments.choose)

    def current(self) -> str:
        return self._segments.current()

    def choose(self, option_id: str) -> None:
        self._segments.choose(option_id)

    def set_options(self, options: tuple[Option, ...], current: str = "") -> None:
        """Show other choices, without a signal."""
        self._segments.set_options(options, current)
        self._list.set_items(_items(options), current)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the list instead of the segments."""
        self._segments.setVisible(not narrow)
        self._list.setVisible(narrow)

    def _from_segments(self, option_id: str) -> None:
        if self._list.current_id() != option_id:
            self._list.choose(option_id)
        self.chosen.emit(option_id)


def _items(options: tuple[Option, ...]) -> tuple[Item, ...]:
    return tuple(Item(option.id, option.text, option.count) for option in options)
