"""Reads one account: from the store at once, from the server, and again at each change."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.accounts.view import AccountView
from app.changes import Change, Kind
from app.faults import Fault
from ui.change_relay import ChangeRelay
from ui.page import Surroundings

_CARES = frozenset({Kind.CUSTOMER, Kind.ORDER, Kind.LETTER})
_TOGETHER = 150  # ms: a step of a flow tells several changes at once


class AccountReader(QObject):
    """`arrived` carries an AccountView, `failed` a Fault; only the newest answer counts."""

    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, surroundings: Surroundings, customer_id: str, parent: QObject) -> None:
        super().__init__(parent)
        self._background = surroundings.background
        self._accounts = surroundings.workplace.accounts
        self._customer_id = customer_id
        self._last: AccountView | None = None
        self._looked = False
        self._fault: Fault | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER)
        self._soon.timeout.connect(self.refresh)
        relay = ChangeRelay(surroundings.workplace.changes, self)
        relay.changed.connect(self._changed)

    def begin(self) -> None:
        """Ask the store and the server at the same time."""
        self._background.read(
            lambda: _in_words(self._accounts.kept(self._customer_id)),
            owner=self,
            done=self._show_kept,
            failed=self._store_failed,
        )
        self.refresh()

    def refresh(self) -> None:
        """Ask the server."""
        self._background.read(
            lambda: self._accounts.fetch(self._customer_id).put_into_words(),
            owner=self,
            done=self._show,
            failed=self._could_not,
            key="fetch",
        )

    def _show_kept(self, view: AccountView | None) -> None:
        self._looked = True
        fault = self._fault
        if view is not None and self._last is None:
            self._show(view)
        if fault is not None:
            self.failed.emit(fault)

    def _store_failed(self, fault: Fault) -> None:
        self._show_kept(None)
        self._background.unhandled.emit(fault, self.begin)

    def _show(self, view: AccountView) -> None:
        self._last, self._fault = view, None
        self.arrived.emit(view)

    def _could_not(self, fault: Fault) -> None:
        """A fault is told once it is known whether there is something to show meanwhile."""
        self._fault = fault
        if self._looked:
            self.failed.emit(fault)

    def _changed(self, change: Change) -> None:
        mine = not change.ids or self._customer_id in change.ids
        stale = self._last is None or not self._last.fresh
        if (change.kind in _CARES and mine) or (change.kind is Kind.CONNECTION and stale):
            self._soon.start()


def _in_words(view: AccountView | None) -> AccountView | None:
    """Words are found in the thread that reads, so that the window has only to show them."""
    return view.put_into_words() if view is not None else None
