"""The one press that creates everything, and what is heard of it afterwards."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.changes import Change, Changes, Kind
from app.faults import Fault
from app.wizard import edits
from app.wizard.aftermath import Aftermath, AftermathReader, before_events
from app.wizard.plan import Plan, plan_of
from app.wizard.service import Outcome
from ui.wizard.wizard_desk import WizardDesk

_ASK_AGAIN = frozenset({Kind.CONNECTION, Kind.CATALOGUE})
_ABOUT_ACCOUNT = frozenset({Kind.ORDER, Kind.LETTER, Kind.CUSTOMER})


class Press(QObject):
    """Sends the draft once. `answered` carries the Outcome (sent or waiting), `refused` too.

    `failed` carries the Fault where not even the disk took it; `happened` what is known of the
    order, again with each event.
    """

    began = Signal()
    answered = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    happened = Signal(object)
    _told = Signal(object)  # a Change, from whatever thread

    def __init__(
        self, desk: WizardDesk, reader: AftermathReader, changes: Changes, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reader = reader
        self._busy = False
        self.asleep = False  # the draft is discarded: neither sent nor changed
        self.outcome: Outcome | None = None
        self._told.connect(self._world_changed)
        self._leave = changes.watch(self._told.emit)

    @property
    def done(self) -> bool:
        """Whether the server has created it."""
        return self.outcome is not None and self.outcome.state == "sent"

    @property
    def busy(self) -> bool:
        """Whether the command is on its way to the outbox or the server."""
        return self._busy

    @property
    def number(self) -> str:
        """What was made: the order's number, without an order the customer's; empty: nothing."""
        outcome = self.outcome
        if outcome is None or outcome.state != "sent":
            return ""
        return outcome.order_number or outcome.customer_id

    def create(self) -> bool:
        """Send the draft; False where something blocks, or it was sent already."""
        desk = self._desk
        ready = not self._busy and not self.asleep and self.outcome is None
        if not ready or desk.wizard.blockers:
            return False
        self._busy = True
        self.began.emit()
        draft, choices = desk.draft, desk.wizard.choices

        def submit() -> Outcome:
            desk.journal.write()
            return desk.service.submit(draft, choices)

        desk.background.change(submit, owner=self, done=self._take, failed=self._not_sent)
        return True

    def undo(self) -> None:
        """Take the last change back, as long as nothing was sent."""
        if self.outcome is None and not self._busy and not self.asleep:
            self._desk.wizard.undo()

    def forget(self) -> None:
        """The order was taken back: the draft may be sent anew."""
        self.outcome = None

    def ask(self) -> None:
        """Ask the outbox where the command stands."""
        desk, command = self._desk, self._desk.draft.command_id
        desk.background.read(
            lambda: desk.service.outcome(command),
            owner=self,
            done=self._take,
            failed=_nothing,
            key="outcome",
        )

    def close(self) -> None:
        """Hear no more."""
        self._leave()

    def _take(self, outcome: Outcome) -> None:
        self._busy = False
        desk = self._desk
        if outcome.state == "refused":
            self.outcome = None
            draft = desk.draft
            desk.background.change(
                lambda: desk.journal.reopen(draft),
                owner=self,
                done=lambda _none: desk.edit(edits.send_anew()),
            )
            self.refused.emit(outcome)
            return
        self.outcome = outcome
        desk.journal.close()
        self.answered.emit(outcome)
        self.happened.emit(before_events(outcome, desk.draft, self._plan()))
        self._look()

    def _plan(self) -> Plan:
        return plan_of(self._desk.draft, self._desk.wizard.choices)

    def _not_sent(self, fault: Fault) -> None:
        self._busy = False
        self.failed.emit(fault)

    def _look(self) -> None:
        """Read how far the order has come."""
        desk, outcome = self._desk, self.outcome
        if outcome is None or outcome.state != "sent":
            return
        draft, plan, now = desk.draft, self._plan(), desk.clock()
        desk.background.read(
            lambda: self._reader.read(outcome, draft, plan, now=now),
            owner=self,
            done=self._happen,
            failed=_nothing,
            key="aftermath",
        )

    def _happen(self, aftermath: Aftermath) -> None:
        self.happened.emit(aftermath)

    def _world_changed(self, change: Change) -> None:
        outcome = self.outcome
        if change.kind in _ASK_AGAIN:
            self._desk.ask_again()
        elif outcome is None:
            return
        elif change.kind is Kind.OUTBOX:
            if outcome.state == "waiting" and self._desk.draft.command_id in change.ids:
                self.ask()
        elif change.kind in _ABOUT_ACCOUNT and (
            not change.ids or outcome.customer_id in change.ids
        ):
            self._look()


def _nothing(_fault: Fault) -> None:
    """What is shown stays; the next event asks again."""
