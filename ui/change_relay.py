"""Brings the application's changes into the window's thread."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.changes import Change, Changes


class ChangeRelay(QObject):
    """`changed` carries each `Change`, in the thread of the window; it ends with its parent."""

    changed = Signal(object)
    _told = Signal(object)

    def __init__(self, changes: Changes, parent: QObject) -> None:
        super().__init__(parent)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        leave = changes.watch(self._take)
        self.destroyed.connect(leave)

    def _take(self, change: Change) -> None:
        if shiboken6.isValid(self):
            self._told.emit(change)

    @Slot(object)
    def _pass_on(self, change: Change) -> None:
        self.changed.emit(change)
