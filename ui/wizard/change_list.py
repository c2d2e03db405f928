"""The list of what a customer has, or of what a product may become: its keys and its mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent

from ui.theme.theme import Theme
from ui.widgets.record_list import RecordList
from ui.widgets.records_model import RECORD
from ui.wizard.change_rows import Action, ChangeRow, ChangeRows

_KEYS: dict[int, Action] = {
    Qt.Key.Key_Delete: "end",
    Qt.Key.Key_Backspace: "end",
    Qt.Key.Key_Space: "keep",
    Qt.Key.Key_F2: "set",
}


class ChangeList(RecordList):
    """`acted` carries what is to be done, such as `move`, `end` or `keep`, and with which row.

    `escaped`: Esc was pressed, which here goes back.
    """

    acted = Signal(str, str)
    escaped = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        self._rows = ChangeRows(theme)
        super().__init__(theme, name, self._rows)
        self.opened.connect(lambda row: self._act("take", row))

    def set_rows(self, rows: Sequence[ChangeRow]) -> None:
        self.set_records(rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said above takes room: the current row stays in sight."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = _KEYS.get(event.key())
        if action is not None and not event.modifiers() and self.current_id():
            self._act(action, self.current_id())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        record = index.data(RECORD)
        if record is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        action = self._rows.action_at(record, self.visualRect(index), at)
        if action is not None:
            self._act(action, record.id)

    def _act(self, action: Action, row: str) -> None:
        self.acted.emit(action, row)
