"""A table: head, rows, foot, ticks, and what stands in its place while there are none."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.label import Label
from ui.widgets.table_model import ROW_ID, RowsModel, TableModel
from ui.widgets.table_states import TableStates
from ui.widgets.table_ticks import TableTicks
from ui.widgets.table_view import TableView
from ui.widgets.ticked_model import TICK_WIDTH, TickedModel


class Table(QWidget):
    """Give it a model; signals carry ids.

    `opened` on Enter or double click, `current_changed` when another row is current,
    `sort_wanted(column, descending)`, `filter_wanted(text)` while typing over the rows (only
    with `type_ahead`). `states` shows rows, loading, empty, failed; `ticks` holds the ticks.
    """

    opened = Signal(str)
    current_changed = Signal(str)
    sort_wanted = Signal(str, bool)
    filter_wanted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: TableModel,
        *,
        ticks: bool = False,
        type_ahead: bool = False,
        foot: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._filter = ""
        self._type_ahead = type_ahead
        self._left_out: tuple[tuple[str, ...], str] = ((), "")
        self.view = TableView(theme, name)
        self.view.cells.tick_column = ticks
        self.view.head.ticks = ticks
        self.states = TableStates(theme, self.view)
        self.ticks = TableTicks(self.view, model)
        self._shown = TickedModel(model, self) if ticks else model
        self._foot = Label(theme, "", "caption", "ink3")
        self._foot_room = QWidget(self)
        self._foot_room.setVisible(foot)
        self._build()
        self._connect()
        self._fit()

    def model(self) -> TableModel:
        return self._model

    def current_id(self) -> str:
        """The id of the current row; empty without one."""
        return self._id_of(self.view.currentIndex().row())

    def choose(self, row_id: str) -> None:
        """Make the row with this id current; only rows that are here are looked at."""
        for at in range(self._model.total()):
            row = self._model.row(at)
            if row is not None and row.id == row_id:
                self.view.selectRow(at)
                return

    def leave_out(self, *column_ids: str, rest: str = "") -> None:
        """Leave columns out where there is no room; `rest` is the one that takes the rest then."""
        if (column_ids, rest) == self._left_out:
            return
        self._left_out = (column_ids, rest)
        for at, column in enumerate(self._model.columns):
            self.view.setColumnHidden(at + self._offset(), column.id in column_ids)
        self._fit()

    def set_row_action(self, text: str) -> None:
        """What Enter does, shown at the right of the current row if that can be ticked."""
        self.view.cells.row_action = text

    def show_sort(self, column_id: str, *, descending: bool) -> None:
        """Draw the arrow; who sorts the rows is the model's owner."""
        ids = [column.id for column in self._model.columns]
        self.view.head.arrow_column = ids.index(column_id) + self._offset()
        self.view.head.descending = descending
        self.view.head.viewport().update()

    def say_foot(self, text: str) -> None:
        """Such as "Rows 1 to 9 of 412"."""
        self._foot.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_range()

    def _build(self) -> None:
        self.view.setModel(self._shown)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.states, 1)
        self._foot_row = QHBoxLayout(self._foot_room)
        self._foot_row.addWidget(self._foot)
        self._outer.addWidget(self._foot_room)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        view = self.view
        view.row_opened.connect(lambda row: self.opened.emit(self._id_of(row)))
        view.current_row.connect(lambda row: self.current_changed.emit(self._id_of(row)))
        view.head.sectionClicked.connect(self._sort)
        view.verticalScrollBar().valueChanged.connect(self._say_range)
        self._shown.modelReset.connect(self._keep_current)
        if self._type_ahead:
            view.typed.connect(self._type)
            view.cleared.connect(lambda: self._set_filter(""))
        self._theme.changed.connect(self._fit)

    def _offset(self) -> int:
        return 1 if self.view.cells.tick_column else 0

    def _id_of(self, row: int) -> str:
        if row < 0:
            return ""
        return str(self._shown.index(row, 0).data(ROW_ID) or "")

    def _sort(self, section: int) -> None:
        at = section - self._offset()
        if at < 0 or not self._model.columns[at].sortable:
            return
        head = self.view.head
        descending = head.arrow_column == section and not head.descending
        column_id = self._model.columns[at].id
        self.show_sort(column_id, descending=descending)
        self.sort_wanted.emit(column_id, descending)

    def _type(self, text: str) -> None:
        self._set_filter(self._filter[:-1] if text == "\b" else self._filter + text)

    def _set_filter(self, text: str) -> None:
        if text != self._filter:
            self._filter = text
            self.filter_wanted.emit(text)

    def _keep_current(self) -> None:
        """After other rows came the first is current, so that the keys go on working."""
        if self._model.total() and isinstance(self._model, RowsModel):
            index = self._shown.index(0, 0)
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, flag)
        self._say_range()

    def _say_range(self) -> None:
        if self._foot_room.isHidden():
            return
        total = self._model.total()
        first = self.view.rowAt(0) + 1
        last = self.view.rowAt(self.view.viewport().height() - 1) + 1
        if total:
            words = tr("Rows {} to {} of {}")
            self._foot.setText(words.format(max(1, first), last or total, f"{total:,}"))
        else:
            self._foot.setText("")

    def _fit(self) -> None:
        """Fixed widths, and one column that takes the rest."""
        theme, head = self._theme, self.view.head
        self.view.fit_rows()
        seen = [
            at for at, each in enumerate(self._model.columns) if each.id not in self._left_out[0]
        ]
        self.view.cells.last_column = max(seen, default=0) + self._offset()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if self._offset():
            head.resizeSection(0, theme.px(TICK_WIDTH))
        for at, column in enumerate(self._model.columns):
            section = at + self._offset()
            if column.width and column.id != self._left_out[1]:
                head.resizeSection(section, theme.px(column.width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        side = theme.px(16)
        self._foot_row.setContentsMargins(side, theme.px(8), side, theme.px(8))
