"""Looks a text up while it is typed: this machine first, then the server."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from app.customers.footing import Footing, answered, nobody, only_here, still_looking
from app.customers.rows import ResultRow, result_rows, searched_note
from app.customers.search import Answer
from app.faults import Fault
from app.workplace import Workplace
from ui.background import Background

MOST_ROWS = 8
_SERVER_AFTER = 150  # ms after the last key: nobody reads the answers to half a word


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands under the field: rows or a sentence, and who has answered so far."""

    text: str
    kind: str
    note: str
    rows: tuple[ResultRow, ...]
    footing: Footing
    nobody: str = ""


class Finder(QObject):
    """`shown` carries Findings, or None when there is nothing to look for."""

    shown = Signal(object)

    def __init__(
        self,
        background: Background,
        workplace: Workplace,
        *,
        may_create: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._workplace = workplace
        self._may_create = may_create
        self._text = ""
        self._here: Answer | None = None
        self._asked_at = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SERVER_AFTER)
        self._pause.timeout.connect(self._ask_server)

    def look(self, text: str) -> None:
        """Look for `text`; an older question is forgotten."""
        self._text = text
        self._pause.stop()
        if not text.strip():
            self._here = None
            self.shown.emit(None)
            return
        search = self._workplace.customers
        self._background.read(
            lambda: search.here(text), owner=self, done=self._show_here, key="here"
        )

    def look_again(self) -> None:
        """Ask once more, because the search knows more now."""
        if self._text.strip():
            self.look(self._text)

    def _show_here(self, answer: Answer) -> None:
        if answer.text != self._text:
            return
        self._here = answer
        asks = self._workplace.customers.on_server and self._workplace.connection.online
        footing = still_looking() if asks else self._only_here()
        self._show(answer, footing, settled=not asks)
        if asks:
            self._asked_at = time.monotonic()
            self._pause.start()

    def _ask_server(self) -> None:
        here = self._here
        if here is None or here.text != self._text:
            return
        search = self._workplace.customers
        self._background.read(
            lambda: search.everywhere(here),
            owner=self,
            done=lambda answer: self._show_all(here, answer),
            failed=lambda fault: self._show_failed(here, fault),
            key="server",
        )

    def _show_all(self, here: Answer, answer: Answer) -> None:
        if answer.text != self._text:
            return
        if not here.rows:  # somebody looked at an empty list until now
            self._workplace.day.waited(time.monotonic() - self._asked_at)
        self._show(answer, answered(here, answer), settled=True)

    def _show_failed(self, here: Answer, _fault: Fault) -> None:
        if here.text == self._text:
            self._show(here, self._only_here(), settled=True)

    def _only_here(self) -> Footing:
        workplace = self._workplace
        return only_here(
            online=workplace.connection.online, on_server=workplace.customers.on_server
        )

    def _show(self, answer: Answer, footing: Footing, *, settled: bool) -> None:
        rows = result_rows(answer, self._workplace.clock(), MOST_ROWS)
        empty = nobody(answer.text, may_create=self._may_create) if settled and not rows else ""
        self.shown.emit(
            Findings(
                text=answer.text,
                kind=str(answer.kind),
                note=searched_note(answer, len(answer.rows)),
                rows=rows,
                footing=footing,
                nobody=empty,
            )
        )
