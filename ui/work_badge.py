"""How many orders need somebody, as a badge on the rail."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.changes import Change, Kind
from app.worklist.desk import Counts
from app.workplace import Workplace
from ui.background import Background
from ui.change_relay import ChangeRelay
from ui.widgets.rail import Rail

SETTLE = 2000  # ms: many steps move at once
AGAIN = 60_000  # ms: time alone puts a promise in danger


class WorkBadge(QObject):
    """Counts what is stuck and what is in danger, when orders move and once a minute."""

    def __init__(
        self, background: Background, workplace: Workplace, rail: Rail, place: str
    ) -> None:
        super().__init__(rail)
        self._background = background
        self._desk = workplace.worklist
        self._connection = workplace.connection
        self._rail = rail
        self._place = place
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE)
        self._soon.timeout.connect(self.count)
        self._clock = QTimer(self)
        self._clock.setInterval(AGAIN)
        self._clock.timeout.connect(self.count)
        self._clock.start()
        relay = ChangeRelay(workplace.changes, self)
        relay.changed.connect(self._changed)
        self.count()

    def count(self) -> None:
        """Ask the server; without a line the last count stays."""
        if self._connection.online:
            self._background.read(
                self._desk.counts, owner=self, done=self._show, failed=lambda _fault: None, key="n"
            )

    def _show(self, counts: Counts) -> None:
        count = counts.stuck + counts.danger
        self._rail.show_badge(self._place, str(count) if count else "")

    def _changed(self, change: Change) -> None:
        if change.kind in {Kind.ORDER, Kind.CONNECTION} and not self._soon.isActive():
            self._soon.start()
