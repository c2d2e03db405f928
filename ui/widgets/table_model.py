"""Rows for a table: plain records, or pages fetched as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ui.theme.tokens import Tone
from ui.widgets.paint import ChipKind

PAGE = 200
_KEPT_PAGES = 40

CELL = int(Qt.ItemDataRole.UserRole)
ROW_ID = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in pixels at zoom 1.0; 0 takes the rest. Figures stand at the right."""

    id: str
    title: str
    width: int = 0
    figures: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: text, a grey note behind it, or a chip."""

    text: str
    tone: Tone = "ink"
    strong: bool = False
    note: str = ""
    chip: ChipKind | None = None
    icon: str = ""
    bars: int | None = None  # of four, before the text: a grade
    lead: str = ""  # shown plain before a strong text, as in a number's memorable part

    def spoken(self) -> str:
        return " ".join(part for part in (self.lead, self.text, self.note) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its id; `enabled` off cannot be ticked, `marked` is ticked for good."""

    id: str
    cells: tuple[Cell | str, ...]
    enabled: bool = True
    marked: bool = False


class TableModel(QAbstractTableModel):
    """A table without rows; those who have some say how many and hand them out."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns

    def row(self, _at: int) -> Row | None:
        """The row at a place; None while it is not here yet."""
        return None

    def total(self) -> int:
        """How many rows there are, whether they are here or not."""
        return 0

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.total()

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if role == ROW_ID:
            return row.id
        if index.column() >= len(row.cells):
            return None
        held = row.cells[index.column()]
        cell = Cell(held) if isinstance(held, str) else held
        if role == CELL:
            return cell
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return cell.spoken()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight
        if not self.columns[column].figures:
            side = Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class RowsModel(TableModel):
    """All rows in memory."""

    def __init__(
        self,
        columns: tuple[Column, ...],
        rows: Sequence[Row] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._rows = tuple(rows)

    def row(self, at: int) -> Row | None:
        return self._rows[at] if at < len(self._rows) else None

    def total(self) -> int:
        return len(self._rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; where the ids stay the same only the contents are replaced."""
        new = tuple(rows)
        same = [row.id for row in new] == [row.id for row in self._rows]
        if same:
            self._rows = new
            if new:
                last = self.index(len(new) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()


class PagedModel(TableModel):
    """Knows how many rows there are and asks for pages of 200 as they come into sight.

    `page_wanted` carries the first row's number; answer with `set_page`. Painting never
    waits: a row that is not here yet is drawn as a grey bar. The last 40 pages are kept.
    """

    page_wanted = Signal(int)

    def __init__(
        self, columns: tuple[Column, ...], total: int = 0, parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._total = total
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._asked: set[int] = set()

    def total(self) -> int:
        return self._total

    def row(self, at: int) -> Row | None:
        number, place = divmod(at, PAGE)
        page = self._pages.get(number)
        if page is None:
            if number not in self._asked:
                self._asked.add(number)
                self.page_wanted.emit(number * PAGE)
            return None
        return page[place] if place < len(page) else None

    def restart(self, total: int) -> None:
        """Forget all pages: another sorting, another filter, another total."""
        self.beginResetModel()
        self._total = total
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def set_page(self, first: int, rows: Sequence[Row]) -> None:
        """The rows from number `first` on, a multiple of 200."""
        number = first // PAGE
        self._asked.discard(number)
        self._pages[number] = tuple(rows)
        self._pages.move_to_end(number)
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(first + len(rows), self._total) - 1
        if last >= first:
            corner = self.index(last, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), corner)
