"""Joins one wizard with the window: asks the server, writes the journal, tells the pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.drafts import Journal
from app.faults import Fault, FaultKind
from app.language import tr
from app.wizard import edits
from app.wizard.change_edits import gone_products, keep_products
from app.wizard.choices import Question
from app.wizard.draft import Draft, Hold
from app.wizard.report import Report
from app.wizard.sellers import DIRECT, Reseller, seller_of
from app.wizard.service import Answered, FoundNumber, Gone, WizardService
from app.wizard.steps import Step
from app.wizard.wizard import Wizard
from ui.background import Background
from ui.journal_writer import JournalWriter
from ui.widgets.message_bar import Message

ASK_AFTER = 120  # ms after the last key in a field; a pick is asked at once
_TYPED_ON = frozenset({Step.CUSTOMER, Step.SETTINGS})
_PROLONG_BELOW = dt.timedelta(minutes=10)


class WizardDesk(QObject):
    """What the pages of one draft share. `changed`: draft, choices or report are others now.

    `said` carries a Message for the bar, `unsaid` the id of one that holds no longer, `gone` a
    number that was taken meanwhile, with the nearest free one. `answered` says whether it was the
    first answer that the choices have now.
    """

    changed = Signal()
    saved = Signal()
    said = Signal(object)
    unsaid = Signal(str)
    gone = Signal(object)
    answered = Signal(bool)

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
        self.journal_writer = JournalWriter(journal, background, self)
        self.journal_writer.saved.connect(self._saved)
        self.journal_writer.failed.connect(self._not_saved)
        self.wizard = Wizard(draft, journal=self.journal_writer.note, clock=clock)
        self.report: Report = self.wizard.report
        self.sellers = service.first_sellers()
        self._asked: Question | None = None
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.timeout.connect(self._ask_now)
        self.wizard.on_change(self._tell)

    @property
    def draft(self) -> Draft:
        return self.wizard.draft

    # --- changes ------------------------------------------------------------------------

    def edit(self, *changes: edits.Edit) -> None:
        """Make changes; everything that depends on them follows by itself."""
        for change in changes:
            self.wizard.apply(change)
        self.prolong_holds()

    def go(self, step: Step, field: str = "") -> None:
        self.wizard.go(step, field)

    def start(self) -> None:
        """Ask for the first choices, and for the terms: an agreement must not need a line."""
        self._ask.start(0)
        self.background.read(self.service.sellers, owner=self, done=self._sell_for, failed=_nothing)
        self.background.read(self.service.terms, owner=self, done=_nothing, failed=_nothing)

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

    # --- the choices --------------------------------------------------------------------

    def _tell(self) -> None:
        self.report = self.wizard.report
        if self.wizard.question != self._asked:
            self._ask.start(ASK_AFTER if self.draft.step in _TYPED_ON else 0)
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

    def _sell_for(self, sellers: tuple[Reseller, ...]) -> None:
        """Take those the user may sell for; a draft under anybody else goes under the first."""
        if not sellers or sellers == self.sellers:
            return
        self.sellers = sellers
        said = self.draft.fields.get("reseller", DIRECT)
        self.wizard.fill_in(edits.set_field("reseller", seller_of(said, sellers)))
        self.wizard.tell()

    def _answered(self, answer: Answered) -> None:
        if answer.fresh and answer.choices is not None:
            self.unsaid.emit("choices")
            first = self.wizard.answered is None
            if self.wizard.take_choices(answer.choices, answer.question):
                self.answered.emit(first)
            self._sell_for(answer.choices.resellers)
            return
        self.wizard.take_old_choices(answer.choices)

    def _leave_out(self, products: tuple[str, ...], sentences: Iterable[str]) -> None:
        """Go on without what cannot be changed any more, and say so."""
        lead = tr("A part of this change was left out.")
        self.said.emit(Message("gone", "warning", " ".join(sentences), lead=lead))
        self.wizard.fill_in(keep_products(products))

    def _unanswered(self, fault: Fault) -> None:
        gone = gone_products(self.draft, fault.fields)
        if fault.kind is FaultKind.REJECTED and gone:
            self._leave_out(gone, fault.fields.values())
            return
        self.wizard.take_old_choices(None)
        if fault.kind is FaultKind.REJECTED and fault.fields:
            text = " ".join((fault.sentence, *fault.fields.values()))
        else:
            text = fault.sentence
        self.said.emit(Message("choices", "warning", text, action=tr("Try again")))

    def _failed(self, fault: Fault) -> None:
        self.said.emit(Message("number", "error", fault.sentence))

    def _saved(self) -> None:
        self.unsaid.emit("journal")
        self.saved.emit()

    def _not_saved(self, fault: Fault) -> None:
        lead = tr("The draft could not be saved.")
        text = tr("{sentence} It is kept in memory and tried again.", sentence=fault.sentence)
        self.said.emit(Message("journal", "error", text, lead=lead))


def _nothing(_result: Any) -> None:
    """Nobody waits for this."""
