"""Asks the server what a deed would bring, again after each change; only the newest counts."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.accounts.view import AccountView
from app.deeds.deed import Deed
from app.deeds.foretelling import Foretold
from app.deeds.service import DeedService
from app.faults import Fault, FaultKind
from ui.background import Background

_TOLD = frozenset({FaultKind.REJECTED, FaultKind.CONFLICT, FaultKind.NOT_ALLOWED})
"""Faults that would meet the deed itself."""


class Foreseer(QObject):
    """`foretold` is the last answer, `refusal` why the server would refuse the deed."""

    changed = Signal()

    def __init__(self, service: DeedService, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self._background = background
        self._asked: Deed | None = None
        self.foretold: Foretold | None = None
        self.refusal = ""

    def ask(self, deed: Deed, view: AccountView) -> None:
        """Ask about the deed as it is now, unless that was asked already."""
        if deed == self._asked or not self._service.foretells:
            return
        self._asked = deed
        service = self._service
        self._background.read(
            lambda: service.foretold(deed, view.account),
            owner=self,
            done=lambda found: self._take(deed, found, ""),
            failed=lambda fault: self._fail(deed, fault),
            key="foretold",
        )

    def ask_anew(self) -> None:
        """What the customer has is other now: the last answer need not hold."""
        self._asked = None

    def forget(self) -> None:
        """Something is missing: nothing is foretold."""
        self._asked = None
        if self.foretold is not None or self.refusal:
            self.foretold, self.refusal = None, ""
            self.changed.emit()

    def _take(self, deed: Deed, found: Foretold | None, refusal: str) -> None:
        if deed is self._asked:  # else something was changed meanwhile
            self.foretold, self.refusal = found, refusal
            self.changed.emit()

    def _fail(self, deed: Deed, fault: Fault) -> None:
        words = dict.fromkeys((fault.sentence, *fault.fields.values()))
        self._take(deed, None, " ".join(words) if fault.kind in _TOLD else "")
        if fault.kind not in _TOLD and deed is self._asked:
            self._asked = None
