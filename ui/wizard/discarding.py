"""A draft thrown away, and ten seconds to take that back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.drafts import DraftDesk
from app.faults import Fault
from app.language import tr
from app.wizard.draft import Hold
from ui.widgets.message_bar import Message, MessageBar
from ui.wizard.press import Press
from ui.wizard.wizard_desk import WizardDesk

SECONDS = 10
_MESSAGE = "discarded"


class Discarding(QObject):
    """`turned` says whether the draft lies discarded now, `ended` that the time is over.

    The store knows at once, so that a crash brings nothing back; the numbers are kept until the
    time is over or the page closed, so that they are still there when it is taken back.
    """

    turned = Signal(bool)
    ended = Signal()

    def __init__(
        self,
        desk: WizardDesk,
        press: Press,
        drafts: DraftDesk,
        messages: MessageBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._press = press
        self._drafts = drafts
        self._messages = messages
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SECONDS * 1000)
        self._time.timeout.connect(self.ended)
        messages.acted.connect(self._act)
        messages.dismissed.connect(self._dismiss)

    @property
    def discarded(self) -> bool:
        """Whether the draft lies discarded now."""
        return self._press.asleep

    def discard(self) -> None:
        """Throw the draft away; what was sent, or is being sent, stays."""
        if self.discarded or self._press.busy or self._press.outcome is not None:
            return
        self._press.asleep = True
        desk, draft = self._desk, self._desk.draft
        self.turned.emit(True)  # a Qt signal takes no names
        desk.background.change(
            lambda: self._drafts.discard(draft, desk.journal),
            owner=self,
            done=self._say,
            failed=self._failed,
        )

    def take_back(self) -> None:
        """Bring the draft back as it was."""
        self._time.stop()
        self._messages.drop(_MESSAGE)
        self._press.asleep = False
        desk, draft = self._desk, self._desk.draft
        desk.background.change(
            lambda: self._drafts.take_back(draft, desk.journal),
            owner=self,
            done=lambda _none: self.turned.emit(False),  # as above
            failed=self._failed,
        )

    def close(self) -> None:
        """The page goes: let the numbers of a discarded draft go too."""
        if not self.discarded:
            return
        self._time.stop()
        for held in self._desk.draft.holds.values():
            self._release(held)

    def _release(self, held: Hold) -> None:
        desk = self._desk
        desk.background.change(
            lambda: desk.service.release(held),
            owner=desk.background,  # the page is gone by then
            done=_nothing,
            failed=_nothing,  # the hold ends by itself
        )

    def _say(self, _none: object) -> None:
        text = tr("Its numbers go back in {seconds} seconds.", seconds=SECONDS)
        if not self._desk.draft.holds:
            text = tr("The tab closes in {seconds} seconds.", seconds=SECONDS)
        lead, undo = tr("Draft discarded."), tr("Undo")
        # a warning, because information would go before the time is over
        self._messages.post(Message(_MESSAGE, "warning", text, lead=lead, action=undo))
        self._messages.take_focus()
        self._time.start()

    def _failed(self, fault: Fault) -> None:
        self._press.asleep = False
        self.turned.emit(False)  # as above
        self._messages.post(Message("journal", "error", fault.sentence))

    def _act(self, message_id: str) -> None:
        if message_id == _MESSAGE:
            self.take_back()

    def _dismiss(self, message_id: str) -> None:
        if message_id == _MESSAGE:
            self.ended.emit()


def _nothing(_result: object) -> None:
    """Nobody waits for this."""
