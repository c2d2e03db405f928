"""A model with a column of ticks before another model's columns."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from ui.widgets.table_model import ROW_ID, Index, Row, TableModel

TICK_WIDTH = 48


class TickedModel(TableModel):
    """Passes everything on, one column further to the right."""

    def __init__(self, source: TableModel, parent: QObject | None = None) -> None:
        super().__init__(source.columns, parent)
        self._source = source
        source.modelAboutToBeReset.connect(self.beginResetModel)
        source.modelReset.connect(self.endResetModel)
        source.dataChanged.connect(self._passed_on)

    def row(self, at: int) -> Row | None:
        return self._source.row(at)

    def total(self) -> int:
        return self._source.total()

    def columnCount(self, parent: Index | None = None) -> int:
        count = super().columnCount(parent)
        return count + 1 if count else 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self._source.row(index.row())
        if index.column() == 0 and row is not None and row.enabled:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.column() == 0:
            row = self._source.row(index.row())
            if row is not None and row.marked and role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked
            return row.id if row is not None and role == ROW_ID else None
        return self._source.data(self._source.index(index.row(), index.column() - 1), role)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if section == 0:
            return None
        return self._source.headerData(section - 1, orientation, role)

    def _passed_on(self, first: Index, last: Index) -> None:
        self.dataChanged.emit(self.index(first.row(), 0), self.index(last.row(), last.column() + 1))
