"""Three parts side by side; where there is little room the one in front is shown alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.panel import Hairline

Part = Literal["list", "form", "side"]
_WIDE = 1240  # all three
_MEDIUM = 760  # the list and one beside it


class ThreeParts(QWidget):
    """The list takes the rest; form and side have fixed widths. `bring(part)` puts one in front.

    `folded` says whether some of them are hidden now.
    """

    folded = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        parts: dict[Part, QWidget],
        widths: tuple[int, int] = (332, 284),
        order: tuple[Part, ...] = ("list", "form", "side"),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._parts = parts
        self._widths = widths
        self._front: Part = "list"
        self._lines: dict[Part, QWidget] = {
            "form": Hairline(theme, "standing"),
            "side": Hairline(theme, "standing"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        before_list = True
        for name in order:
            before_list = before_list and name != "list"
            if name in self._lines and not before_list:
                row.addWidget(self._lines[name])
            row.addWidget(parts[name], 1 if name == "list" else 0)
            if name in self._lines and before_list:
                row.addWidget(self._lines[name])
        theme.changed.connect(self._arrange)

    @property
    def front(self) -> Part:
        return self._front

    def bring(self, part: Part) -> None:
        """Show a part, also where the others must go for it."""
        self._front = part
        self._arrange()

    def shows_all(self) -> bool:
        return self.width() >= self._theme.px(_WIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self.folded.emit(not self.shows_all())

    def _arrange(self) -> None:
        px = self._theme.px
        wide, medium = self.width() >= px(_WIDE), self.width() >= px(_MEDIUM)
        beside: Part = "side" if self._front == "side" else "form"
        for name, part in self._parts.items():
            shown = wide or (medium and name in {"list", beside}) or name == self._front
            if name != "list":
                alone = not wide and not medium
                fixed = px(self._widths[0 if name == "form" else 1])
                part.setMinimumWidth(0 if alone else fixed)
                part.setMaximumWidth(16_777_215 if alone else fixed)
                self._lines[name].setVisible(shown and not alone)
            part.setVisible(shown)
