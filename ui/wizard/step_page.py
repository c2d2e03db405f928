"""What every step's page has in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.panel import Hairline
from ui.widgets.status_bar import KeyHint
from ui.wizard.wizard_desk import WizardDesk

_ALL_FIT = 1076  # of a page at zoom 1.0: below, the right column goes under a toggle
_TWO_FIT = 800  # below, only the middle is shown


@dataclass(frozen=True, slots=True)
class _Side:
    """A column beside the middle, with its hairline; `width` in pixels at zoom 1.0."""

    column: QWidget
    line: QWidget
    width: int


class StepPage(QWidget):
    """The middle of a step and its sides. The frame calls `refresh` when it is seen.

    Where there is no room the sides fold, the right one first; `turn_side` brings it back in the
    middle's place. `folded` says when that begins and ends.
    `wanted_step` carries a step and a field of it, or none; `looks_other`: its keys have changed.
    """

    step: Step
    wanted_step = Signal(str, str)
    folded = Signal(bool)
    looks_other = Signal()

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        self.is_folded = False
        self._side_shown = False
        self._middle: QWidget | None = None
        self._sides: list[_Side] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        theme.changed.connect(self._fit)

    def refresh(self) -> None:
        """Show the draft, the choices and the report as they are now."""

    def focus_first(self) -> None:
        """Put the focus on the first thing missing on this step."""

    def stand_at(self, _field: str) -> bool:
        """Put the focus where the agent stood, or where a finding leads; False: not here."""
        return False

    def keys(self) -> Sequence[KeyHint]:
        return ()

    def facts(self) -> str:
        """The line beside the step's name; empty: who and where."""
        return ""

    def add_column(self, width: int = 0) -> QVBoxLayout:
        """Add a column after a hairline; `width` in pixels at zoom 1.0, 0 takes the rest."""
        column = QWidget()
        if width:
            line = Hairline(self.theme, "standing")
            self._row.addWidget(line)
            column.setFixedWidth(self.theme.px(width))
            self._sides.append(_Side(column, line, width))
        else:
            self._middle = column
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._row.addWidget(column, 0 if width else 1)
        return rows

    def turn_side(self) -> None:
        """Show the right column in the middle's place, or the middle again."""
        self._side_shown = self.is_folded and not self._side_shown
        self._show_columns()
        if not self._side_shown:
            self.focus_first()

    def fit_middle(self, width: int) -> None:
        """The middle has this width now, in pixels of zoom 1.0."""

    def minimumSizeHint(self) -> QSize:
        # the columns fold: what they ask for must not hold the window open
        return QSize(self.theme.px(320), self.theme.px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        folded = self._logical() < _ALL_FIT and bool(self._sides)
        if folded != self.is_folded:
            self.is_folded = folded
            self._side_shown = False
            self.folded.emit(folded)
        self._show_columns()

    def _logical(self) -> float:
        return self.width() / self.theme.zoom

    def _show_columns(self) -> None:
        last = len(self._sides) - 1
        taken = 0
        for at, side in enumerate(self._sides):
            shown = not self.is_folded or (at < last and self._logical() >= _TWO_FIT)
            if self._side_shown:
                shown = at == last
            side.column.setVisible(shown)
            side.line.setVisible(shown and not self._side_shown)
            taken += side.column.width() + 1 if shown else 0
        if self._middle is not None:
            self._middle.setVisible(not self._side_shown)
        self.fit_middle(round((self.width() - taken) / self.theme.zoom))

    def _fit(self) -> None:
        for side in self._sides:
            side.column.setFixedWidth(self.theme.px(side.width))
        self._fold()
