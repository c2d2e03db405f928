"""The line to the server, the outbox and the sign-in, as the window shows them."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QObject, QTimer

from app.changes import Change, Kind
from app.faults import Fault
from app.line_words import (
    back_online,
    connection_words,
    offline_notice,
    saved_words,
    waiting_words,
)
from app.workplace import Workplace
from ui.background import Background
from ui.change_relay import ChangeRelay
from ui.messages import Messages
from ui.shell.offline_bar import OfflineBar
from ui.signin.again_bar import AgainBar
from ui.widgets.status_bar import StatusBar


class LineKeeper(QObject):
    """Keeps status bar, offline bar and the bar to sign in again true."""

    def __init__(
        self,
        background: Background,
        workplace: Workplace,
        messages: Messages,
        *,
        status: StatusBar,
        offline: OfflineBar,
        again: AgainBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background = background
        self._workplace = workplace
        self._messages = messages
        self._status = status
        self._offline = offline
        self._again = again
        self._saved: dt.datetime | None = None
        self._gone_since: dt.datetime | None = None
        self.waiting = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._show)
        relay = ChangeRelay(workplace.changes, self)
        relay.changed.connect(self._changed)
        offline.try_wanted.connect(workplace.connection.try_now)
        again.submitted.connect(self._sign_in_again)
        messages.signed_out.connect(workplace.session.ended)
        self._count()
        self._show()

    def _changed(self, change: Change) -> None:
        match change.kind:
            case Kind.CONNECTION:
                self._line_changed()
            case Kind.OUTBOX | Kind.DRAFT:
                self._saved = self._workplace.clock()
                self._count()
            case Kind.SESSION:
                self._session_changed()
            case _:
                return
        self._show()

    def _line_changed(self) -> None:
        line = self._workplace.connection.line
        if not line.online:
            self._gone_since = line.since
            self._second.start()
            return
        self._second.stop()
        self._count()

    def _count(self) -> None:
        sender, since = self._workplace.sender, self._gone_since

        def count() -> tuple[int, tuple[int, int]]:
            return sender.waiting(), sender.settled_since(since) if since else (0, 0)

        self._background.read(count, owner=self, done=self._counted, key="outbox")

    def _counted(self, found: tuple[int, tuple[int, int]]) -> None:
        self.waiting, (sent, refused) = found
        if self._gone_since and self._workplace.connection.online and not self.waiting:
            self._gone_since = None
            words = back_online(sent, refused)
            self._messages.say("warning" if refused else "done", words, name="line")
        self._show()

    def _show(self) -> None:
        line, now = self._workplace.connection.line, self._workplace.clock()
        self._status.show_connection(connection_words(line, now), "good" if line.online else "warn")
        saved = saved_words(self._saved, online=line.online)
        parts = [part for part in (saved, waiting_words(self.waiting)) if part]
        self._status.show_saved(" · ".join(parts))
        if line.online:
            self._offline.sheet().close_up()
            self._offline.hide()
            return
        self._offline.show_notice(
            offline_notice(line, now, waiting=self.waiting, next_try=line.next_try)
        )

    def _session_changed(self) -> None:
        if self._workplace.session.expired:
            self._again.ask()
        else:
            self._again.done()
            self._workplace.connection.try_now()

    def _sign_in_again(self, password: str) -> None:
        session = self._workplace.session
        self._background.change(
            lambda: session.sign_in_again(password),
            owner=self,
            done=lambda _nothing: self._session_changed(),
            failed=self._not_signed_in,
        )

    def _not_signed_in(self, fault: Fault) -> None:
        self._again.say_failure(fault.sentence)
