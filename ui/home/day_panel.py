"""My day: figures that were really measured, for this agent alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.home.day import Figure
from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.label import Label, Prose
from ui.widgets.panel import Panel


class DayPanel(Panel):
    """Three figures in a row; before anything was measured it says what will be."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("My day"),
            count=tr("only you see this"),
            head_tone="surface",
            head_height=40,
            parent=parent,
        )
        self._figures: tuple[Figure, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(16))
        self._empty = Prose(
            theme, tr("It counts from the first account you open today."), "row", "ink3"
        )
        self.body.addWidget(self._empty)
        self.body.addLayout(self._grid)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show what was measured; the same figures are not drawn again."""
        if tuple(figures) == self._figures:
            return
        self._figures = tuple(figures)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for at, figure in enumerate(self._figures):
            self._grid.addWidget(self._cell(figure), at // 3, at % 3)
        self._empty.setVisible(not self._figures)

    def _cell(self, figure: Figure) -> QWidget:
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(self._theme, figure.value, "answer", strong=True))
        column.addWidget(Label(self._theme, figure.caption, "caption", "ink3"))
        cell.setAccessibleName(f"{figure.value} {figure.caption}")
        return cell
