"""A list model of frozen records: a delegate paints them, assistive technology reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

RECORD = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class Spoken(Protocol):
    """What a list needs to know of a record."""

    @property
    def id(self) -> str: ...

    def spoken(self) -> str:
        """The whole row in words."""
        ...

    def can_be_current(self) -> bool:
        """Whether the keys stop at this row."""
        ...


class RecordsModel(QAbstractListModel):
    """Rows are records; where the ids stay the same only the contents are replaced."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: tuple[Spoken, ...] = ()

    def set_records(self, records: Sequence[Spoken]) -> None:
        """Show other records."""
        new = tuple(records)
        if not self.would_reset(new):
            changed = [at for at, held in enumerate(new) if held != self._records[at]]
            self._records = new
            for at in changed:
                self.dataChanged.emit(self.index(at), self.index(at))
            return
        self.beginResetModel()
        self._records = new
        self.endResetModel()

    def would_reset(self, records: Sequence[Spoken]) -> bool:
        """Whether rows come, go or change places."""
        return [held.id for held in records] != [held.id for held in self._records]

    def records(self) -> tuple[Spoken, ...]:
        return self._records

    def row_of(self, record_id: str) -> int:
        """The row of the record with this id; -1 if it is not there."""
        ids = [held.id for held in self._records]
        return ids.index(record_id) if record_id in ids else -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._records)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not 0 <= index.row() < len(self._records):
            return Qt.ItemFlag.NoItemFlags
        if self._records[index.row()].can_be_current():
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._records):
            return None
        record = self._records[index.row()]
        if role == RECORD:
            return record
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return record.spoken()
        return None
