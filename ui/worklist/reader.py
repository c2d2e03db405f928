"""Reads what waits, and again when something moves."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.changes import Change, Changes, Kind
from app.worklist.desk import View, WorkDesk
from app.worklist.rows import Item
from ui.background import Background
from ui.change_relay import ChangeRelay

SETTLE = 700  # ms: many steps move at once
AGAIN = 60_000  # ms: how long each waits is told to the minute


class WorkReader(QObject):
    """`read` when the list was read, `failed` with a Fault where it could not be."""

    read = Signal()
    failed = Signal(object)

    def __init__(
        self, background: Background, desk: WorkDesk, changes: Changes, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._desk = desk
        self.view = "stuck"
        self.department = ""
        self.found: View | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.refresh)
        self._clock = QTimer(self)
        self._clock.setInterval(AGAIN)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()
        relay = ChangeRelay(changes, self)
        relay.changed.connect(self._changed)

    def look_at(self, view: str, department: str) -> None:
        """Show another view, or the work of another department; empty: of all."""
        if (view, department) != (self.view, self.department):
            self.view, self.department = view, department
            self.found = None
        self.refresh()

    def refresh(self) -> None:
        view, department = self.view, self.department
        self._background.read(
            lambda: self._desk.listed(view, department),
            owner=self,
            done=self._took,
            failed=self.failed.emit,
            key="list",
        )

    def item(self, task_id: str) -> Item | None:
        items = self.found.items if self.found is not None else ()
        return next((each for each in items if each.id == task_id), None)

    def _took(self, found: View) -> None:
        self.found = found
        self.read.emit()

    def _changed(self, change: Change) -> None:
        if change.kind in {Kind.ORDER, Kind.CONNECTION} and not self._soon.isActive():
            self._soon.start()
