"""The seconds after the press in which the order can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.faults import Fault
from app.language import tr
from app.wizard.service import Outcome
from app.wizard.undone import Undoing, Undone, reopened, undone_words
from ui.widgets.hold_bar import HoldBar
from ui.widgets.message_bar import Message, MessageBar, MessageKind
from ui.wizard.press import Press
from ui.wizard.wizard_desk import WizardDesk

_MESSAGE = "undo"


class UndoDesk(QObject):
    """`undone`: the draft is open again; `turned` that the time has begun or is over."""

    undone = Signal()
    turned = Signal()

    def __init__(
        self,
        desk: WizardDesk,
        press: Press,
        undoing: Undoing,
        bar: HoldBar,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._press = press
        self._undoing = undoing
        self._bar = bar
        self._messages = messages
        press.answered.connect(self._ask)
        bar.undone.connect(self._undo)
        bar.begun.connect(self._begin)
        bar.ended.connect(self.turned)

    @property
    def may_undo(self) -> bool:
        """Whether there is still time."""
        return self._bar.counts

    def _ask(self, outcome: Outcome) -> None:
        """How much time there is; where the server does not say, there is none."""
        if outcome.state != "sent" or not outcome.order_id:
            return
        self._desk.background.read(
            lambda: self._undoing.seconds(outcome),
            owner=self,
            done=self._count,
            failed=_nothing,
            key="seconds",
        )

    def _count(self, seconds: float | None) -> None:
        if seconds is not None and self._press.done:
            self._bar.count_down(seconds)
            self.turned.emit()

    def _undo(self) -> None:
        desk, outcome = self._desk, self._press.outcome
        if outcome is None:
            return
        draft = desk.draft
        desk.background.change(
            lambda: self._undoing.undo(draft, outcome, desk.journal),
            owner=self,
            done=lambda undone: self._undone(outcome, undone),
            failed=self._failed,
        )

    def _undone(self, outcome: Outcome, undone: Undone | None) -> None:
        self._bar.stop()
        self.turned.emit()
        if undone is None:
            text = tr("It is being cancelled; the account shows how far that is.")
            lead = tr("It had begun already.")
            self._messages.post(Message(_MESSAGE, "warning", text, lead=lead))
            return
        is_new = self._desk.draft.customer_id is None
        lead, text = undone_words(outcome, undone, new_customer=is_new)
        self._press.forget()
        self._desk.edit(reopened(outcome, undone))
        self.undone.emit()
        kind: MessageKind = "warning" if undone.lost else "done"
        self._messages.post(Message(_MESSAGE, kind, text, lead=lead))

    def _begin(self) -> None:
        outcome = self._press.outcome
        if outcome is None:
            return
        self._desk.background.change(
            lambda: self._undoing.begin_now(outcome),
            owner=self,
            done=lambda _none: self._begun(),
            failed=self._failed,
        )

    def _begun(self) -> None:
        self._bar.stop()
        self.turned.emit()

    def _failed(self, fault: Fault) -> None:
        self._bar.ask_again()
        lead = tr("The order could not be taken back.")
        self._messages.post(Message(_MESSAGE, "error", fault.sentence, lead=lead))
        if self._press.outcome is not None:
            self._ask(self._press.outcome)


def _nothing(_fault: Fault) -> None:
    """Without an answer there is nothing to count."""
