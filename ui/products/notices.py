"""What the product manager is told, in the page's own message bar."""

from __future__ import annotations

from app.faults import Fault
from app.language import tr, trn
from app.products.words import view_of
from ui.products.session import ProductSession
from ui.widgets.message_bar import Message, MessageBar, MessageKind


class Notices:
    """Says what came of an action; undo and redo say what they did."""

    def __init__(self, bar: MessageBar, session: ProductSession) -> None:
        self._bar = bar
        self._session = session
        self._version = 0

    def info(self, text: str) -> None:
        self._say("info", text)

    def done(self, text: str, lead: str = "") -> None:
        self._say("done", text, lead=lead)

    def fault(self, fault: Fault) -> None:
        self._say("error", fault.sentence)

    def unsaved(self, fault: Fault) -> None:
        """The copy could not be kept on this machine."""
        text = tr("Your changes are not on disk yet. {}").format(fault.sentence)
        self._say("error", text, "unsaved")

    def published(self, version: int) -> None:
        lead = tr("Version {} is in force.").format(version)
        self._say("done", tr("Every desk sells from it now."), lead=lead)

    def opened(self) -> None:
        """Another version came into force; perhaps somebody else changed the same items."""
        working = self._session.working
        if working is None:
            return
        before, self._version = self._version, working.version
        if not working.moved:
            if before not in (0, working.version):
                self.published(working.version)
            return
        titles = ", ".join(view_of(each, {}, {}).title for each in working.moved[:3])
        text = trn(
            "Somebody else changed {what} too: look at it before you propose.",
            "Somebody else changed {what} too: look at them before you propose.",
            len(working.moved),
            what=titles,
        )
        self._say("warning", text, "moved", tr("Version {} is in force.").format(working.version))

    def undo(self) -> None:
        if what := self._session.undo():
            self.info(tr("Undone: {}. Ctrl+Shift+Z does it again.").format(what))

    def redo(self) -> None:
        if what := self._session.redo():
            self.info(tr("Done again: {}.").format(what))

    def _say(self, kind: MessageKind, text: str, name: str = "products", lead: str = "") -> None:
        self._bar.post(Message(name, kind, text, lead=lead))
