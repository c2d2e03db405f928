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
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_TOGETHER)
        self._soon.timeout.connect(self.refresh)
        relay = ChangeRelay(surroundings.workplace.changes, self)
        relay.changed.connect(self._changed)

    def begin(self) -> None:
        """Ask the store and the server at the same time."""
        self._background.read(
            lambda: self._accounts.kept(self._customer_id), owner=self, done=self._show_kept
        )
        self.refresh()

    def refresh(self) -> None:
        """Ask the server."""
        self._background.read(
            lambda: self._accounts.fetch(self._customer_id),
            owner=self,
            done=self._show,
            failed=self._could_not,
            key="fetch",
        )

    def _show_kept(self, view: AccountView | None) -> None:
        if view is not None and self._last is None:
            self._show(view)

    def _show(self, view: AccountView) -> None:
        self._last = view
        self.arrived.emit(view)

    def _could_not(self, fault: Fault) -> None:
        self.failed.emit(fault)

    def _changed(self, change: Change) -> None:
        mine = not change.ids or self._customer_id in change.ids
        stale = self._last is None or not self._last.fresh
        if (change.kind in _CARES and mine) or (change.kind is Kind.CONNECTION and stale):
            self._soon.start()
