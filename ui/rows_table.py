"""A table over many records: rows are made as they are painted, columns are remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app.language import tr
from app.store.preferences import Preferences
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.popover import Popover
from ui.widgets.search_field import SearchField
from ui.widgets.table import Table
from ui.widgets.table_model import Cell, Column, Row, RowsModel
from ui.widgets.tick import Tick

_FOLDS_UNDER = 800  # pixels of zoom 1.0
SETTLE = 500  # ms: what changes together is written once
R = TypeVar("R")


class RecordRows(RowsModel, Generic[R]):
    """Knows records by their ids, and makes a row of one only when it is looked at."""

    def __init__(self, columns: tuple[Column, ...], make: Callable[[R], Row]) -> None:
        super().__init__(columns)
        self._make = make
        self._records: tuple[R, ...] = ()
        self._ids: list[str] = []
        self._made: dict[int, Row] = {}

    def row(self, at: int) -> Row | None:
        if not 0 <= at < len(self._records):
            return None
        if at not in self._made:
            self._made[at] = self._make(self._records[at])
        return self._made[at]

    def total(self) -> int:
        return len(self._records)

    def record(self, at: int) -> R | None:
        return self._records[at] if 0 <= at < len(self._records) else None

    def place_of(self, record_id: str) -> int:
        """The row of a record; -1 where it is not shown."""
        return self._ids.index(record_id) if record_id in self._ids else -1

    def set_records(self, records: Sequence[R]) -> None:
        """Show other records; where the ids stay the same only the contents are replaced."""
        new = tuple(records)
        ids = [str(getattr(each, "id", "")) for each in new]
        same, self._ids = ids == self._ids, ids
        if same:
            self._records, self._made = new, {}
            if new:
                last = self.index(len(new) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._records, self._made = new, {}
        self.endResetModel()


@dataclass
class Look:
    """How the person wants the table: sorted, and with which columns of which widths."""

    sort: str = ""
    descending: bool = False
    widths: dict[str, int] | None = None
    hidden: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: Any) -> Look:
        """What was kept; whatever is odd in it is as if nothing had been."""
        if not isinstance(kept, dict):
            return cls()
        widths = kept.get("widths")
        return cls(
            str(kept.get("sort", "")),
            bool(kept.get("descending", False)),
            {str(k): v for k, v in widths.items() if isinstance(v, int)}
            if isinstance(widths, dict)
            else None,
            tuple(map(str, kept.get("hidden", ()))),
        )

    def kept(self) -> dict[str, Any]:
        return {
            "sort": self.sort,
            "descending": self.descending,
            "widths": self.widths or {},
            "hidden": list(self.hidden),
        }


class KeptLook(QObject):
    """Reads and writes a table's look in the person's preferences, in the background."""

    read = Signal(object)

    def __init__(
        self, background: Background, preferences: Preferences, name: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._preferences = preferences
        self._name = name
        self._look = Look()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE)
        self._later.timeout.connect(self._write)

    def load(self) -> None:
        self._background.read(
            lambda: self._preferences.get(self._name),
            owner=self,
            done=lambda kept: self.read.emit(Look.of(kept)),
        )

    def keep(self, look: Look) -> None:
        self._look = look
        self._later.start()

    def _write(self) -> None:
        kept = self._look.kept()
        self._background.change(
            lambda: self._preferences.put(self._name, kept), owner=self, done=lambda _none: None
        )


class RowsTable(QWidget, Generic[R]):
    """Filter, table, columns. `wanted` when filter or order are others; signals carry ids."""

    wanted = Signal()
    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: RecordRows[R],
        look: KeptLook,
        *,
        filter_words: str,
        types_over: bool = True,
        folds: tuple[str, ...] = (),
    ) -> None:
        """`types_over`: letters typed over the rows go to the filter.

        `folds` are columns that are left out where there is little width.
        """
        super().__init__()
        self._theme = theme
        self.model = model
        self._kept = look
        self._types_over = types_over
        self._folds = folds
        self._folded = False
        self.look = Look()
        self.filter = SearchField(theme, filter_words, key="Ctrl+F")
        self.count = Label(theme, "", "caption", "ink3")
        self.columns = KeyButton(theme, tr("Columns"), "quiet", "small", icon="list")
        self.table = Table(theme, name, model, foot=True)
        self.table.set_row_action("")
        self._menu: Popover | None = None
        self._build()
        self._connect()

    def text(self) -> str:
        """What the rows are filtered by."""
        return self.filter.text()

    def show_records(self, records: Sequence[R], total: int) -> None:
        """Show these of all; the current row stays current where it is still there."""
        held = self.table.current_id()
        self.model.set_records(records)
        self.choose(held)
        shown = len(records)
        words = (
            tr("{} of {}").format(f"{shown:,}", f"{total:,}") if shown != total else f"{total:,}"
        )
        self.filter.show_reading("", words)
        if records:
            self.table.states.show_rows()
        else:
            text = tr("Nothing fits what is typed. Esc clears the filter.")
            self.table.states.show_empty("search", tr("Nothing found"), text)

    def choose(self, record_id: str) -> bool:
        """Make a row current; False where it is not shown."""
        at = self.model.place_of(record_id) if record_id else -1
        if at >= 0 and self.table.current_id() != record_id:
            self.table.view.selectRow(at)
        if at >= 0:
            self._keep_in_sight()
        return at >= 0

    def focus_rows(self) -> None:
        self.table.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.view.currentIndex().isValid() and self.model.total():
            self.table.view.selectRow(0)

    def copy(self) -> None:
        """Put the current row on the clipboard, its cells with tabs between."""
        at = self.table.view.currentIndex().row()
        row = self.model.row(at)
        if row is None:
            return
        shown = [
            cell.spoken() if isinstance(cell, Cell) else cell
            for place, cell in enumerate(row.cells)
            if not self.table.view.isColumnHidden(place)
        ]
        QGuiApplication.clipboard().setText("\t".join(shown))

    def _build(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(8), px(8))
        head.setSpacing(px(8))
        head.addWidget(self.filter, 1)
        head.addWidget(self.columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.filter.changed.connect(lambda _text: self.wanted.emit())
        self.filter.results_wanted.connect(self.focus_rows)
        self.filter.entered.connect(self.focus_rows)
        if self._types_over:
            self.table.view.typed.connect(self._typed_over_rows)
        self.table.view.cleared.connect(self.filter.clear)
        self.table.sort_wanted.connect(self._sort)
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(self.opened)
        self.columns.clicked.connect(self._open_menu)
        self.table.view.head.sectionResized.connect(self._resized)
        self._theme.changed.connect(self._fit)
        self._kept.read.connect(self._take_look)
        self._kept.load()
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self.filter.setFocus)
        copy = QShortcut(QKeySequence.StandardKey.Copy, self.table.view)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        folded = event.size().width() < self._theme.px(_FOLDS_UNDER)
        if self._folds and folded != self._folded:
            self._folded = folded
            self._fit()
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """The current row, once the layout has settled."""
        view = self.table.view
        QTimer.singleShot(0, view, lambda: view.scrollTo(view.currentIndex()))

    def _typed_over_rows(self, text: str) -> None:
        """The first letter goes to the filter, and with it the focus: words have blanks."""
        held = self.filter.text()
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.setText(held[:-1] if text == "\b" else held + text)

    def _sort(self, column: str, descending: bool) -> None:  # noqa: FBT001  # a Qt signal's
        self.look.sort, self.look.descending = column, descending
        self._kept.keep(self.look)
        self.wanted.emit()

    def _take_look(self, look: Look) -> None:
        self.look = look
        known = {column.id for column in self.model.columns}
        if look.sort in known:
            self.table.show_sort(look.sort, descending=look.descending)
        self._fit()
        self.wanted.emit()

    def _fit(self) -> None:
        """Columns can be made wider; one takes the rest. After the table's own fitting."""
        head = self.table.view.head
        widths = self.look.widths or {}
        hidden = {*self.look.hidden, *(self._folds if self._folded else ())}
        head.blockSignals(True)
        for at, column in enumerate(self.model.columns):
            self.table.view.setColumnHidden(at, column.id in hidden)
            if column.width:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                width = max(32, widths.get(column.id, column.width))
                head.resizeSection(at, self._theme.px(width))
        head.blockSignals(False)
        self.table.view.viewport().update()

    def _resized(self, at: int, _before: int, width: int) -> None:
        column = self.model.columns[at]
        if column.width and not self.table.view.isColumnHidden(at):
            plain = round(width / self._theme.zoom)
            if plain != (self.look.widths or {}).get(column.id, column.width):
                self.look.widths = {**(self.look.widths or {}), column.id: plain}
                self._kept.keep(self.look)

    def _open_menu(self) -> None:
        if self._menu is None:
            self._menu = self._column_menu()
        self._menu.open_under(self.columns)

    def _column_menu(self) -> Popover:
        menu = Popover(self._theme, self.window())
        menu.setAccessibleName(tr("Columns"))
        menu.body.setSpacing(self._theme.px(8))
        for column in self.model.columns[1:]:
            tick = Tick(self._theme, column.title)
            tick.setChecked(column.id not in self.look.hidden)
            tick.toggled.connect(lambda shown, name=column.id: self._show_column(name, shown=shown))
            menu.body.addWidget(tick)
        return menu

    def _show_column(self, name: str, *, shown: bool) -> None:
        rest = tuple(each for each in self.look.hidden if each != name)
        self.look.hidden = rest if shown else (*rest, name)
        self._kept.keep(self.look)
        self._fit()
