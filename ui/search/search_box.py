"""The search of the top bar: its results lie under it, above the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.customers.rows import ResultRow
from app.deeds.commands import DeedCommand
from app.language import tr
from app.workplace import Workplace
from ui.background import Background
from ui.page import Commander
from ui.search.finder import MOST_ROWS, Finder, Findings
from ui.search.results import ResultPanel
from ui.theme.theme import Theme
from ui.widgets.popover import Popover
from ui.widgets.search_field import SearchField

_WIDE = 1080
_COMMAND = "do:"
"""Before the id of a row that is no customer but something to do."""


class SearchBox(SearchField):
    """336 wide, Ctrl+K. `opened(id, name)`, `opened_beside(id, name)`.

    `commander` gives who knows what a word means at the page in front, if anybody does.
    """

    opened = Signal(str, str)
    opened_beside = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        workplace: Workplace,
        window: QWidget,
        *,
        may_create: bool,
    ) -> None:
        super().__init__(theme, tr("Customer, number, order, postcode"), key="Ctrl+K")
        self.commander: Callable[[], Commander | None] = lambda: None
        self._sheet = Popover(theme, window)
        self._results = ResultPanel(theme, may_create=may_create, parent=self._sheet)
        self._sheet.body.addWidget(self._results)
        self._finder = Finder(background, workplace, may_create=may_create, parent=self)
        self._finder.shown.connect(self._show)
        self._results.list.opened.connect(lambda found: self._open(found, beside=False))
        self._results.list.opened_beside.connect(lambda found: self._open(found, beside=True))
        self._results.list.left_upwards.connect(self.setFocus)
        self.changed.connect(self._finder.look)
        self.results_wanted.connect(lambda: self._results.list.step(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._sheet.isVisible()
        if event.key() == Qt.Key.Key_Up and shown:
            self._results.list.step(-1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and shown:
            beside = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._open(self._results.list.current_id(), beside=beside)
        else:
            super().keyPressEvent(event)

    def _show(self, findings: Findings | None) -> None:
        if findings is None:
            self.show_reading("", "")
            self._sheet.close_up()
            return
        commander = self.commander()
        known = commander.commands(findings.text) if commander is not None else ()
        commands = [_command_row(each) for each in known]
        if commands:
            rows = (*commands, *findings.rows)[:MOST_ROWS]
            findings = replace(findings, rows=rows, nobody="")
        self._sheet.body.setContentsMargins(1, 1, 1, 1)
        self._results.show_findings(findings)
        self._results.setFixedWidth(min(self._theme.px(_WIDE), self.window().width() - 160))
        if self._sheet.isHidden() and self.hasFocus():
            self._sheet.open_under(self, first=self)
        self._sheet.adjustSize()

    def _open(self, customer_id: str, *, beside: bool) -> None:
        rows = self._results.list.records.records()
        name = next((getattr(row, "name", "") for row in rows if row.id == customer_id), "")
        if not customer_id:
            return
        self._sheet.close_up()
        self.clear()
        commander = self.commander()
        if customer_id.startswith(_COMMAND) and commander is not None:
            commander.begin(customer_id.removeprefix(_COMMAND))
            return
        (self.opened_beside if beside else self.opened).emit(customer_id, name)


def _command_row(command: DeedCommand) -> ResultRow:
    """A command stands above the customers, with what it is about."""
    return ResultRow(
        id=f"{_COMMAND}{command.id}",
        name=command.title,
        marks=(),
        number="",
        address=command.about,
        telephone="",
        chip="",
        chip_kind="plain",
        last_contact="",
    )
