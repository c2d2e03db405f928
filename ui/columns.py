"""Columns side by side with hairlines; the right one folds where there is little width."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets.panel import Hairline

_LEAST_MIDDLE = 240
_FOLDS_UNDER = 1287  # the page of a window of 1360, which has a rail of 72 and a hairline


class Columns(QWidget):
    """`left` and `right` have fixed widths. Folded, `toggle` swaps the left for the right."""

    folded = Signal(bool)

    def __init__(
        self, theme: Theme, left: QWidget, middle: QWidget, right: QWidget, widths: tuple[int, int]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._parts = (left, middle, right)
        self._widths = widths
        self._line = Hairline(theme, "standing")
        self._other = Hairline(theme, "standing")
        self._is_folded = False
        self._turned = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if not widths[0]:
            self._line.hide()
        for part in (left, self._line, middle, self._other, right):
            row.addWidget(part, 1 if part is middle else 0)
        theme.changed.connect(self._fit)
        self._fit()

    def is_folded(self) -> bool:
        return self._is_folded

    def toggle(self) -> None:
        """Show the folded column in the place of the left one, or the left one again."""
        self._turned = not self._turned
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # what folds needs no room: else a large zoom would widen the window
        width = self._widths[0] + _LEAST_MIDDLE
        return QSize(self._theme.px(width), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < self._theme.px(_FOLDS_UNDER)
        if folded != self._is_folded:
            self._is_folded = folded
            self._turned = False
            self._arrange()
            self.folded.emit(folded)

    def _arrange(self) -> None:
        left, _middle, right = self._parts
        instead = self._is_folded and self._turned
        left.setVisible(not instead)
        self._line.setVisible(not instead and self._widths[0] > 0)
        right.setVisible(not self._is_folded or instead)
        self._other.setVisible(not self._is_folded or instead)

    def _fit(self) -> None:
        left, right = self._widths
        self._parts[0].setFixedWidth(self._theme.px(left))
        self._parts[2].setFixedWidth(self._theme.px(right))
