"""The ticks of a table, kept by id, so that sorting and paging keep them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ui.widgets.table_model import TableModel
from ui.widgets.table_view import TableView


class TableTicks(QObject):
    """Space or a click turns one, Ctrl+A all that can be ticked. `changed` carries the ids."""

    changed = Signal(list)

    def __init__(self, view: TableView, model: TableModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        view.tick_asked.connect(self._turn)
        view.tick_all_asked.connect(self.turn_all)

    def ids(self) -> list[str]:
        """The ids of the ticked rows, sorted."""
        return sorted(self._view.cells.ticked)

    def set_ids(self, ids: Sequence[str]) -> None:
        """Tick these and no others, without a signal."""
        self._view.cells.ticked = set(ids)
        self._view.viewport().update()

    def turn_all(self) -> None:
        """Tick all rows that are here and can be; if they are, none."""
        rows = (self._model.row(at) for at in range(self._model.total()))
        able = {row.id for row in rows if row is not None and row.enabled}
        ticked = self._view.cells.ticked
        self._view.cells.ticked = set() if able <= ticked else able
        self._tell()

    def _turn(self, at: int) -> None:
        row = self._model.row(at)
        if row is not None and row.enabled:
            self._view.cells.ticked ^= {row.id}
            self._tell()

    def _tell(self) -> None:
        self._view.viewport().update()
        self.changed.emit(self.ids())
