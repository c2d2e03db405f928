"""What waits, in views: filtered and sorted here, of one department or of all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.faults import Fault
from app.language import tr
from app.worklist.desk import VIEWS, Counts
from app.worklist.rows import Item, matching, ordered
from ui.rows_table import KeptLook, RecordRows, RowsTable
from ui.theme.theme import Theme
from ui.widgets.account_tabs import AccountTabs, Tab
from ui.widgets.choice import Choice
from ui.widgets.choice import Item as ChoiceItem
from ui.worklist.reader import WorkReader
from ui.worklist.work_rows import work_columns, work_row

_WIDE = 240


class WorkList(QWidget):
    """`current_changed` when another item is chosen or is another; `opened` on Enter.

    `department` is for the head of the page. `unread` carries the Fault of a list that stands
    there and could not be read again.
    """

    current_changed = Signal()
    opened = Signal()
    unread = Signal(object)

    def __init__(self, theme: Theme, reader: WorkReader, look: KeptLook, tabs: AccountTabs) -> None:
        super().__init__()
        self._reader = reader
        self._tabs = tabs
        self.department = Choice(theme, tr("Department"), (ChoiceItem("", tr("All departments")),))
        self.department.setFixedWidth(theme.px(_WIDE))
        self._rows: RowsTable[Item] = RowsTable(
            theme,
            tr("Orders that need somebody"),
            RecordRows(work_columns(), work_row),
            look,
            filter_words=tr("Customer, order, step"),
            types_over=False,
            folds=("department", "holder", "waits"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._rows)
        self.setFocusProxy(self._rows)
        self._connect()

    def look(self) -> None:
        """Read the view in front."""
        self._reader.look_at(self._tabs.current_id(), self.department.current_id())
        if self._reader.found is None:
            self._rows.table.states.show_loading()

    def item(self) -> Item | None:
        """The item that is chosen."""
        return self._reader.item(self._rows.table.current_id())

    def focus_rows(self) -> None:
        self._rows.focus_rows()

    def bind(self, sequence: str, act: Callable[[], object]) -> None:
        """A key that acts while the rows have the focus."""
        key = QShortcut(QKeySequence(sequence), self._rows.table.view)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(act)

    def _connect(self) -> None:
        self._tabs.chosen.connect(lambda _id: self.look())
        self.department.chosen.connect(lambda _id: self.look())
        self._reader.read.connect(self._show_found)
        self._reader.failed.connect(self._failed)
        self._rows.wanted.connect(self._show_found)
        self._rows.current_changed.connect(lambda _id: self.current_changed.emit())
        self._rows.opened.connect(lambda _id: self.opened.emit())
        self._rows.table.states.retry_wanted.connect(self._reader.refresh)

    def _show_found(self) -> None:
        """The rows as they are filtered and sorted, or why there are none."""
        found, rows = self._reader.found, self._rows
        if found is None:
            return
        self._tabs.set_tabs(view_tabs(found.counts))
        departments = [ChoiceItem("", tr("All departments"))]
        departments += [ChoiceItem(each, name, note=str(n)) for each, name, n in found.departments]
        self.department.set_items(tuple(departments), self._reader.department)
        look, held = rows.look, rows.table.view.currentIndex().row()
        items = matching(found.items, rows.text())
        items = ordered(items, look.sort, descending=look.descending)
        rows.show_records(items, len(found.items))
        if not found.items:
            rows.table.states.show_empty("check", *_nothing(self._reader.view))
        elif items and not rows.table.current_id():
            rows.table.view.selectRow(min(max(held, 0), len(items) - 1))
        self.current_changed.emit()

    def _failed(self, fault: Fault) -> None:
        if self._reader.found is None:
            title = tr("The orders could not be read")
            self._rows.table.states.show_failed(title, fault.sentence)
        else:
            self.unread.emit(fault)


def view_tabs(counts: Counts) -> tuple[Tab, ...]:
    """The views, each with how much is in it."""
    words = (tr("Stuck"), tr("Tasks"), tr("In danger"), tr("Mine"))
    held = (counts.stuck, counts.tasks, counts.danger, counts.mine)
    return tuple(
        Tab(name, text, badge=str(count or ""), new=name == "stuck")
        for name, text, count in zip(VIEWS, words, held, strict=True)
    )


def _nothing(view: str) -> tuple[str, str]:
    return {
        "stuck": (tr("Nothing is stuck"), tr("No order of your team is stuck.")),
        "tasks": (tr("Nothing to do"), tr("Tasks appear here when an order needs somebody.")),
        "danger": (tr("Nothing is in danger"), tr("All promised times can be kept.")),
    }.get(view, (tr("You have nothing"), tr("T takes a step that waits for somebody.")))
