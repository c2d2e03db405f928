"""Doing something about a step, and keeping what is typed for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.faults import Fault
from app.language import tr
from app.worklist.desk import Colleague, WorkDesk, missing
from app.worklist.rows import Item
from app.worklist.typed import Typed
from ui.background import Background
from ui.theme.theme import Theme
from ui.widgets.note_box import NoteBox
from ui.worklist.item_side import ASSIGN, COMPLETE, FREE, RETRY, SKIP, TAKE, TAKE_BACK
from ui.worklist.people_box import PeopleBox

_FIELD = "characteristic."  # before the names of a form's fields in a refusal
WRITE_AFTER = 200  # ms after the first unwritten letter, as drafts of the wizard
WRITE_AGAIN = 2000  # ms until a full disk is tried again


class Acting(QObject):
    """`done` carries a sentence, `refused` a Fault; `incomplete` the faults of a form by field.

    `busy` says whether something is on its way.
    """

    done = Signal(str)
    refused = Signal(object)
    incomplete = Signal(object)
    unsaved = Signal(object)

    def __init__(
        self, theme: Theme, background: Background, desk: WorkDesk, window: QWidget
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._background = background
        self._desk = desk
        self._window = window
        self.busy = False
        self._item: Item | None = None
        self._boxes: dict[str, NoteBox] = {}
        self._people: PeopleBox | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WRITE_AFTER)
        self._later.timeout.connect(self._write)

    def open_box(self) -> NoteBox | None:
        """The box that asks for a reason now."""
        return next((box for box in self._boxes.values() if box.isVisible()), None)

    def do(self, name: str, item: Item, anchor: QWidget) -> None:
        """Do what was asked about a step, or ask for what it needs first."""
        if self.busy:
            return
        self._item = item
        if name in {SKIP, TAKE_BACK}:
            self._ask_why(name, item, anchor)
        elif name == ASSIGN:
            self._ask_whom(anchor)
        elif name == COMPLETE:
            self._complete(item)
        elif name == RETRY:
            self._start(lambda: self._desk.retry(item))
        elif name == TAKE:
            self._start(lambda: self._desk.assign(item, "me"))
        elif name == FREE:
            self._start(lambda: self._desk.assign(item, None))

    def note(self, task_id: str, typed: Typed) -> None:
        """Keep what was typed."""
        if self._desk.journal.note(task_id, typed) and not self._later.isActive():
            self._later.start()

    def read_kept(self, then: Callable[[], None]) -> None:
        """Take up what was kept the last time."""
        self._background.read(
            self._desk.journal.read, owner=self, done=lambda _none: then(), key="kept"
        )

    def flush(self) -> None:
        """Write what is left although the page goes."""
        journal, background = self._desk.journal, self._background
        background.change(journal.write, owner=background, done=lambda _done: None)

    # --- what each needs ----------------------------------------------------------------

    def _complete(self, item: Item) -> None:
        typed = self._desk.journal.of(item.id)
        if name := missing(item, typed):
            self.incomplete.emit({name: tr("This is needed.")})
            return
        self._start(lambda: self._desk.complete(item, typed))

    def _ask_why(self, name: str, item: Item, anchor: QWidget) -> None:
        box = self._boxes.get(name) or self._made_box(name)
        box.ask(anchor, self._desk.journal.of(item.id).reason)

    def _made_box(self, name: str) -> NoteBox:
        if name == SKIP:
            title, action = tr("Pass over this step"), tr("Pass over")
            text = tr("The order goes on as if it were done. The reason is kept with the step.")
        else:
            title, action = tr("Take back what was done"), tr("Take back")
            text = tr("Each step is undone, the last first, and what it was for is cancelled.")
        must = tr("Say why: whoever looks at the order later reads it.")
        box = NoteBox(self._theme, self._window.window(), title=title, text=text, action=action,
                      must=must)  # fmt: skip
        box.note.edited.connect(self._note_reason)
        box.finished.connect(lambda reason: self._with_reason(name, reason))
        self._boxes[name] = box
        return box

    def _note_reason(self, reason: str) -> None:
        if self._item is not None:
            typed = self._desk.journal.of(self._item.id)
            self.note(self._item.id, typed.because(reason.strip()))

    def _with_reason(self, name: str, reason: str) -> None:
        item, desk = self._item, self._desk
        if item is None:
            return
        act = desk.skip if name == SKIP else desk.take_back
        self._start(lambda: act(item, reason))

    def _ask_whom(self, anchor: QWidget) -> None:
        def found(people: tuple[Colleague, ...]) -> None:
            if self._people is None:
                self._people = PeopleBox(self._theme, self._window.window())
                self._people.chosen.connect(self._assign)
            self._people.ask(anchor, people)

        self._background.read(
            self._desk.people, owner=self, done=found, failed=self.refused.emit, key="people"
        )

    def _assign(self, person: str) -> None:
        item = self._item
        if item is not None:
            self._start(lambda: self._desk.assign(item, person))

    # --- doing --------------------------------------------------------------------------

    def _start(self, work: Callable[[], str]) -> None:
        self.busy = True
        self._background.change(work, owner=self, done=self._came, failed=self._failed)

    def _came(self, sentence: str) -> None:
        self.busy = False
        self._later.start()  # what was typed for it is no longer needed
        self.done.emit(sentence)

    def _failed(self, fault: Fault) -> None:
        self.busy = False
        if fault.fields:
            named = fault.fields.items()
            self.incomplete.emit({name.removeprefix(_FIELD): text for name, text in named})
        self.refused.emit(fault)

    def _write(self) -> None:
        self._background.change(
            self._desk.journal.write,
            owner=self,
            done=lambda _done: None,
            failed=self._not_written,
        )

    def _not_written(self, fault: Fault) -> None:
        self.unsaved.emit(fault)
        QTimer.singleShot(WRITE_AGAIN, self, self._write)
