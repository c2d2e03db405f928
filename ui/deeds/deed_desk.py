"""Joins one deed with the window: writes the journal, asks what would happen, sends it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.accounts.view import AccountView
from app.changes import Change, Changes, Kind
from app.connection import Connection
from app.deeds.checks import Missing, can_wait, missing
from app.deeds.deed import Deed, Edit, hold, send_anew, stand_at
from app.deeds.drafts import OpenedDeed
from app.deeds.service import DeedService
from app.faults import Fault
from app.wizard.draft import Hold
from app.wizard.service import FoundNumber, Gone, Outcome
from ui.background import Background
from ui.change_relay import ChangeRelay
from ui.deeds.foreseer import Foreseer
from ui.journal_writer import JournalWriter

ASK_AFTER = 150  # ms after the last change
_AGREEMENTS = frozenset({"agreed", "takerAgreed"})
"""What may be missing while the server is asked: it takes an agreement for given."""


class DeedDesk(QObject):
    """What the parts of one deed's page share.

    `changed`: something is other now. `answered` and `refused` carry the Outcome, `failed` the
    Fault where not even the disk took it. `gone` carries a number that was taken meanwhile.
    """

    changed = Signal()
    saved = Signal()
    began = Signal()
    answered = Signal(object)
    refused = Signal(object)
    failed = Signal(object)
    gone = Signal(object)

    def __init__(
        self,
        opened: OpenedDeed,
        service: DeedService,
        background: Background,
        connection: Connection,
        changes: Changes,
        clock: Callable[[], dt.datetime],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.deed: Deed = opened.deed
        self.service = service
        self.background = background
        self.clock = clock
        self.journal = opened.journal
        self.writer = JournalWriter(opened.journal, background, self)
        self.view: AccountView | None = None
        self.foreseer = Foreseer(service, background, self)
        self.foreseer.changed.connect(self.changed)
        self.outcome: Outcome | None = None
        self.busy = False
        self._connection = connection
        self._touched = opened.journal.saved_at is not None
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(ASK_AFTER)
        self._ask.timeout.connect(self._ask_now)
        self.writer.saved.connect(self.saved)
        relay = ChangeRelay(changes, self)
        relay.changed.connect(self._world_changed)

    # --- what stands -----------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        return self.clock().date()

    @property
    def missing(self) -> tuple[Missing, ...]:
        return missing(self.deed, today=self.today)

    @property
    def stranded(self) -> bool:
        """Whether it cannot wait for the line, and there is none."""
        return not self._connection.online and not can_wait(self.deed)

    @property
    def done(self) -> bool:
        return self.outcome is not None

    @property
    def ready(self) -> bool:
        """Whether it may be sent now."""
        blocked = self.busy or self.done or self.stranded or bool(self.foreseer.refusal)
        return not blocked and not self.missing

    # --- changes ---------------------------------------------------------------------------

    def edit(self, *changes: Edit) -> None:
        """Make changes; what depends on them is asked anew."""
        before = self.deed
        for change in changes:
            self.deed = change(self.deed)
        if self.deed != before and not self.done:
            self._touched = True
            self.writer.note(self.deed)
            self._ask.start()
            self.changed.emit()

    def stand_at(self, field: str) -> None:
        """Note where the agent stands, so that a reopened deed goes on there.

        What was only looked at is not kept.
        """
        if field != self.deed.field and not self.done:
            self.deed = stand_at(field)(self.deed)
            if self._touched:
                self.writer.note(self.deed)

    def know(self, view: AccountView) -> None:
        """Take what the customer has now."""
        self.view = view
        self.foreseer.ask_anew()
        self._ask.start(0)
        self.changed.emit()

    def hold(self, found: FoundNumber) -> None:
        """Hold a number for this deed; one that was held before is let go."""
        deed, before = self.deed, self.deed.hold

        def held(result: Hold | Gone) -> None:
            if isinstance(result, Gone):
                self.gone.emit(result)
                return
            self.edit(hold(result))
            if before is not None:
                self.release(before)

        self.background.change(
            lambda: self.service.hold(deed, found), owner=self, done=held, failed=self._unheld
        )

    def release(self, held: Hold) -> None:
        """Let a number go; the hold ends by itself where the server could not be told."""
        self.background.change(
            lambda: self.service.release(held),
            owner=self.background,
            done=_nothing,
            failed=_nothing,
        )

    # --- sending ---------------------------------------------------------------------------

    def send(self) -> bool:
        """Send it; False where something blocks, or it was sent already."""
        if not self.ready:
            return False
        self.busy = True
        self.began.emit()
        deed = self.deed

        def submit() -> Outcome:
            self.journal.write()
            return self.service.submit(deed)

        self.background.change(submit, owner=self, done=self._take, failed=self._not_sent)
        return True

    def ask_outcome(self) -> None:
        """Ask the outbox where the command stands."""
        command = self.deed.command_id
        self.background.read(
            lambda: self.service.outcome(command),
            owner=self,
            done=self._take,
            failed=_nothing,
            key="outcome",
        )

    def take_back(self) -> None:
        """It was undone: it is work again, and goes out under another id."""
        self.outcome = None
        self._work_again()

    def _take(self, outcome: Outcome) -> None:
        self.busy = False
        if outcome.state == "refused":
            self._work_again()
            self.refused.emit(outcome)
            return
        self.outcome = outcome
        self.journal.close()
        self.answered.emit(outcome)
        self.changed.emit()

    def _work_again(self) -> None:
        deed = self.deed
        self.background.change(
            lambda: self.journal.reopen(deed),
            owner=self,
            done=lambda _none: self.edit(send_anew()),
        )

    def _not_sent(self, fault: Fault) -> None:
        self.busy = False
        self.failed.emit(fault)
        self.changed.emit()

    # --- what would happen -----------------------------------------------------------------

    def _ask_now(self) -> None:
        if self.view is None or self.done:
            return
        if any(each.field not in _AGREEMENTS for each in self.missing):
            self.foreseer.forget()
        else:
            self.foreseer.ask(self.deed, self.view)

    def _unheld(self, fault: Fault) -> None:
        self.failed.emit(fault)

    def _world_changed(self, change: Change) -> None:
        if change.kind is Kind.CONNECTION:
            self._ask.start()
            self.changed.emit()
        waits = self.outcome is not None and self.outcome.state == "waiting"
        if change.kind is Kind.OUTBOX and waits and self.deed.command_id in change.ids:
            self.ask_outcome()


def _nothing(_result: object) -> None:
    """Nobody waits for this."""
