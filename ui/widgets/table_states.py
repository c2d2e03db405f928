"""Rows, or what stands in their place: loading, empty, failed; always the same height."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.empty_state import EmptyState, Skeleton


class TableStates(QWidget):
    """`retry_wanted` comes from the failed state, by its button or Ctrl+R."""

    retry_wanted = Signal()

    def __init__(self, theme: Theme, rows: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._skeleton = Skeleton(theme)
        self._state: EmptyState | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(rows)
        self._stack.addWidget(self._skeleton)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(theme.tokens.duration.spinner_after)
        self._wait.timeout.connect(self._show_skeleton)

    def shown(self) -> QWidget | None:
        """The rows, the grey bars, or the state that stands there now."""
        return self._stack.currentWidget()

    def show_rows(self) -> None:
        self._leave_loading()
        self._stack.setCurrentWidget(self._rows)

    def show_loading(self) -> None:
        """Grey bars, but not before 300 ms: what is quick never flickers."""
        self._wait.start()

    def show_empty(self, icon: str, title: str, text: str) -> None:
        """Say that there is nothing, and what would put something here."""
        self._put(EmptyState(self._theme, icon, title, text))

    def show_failed(self, title: str, text: str) -> None:
        """Say what could not be read; Ctrl+R or the button asks again."""
        again = tr("Try again")
        state = EmptyState(
            self._theme, "cloudoff", title, text, action=again, key="Ctrl+R", failed=True
        )
        state.acted.connect(self.retry_wanted)
        self._put(state)

    def _put(self, state: EmptyState) -> None:
        self._leave_loading()
        if self._state is not None:
            self._stack.removeWidget(self._state)
            self._state.deleteLater()
        self._state = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    def _show_skeleton(self) -> None:
        self._stack.setCurrentWidget(self._skeleton)
        self._skeleton.start()

    def _leave_loading(self) -> None:
        self._wait.stop()
        self._skeleton.stop()
