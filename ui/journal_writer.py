"""Brings each change of a draft to disk within a quarter of a second, never in the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.drafts import Journal, Work
from app.faults import Fault
from ui.background import Background

WRITE_AFTER = 200  # ms after the first unwritten change; the journal promises 250
WRITE_AGAIN = 2000  # ms until a full disk is tried again


class JournalWriter(QObject):
    """One write at a time. `failed` carries the Fault once, until a write succeeds again."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, journal: Journal, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._journal = journal
        self._background = background
        self._writing = False
        self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write_now)

    @property
    def fails(self) -> bool:
        """Whether the last try to write went wrong; a write that is only due is no failure."""
        return self._told

    def note(self, draft: Work) -> None:
        """Take a change; it is on disk soon."""
        self._journal.note(draft)
        if not self._timer.isActive():
            self._timer.start(WRITE_AFTER)

    def write_now(self) -> None:
        """Bring to disk what is not there yet; if a write runs, right after it."""
        if self._writing:
            self._timer.start(WRITE_AFTER)
            return
        if not self._journal.unwritten:
            return
        self._writing = True
        self._background.change(
            self._journal.write, owner=self, done=self._written, failed=self._not_written
        )

    def flush(self) -> None:
        """Write what is left although the page goes; a failure is told by the window."""
        self._background.change(self._journal.write, owner=self._background, done=_nothing)

    def _written(self, _done: object) -> None:
        self._writing = False
        self._told = False
        self.saved.emit()
        if self._journal.unwritten:
            self._timer.start(0)

    def _not_written(self, fault: Fault) -> None:
        self._writing = False
        if not self._told:
            self._told = True
            self.failed.emit(fault)
        self._timer.start(WRITE_AGAIN)


def _nothing(_done: object) -> None:
    """Nobody waits for this."""
