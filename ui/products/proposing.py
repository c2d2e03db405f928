"""Proposing the working copy: a note, the proposal, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.faults import Fault, FaultKind
from app.language import tr
from ui.page import Page
from ui.products.notices import Notices
from ui.products.session import ProductSession
from ui.theme.theme import Theme
from ui.widgets.note_box import NoteBox


class Proposing(QObject):
    """`proposed` when the server took it, `ended` whatever came of it."""

    proposed = Signal()
    ended = Signal()

    def __init__(self, theme: Theme, session: ProductSession, notices: Notices, page: Page) -> None:
        super().__init__(page)
        self._theme = theme
        self._session = session
        self._notices = notices
        self._page = page
        self.box: NoteBox | None = None
        self.sending = False

    def ask(self, anchor: QWidget) -> None:
        """Ask for the note; asked again while the box is open, the note is taken."""
        if self.box is None:
            self.box = NoteBox(
                self._theme,
                self._page.window(),
                title=tr("Propose the changes"),
                text=tr("A second person reads this, looks at the proofs and approves."),
                action=tr("Propose"),
                must=tr("Say what it is for."),
            )
            self.box.finished.connect(self.propose)
        if self.box.isVisible():
            self.box.finish()
        else:
            self.box.ask(anchor, self._session.working.note if self._session.working else "")

    def propose(self, note: str) -> None:
        self._session.take_note(note)
        working, desk = self._session.working, self._session.desk
        if working is None or self.sending:
            return
        self.sending = True
        self._notices.info(tr("The proofs run once more, then it is proposed."))
        self._page.background.change(
            lambda: desk.propose(working), owner=self, done=self._taken, failed=self._refused
        )

    def _taken(self, _proposal: object) -> None:
        self.sending = False
        self._session.proposed()
        text = tr("It waits for a second person. Nothing is in force before.")
        self._notices.done(text, tr("Proposed."))
        self.ended.emit()
        self.proposed.emit()

    def _refused(self, fault: Fault) -> None:
        self.sending = False
        self._notices.fault(fault)
        self.ended.emit()
        if fault.kind is FaultKind.CONFLICT:
            self._session.open()
