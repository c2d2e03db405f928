"""Says what has changed under an open draft, and what a key has just done and can take back."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QObject

from app.language import tr
from app.wizard.draft import Draft
from app.wizard.repair import Repair, repair_words
from app.wizard.steps import Step
from ui.widgets.message_bar import Message
from ui.wizard.wizard_desk import WizardDesk

DONE = "done"
NEWS = "news"
REPAIR = "repair"


def say_done(desk: WizardDesk, lead: str, text: str) -> None:
    """Say what a key did; the message offers to take it back as long as that is the last change."""
    desk.said.emit(
        Message(
            DONE,
            "done",
            text,
            lead=lead,
            action=tr("Take back"),
            action_key="Ctrl+Z",
            action_bound=False,
        )
    )


class News(QObject):
    """Watches one draft; what the agent changed himself is no news to him."""

    def __init__(self, desk: WizardDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._repair: Repair | None = None
        self._done: Draft | None = None
        desk.answered.connect(self._tell)
        desk.said.connect(self._note)
        desk.changed.connect(self._drop_old)

    def _tell(self, first: bool) -> None:  # noqa: FBT001  # a Qt signal's
        desk = self._desk
        wizard, before = desk.wizard, self._repair
        self._repair = wizard.choices.repair if wizard.choices else None
        if self._repair is None:
            desk.unsaid.emit(REPAIR)
            if wizard.news and not wizard.news_is_own:
                lead = tr("Since this draft was left:") if first else tr("Meanwhile:")
                desk.said.emit(Message(NEWS, "warning", " ".join(wizard.news), lead=lead))
        elif self._repair != before and desk.draft.step is not Step.SERVICE:
            lead = " ".join(wizard.news) or tr("What is chosen does not fit together any more.")
            text, go = repair_words(self._repair), tr("Go there")
            desk.said.emit(Message(REPAIR, "warning", text, lead=lead, action=go))

    def _note(self, message: Message) -> None:
        if message.id == DONE:
            self._done = _without_place(self._desk.draft)

    def _drop_old(self) -> None:
        """After another change there is something else to take back."""
        if self._done is not None and _without_place(self._desk.draft) != self._done:
            self._done = None
            self._desk.unsaid.emit(DONE)


def _without_place(draft: Draft) -> Draft:
    return replace(draft, step=Step.CUSTOMER, field="", holds={})
