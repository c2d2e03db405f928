"""Joins one wizard with the window: asks the server, writes the journal, tells the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.drafts import Journal
from app.faults import Fault, FaultKind
from app.language import tr
from app.wizard import edits
from app.wizard.choices import Question
from app.wizard.draft import Draft, Hold
from app.wizard.report import Report
from app.wizard.service import Answered, Gone, WizardService
from app.wizard.steps import Step
from app.wizard.wizard import Wizard
from backend_client.desk_records import FoundNumber
from ui.background import Background
from ui.widgets.message_bar import Message

WRITE_AFTER = 200  # ms after the first unwritten change; the journal promises 250
ASK_AFTER = 120  # ms after the last key in a field; a pick is asked at once
WRITE_AGAIN = 2000  # ms until a full disk is tried again
_PROLONG_BELOW = dt.timedelta(minutes=10)


class WizardDesk(QObject):
    """What the pages of one draft share. `changed`: draft, choices or report are others now.

    `said` carries a Message for the bar, `unsaid` the id of one that holds no longer, `gone` a
    number that was taken meanwhile, with the nearest free one.
    """

    changed = Signal()
    saved = Signal()
    said = Signal(object)
    unsaid = Signal(str)
    gone = Signal(object)

    def __init__(
        self,
        draft: Draft,
        journal: Journal,
        service: WizardService,
        background: Background,
        clock: Callable[[], dt.datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.service = service
        self.background = background
        self.clock = clock
        self.journal = journal
        self.wizard = Wizard(draft, journal=self._note, clock=clock)
        self.report: Report = self.wizard.report
        self._asked: Question | None = None
        self._writing = False
        self._write = self._timer(WRITE_AFTER, self._write_now)
        self._ask = self._timer(0, self._ask_now)
        self.wizard.on_change(self._tell)

    @property
    def draft(self) -> Draft:
        return self.wizard.draft

    # --- changes ------------------------------------------------------------------------

    def edit(self, *changes: edits.Edit) -> None:
        """Make changes; everything that depends on them follows by itself."""
        for change in changes:
            self.wizard.apply(change)

    def go(self, step: Step, field: str = "") -> None:
        self.wizard.go(step, field)

    def undo(self) -> None:
        self.wizard.undo()

    def start(self) -> None:
        """Ask for the first choices."""
        self._ask.start(0)

    def ask_again(self) -> None:
        """Ask the server once more, because the line is back or the world has changed."""
        self._asked = None
        self._ask.start(0)

    # --- numbers ------------------------------------------------------------------------

    def hold(self, line: str, found: FoundNumber, done: Callable[[], None] | None = None) -> None:
        """Hold a number for a line; one that was held for it before is let go."""
        before = self.draft.holds.get(line)

        def held(result: Hold | Gone) -> None:
            if isinstance(result, Gone):
                self.gone.emit(result)
                return
            self.edit(edits.hold_number(line, result))
            if before is not None:
                self.release(before)
            if done is not None:
                done()

        draft_id = self.draft.id
        self.background.change(
            lambda: self.service.hold(draft_id, found), owner=self, done=held, failed=self._failed
        )

    def drop(self, line: str) -> None:
        """Let the number of a line go."""
        held = self.draft.holds.get(line)
        if held is not None:
            self.edit(edits.drop_number(line))
            self.release(held)

    def release(self, held: Hold) -> None:
        # the hold ends by itself: that the server could not be told is no news for the agent
        self.background.change(
            lambda: self.service.release(held), owner=self, done=_nothing, failed=_nothing
        )

    def prolong_holds(self) -> None:
        """Keep the numbers as long as somebody works on the draft."""
        draft_id, now = self.draft.id, self.clock()
        for line, held in self.draft.holds.items():
            if held.until is None or not dt.timedelta() < held.until - now < _PROLONG_BELOW:
                continue
            self._prolong(draft_id, line, held)

    def _prolong(self, draft_id: str, line: str, held: Hold) -> None:
        def done(result: Hold | Gone) -> None:
            if isinstance(result, Hold) and self.draft.holds.get(line) == held:
                self.edit(edits.hold_number(line, result))

        self.background.read(
            lambda: self.service.prolong(draft_id, held),
            owner=self,
            done=done,
            failed=_nothing,
            key=f"prolong:{line}",
        )

    # --- the journal --------------------------------------------------------------------

    def write_now(self) -> None:
        """Bring to disk what is not there yet; for closing."""
        self._write_now()

    def _note(self, draft: Draft) -> None:
        self.journal.note(draft)
        if not self._write.isActive():
            self._write.start(WRITE_AFTER)

    def _write_now(self) -> None:
        if self._writing:
            self._write.start(WRITE_AFTER)
            return
        self._writing = True
        self.background.change(
            self.journal.write, owner=self, done=self._written, failed=self._not_written
        )

    def _written(self, _done: bool) -> None:  # noqa: FBT001  # the bridge's own form
        self._writing = False
        self.unsaid.emit("journal")
        self.saved.emit()
        if self.journal.unwritten:
            self._write.start(0)

    def _not_written(self, fault: Fault) -> None:
        self._writing = False
        lead = tr("The draft could not be saved.")
        text = tr("{sentence} It is kept in memory and tried again.", sentence=fault.sentence)
        self.said.emit(Message("journal", "error", text, lead=lead))
        self._write.start(WRITE_AGAIN)

    # --- the choices --------------------------------------------------------------------

    def _tell(self) -> None:
        self.report = self.wizard.report
        if self.wizard.question != self._asked:
            self._ask.start(ASK_AFTER if self.draft.step is Step.CUSTOMER else 0)
        self.changed.emit()

    def _ask_now(self) -> None:
        question = self.wizard.question
        if question == self._asked:
            return
        self._asked = question
        self.background.read(
            lambda: self.service.choices(question),
            owner=self,
            done=self._answered,
            failed=self._unanswered,
            key="choices",
        )

    def _answered(self, answer: Answered) -> None:
        if answer.fresh and answer.choices is not None:
            self.unsaid.emit("choices")
            self.wizard.take_choices(answer.choices, answer.question)
            return
        self.wizard.take_old_choices(answer.choices)

    def _unanswered(self, fault: Fault) -> None:
        self.wizard.take_old_choices(None)
        if fault.kind is FaultKind.REJECTED and fault.fields:
            text = " ".join((fault.sentence, *fault.fields.values()))
        else:
            text = fault.sentence
        self.said.emit(Message("choices", "warning", text, action=tr("Try again")))

    def _failed(self, fault: Fault) -> None:
        self.said.emit(Message("number", "error", fault.sentence))

    def _timer(self, after: int, action: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(action)
        return timer


def _nothing(_result: Any) -> None:
    """Nobody waits for this."""
