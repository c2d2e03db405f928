"""The working copy on the screen: each edit is kept on disk and proved in the background."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.faults import Fault
from app.language import tr
from app.products.desk import ProductDesk
from app.products.documents import Change, Kind, taken_back
from app.products.history import Edit
from app.products.offers import retired
from app.products.proofs import Proofs
from app.products.working import Working
from ui.background import Background

WRITE_AFTER = 200  # ms after the first unwritten edit, as drafts of the wizard
WRITE_AGAIN = 2000  # ms until a full disk is tried again
CHECK_AFTER = 500  # ms after the last edit


class ProductSession(QObject):
    """`opened` when the catalogue was read, `changed` after each edit, `saved` after a write.

    `checked` comes when the proofs are others.
    `unread` carries the Fault where the catalogue could not be read, `unsaved` the first Fault
    of a row of writes that failed.
    """

    opened = Signal()
    changed = Signal()
    checked = Signal()
    saved = Signal()
    unread = Signal(object)
    unsaved = Signal(object)

    def __init__(self, desk: ProductDesk, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.read = background.read
        self._background = background
        self.working: Working | None = None
        self.delta: tuple[Change, ...] = ()
        self.proofs: Proofs | None = None
        self.check_fault: Fault | None = None
        self._proved: Working | None = None
        self._writing = False
        self._told = False
        self._write_soon = _timer(self, WRITE_AFTER, self._write)
        self._check_soon = _timer(self, CHECK_AFTER, self.check)

    def open(self) -> None:
        """Read the version in force, with what was kept of the copy on it.

        Undo begins anew where another version came into force.
        """
        held = self.working

        def opened(found: Working) -> None:
            if self.working is not held:  # something was typed meanwhile
                self.open()
            else:
                self._opened(found)

        self._background.read(
            self.desk.open, owner=self, done=opened, failed=self.unread.emit, key="open"
        )

    @property
    def checking(self) -> bool:
        """Whether the proofs shown are those of an older copy."""
        return self._proved is not self.working

    def edit(self, edit: Edit, what: str, of: str = "") -> bool:
        """Change the copy; False where that changes nothing. `what` says what undo takes back."""
        return self._take(self.working.done(edit, what, of) if self.working else None)

    def undo(self) -> str:
        """Take the last edit back; returns what it was, empty where there was none."""
        if self.working is None or not self.working.history.at:
            return ""
        what = self.working.history.undoes or tr("all changes")
        self._take(self.working.back())
        return what

    def redo(self) -> str:
        """Do what was undone again; returns what it was, empty where there was nothing."""
        history = self.working.history if self.working else None
        if self.working is None or history is None or history.at + 1 >= len(history.steps):
            return ""
        self._take(self.working.forth())
        return history.redoes or tr("all changes")

    def saved_at(self, now: dt.datetime) -> dt.datetime | None:
        """When the copy was last kept on disk, in the person's own time."""
        at = self.desk.journal.saved_at
        return at.astimezone(now.tzinfo) if at else None

    def settle(self) -> None:
        """A field was left: what is typed there next is an edit of its own."""
        if self.working is not None:
            self._swap(self.working.settled())

    def proposed(self) -> None:
        """The copy went to a second person; the same once more is another proposal."""
        if self.working is not None:
            self._swap(self.working.renewed())
            self.desk.journal.note(self.working)
            self._write_soon.start()

    def take_back(self, key: str) -> bool:
        """Undo one change against the version in force, by its key."""
        change = next((each for each in self.delta if each.key == key), None)
        if change is None:
            return False
        what = tr("Taken back: {id}", id=change.id)
        if change.kind is Kind.OFFER and change.before is None:  # what names it goes with it
            return self.edit(lambda documents: retired(documents, change.id), what)
        return self.edit(lambda documents: taken_back(documents, change), what)

    def take_note(self, note: str) -> None:
        """What the second person will read."""
        if self.working is not None and note != self.working.note:
            self._take(self.working.with_note(note))

    def flush(self) -> None:
        """Write what is left although the page goes."""
        if self.desk.journal.unwritten:
            journal = self.desk.journal
            self._background.change(journal.write, owner=self._background, done=lambda _done: None)

    def _swap(self, same: Working) -> None:
        """The copy in another record: what was proved of it holds."""
        if self._proved is self.working:
            self._proved = same
        self.working = same

    def _opened(self, found: Working) -> None:
        if self.working is None or found.version != self.working.version:
            self._take_in(found)
            if self.desk.may_edit and not self.delta:  # what was kept is in force now
                self.desk.journal.note(found)
                self._write_soon.start()
        self.opened.emit()
        self.check()

    def _take(self, working: Working | None) -> bool:
        if working is None or working is self.working:
            return False
        self._take_in(working)
        if self.desk.may_edit:
            self.desk.journal.note(working)
            if not self._write_soon.isActive():
                self._write_soon.start()
        self._check_soon.start()
        return True

    def _take_in(self, working: Working) -> None:
        self.working = working
        self.delta = working.changes()
        self.changed.emit()

    def check(self) -> None:
        """Prove the copy as it is; also right after it was read."""
        working = self.working
        if working is None or not self.desk.may_edit:
            return

        def proved(found: Proofs) -> None:
            self.proofs, self._proved, self.check_fault = found, working, None
            self.checked.emit()

        def failed(fault: Fault) -> None:
            self.check_fault = fault
            self.checked.emit()

        self._background.read(
            lambda: self.desk.check(working), owner=self, done=proved, failed=failed, key="check"
        )

    def _write(self) -> None:
        if self._writing:
            self._write_soon.start()
            return
        self._writing = True
        self._background.change(
            self.desk.journal.write, owner=self, done=self._written, failed=self._not_written
        )

    def _written(self, _done: object) -> None:
        self._writing = self._told = False
        self.saved.emit()
        if self.desk.journal.unwritten:
            self._write_soon.start()

    def _not_written(self, fault: Fault) -> None:
        self._writing = False
        if not self._told:
            self._told = True
            self.unsaved.emit(fault)
        QTimer.singleShot(WRITE_AGAIN, self, self._write)


def _timer(parent: QObject, after: int, act: Callable[[], None]) -> QTimer:
    """Acts once, so many milliseconds after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(act)
    return timer
