"""What every step's page has in common."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.wizard.steps import Step
from ui.theme.theme import Theme
from ui.widgets.panel import Hairline
from ui.widgets.status_bar import KeyHint
from ui.wizard.wizard_desk import WizardDesk


class StepPage(QWidget):
    """The middle of a step and its side. The frame calls `refresh` when it is seen."""

    step: Step
    wanted_step = Signal(str)

    def __init__(self, theme: Theme, desk: WizardDesk) -> None:
        super().__init__()
        self.theme = theme
        self.desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._row = row

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
        if self._row.count():
            self._row.addWidget(Hairline(self.theme, "standing"))
        column = QWidget()
        if width:
            self._keep_width(column, width)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._row.addWidget(column, 0 if width else 1)
        return rows

    def _keep_width(self, column: QWidget, width: int) -> None:
        def fit() -> None:
            column.setFixedWidth(self.theme.px(width))

        self.theme.changed.connect(fit)
        fit()
