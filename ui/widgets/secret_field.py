"""A value that may be revealed: dots, then 20 seconds of the value, then dots again."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.widgets.button import KeyButton
from ui.widgets.label import Label
from ui.widgets.progress import Progress

DOTS = "•••• ••••"


class SecretField(QWidget):
    """Asks with `wanted`; whoever may, answers with `reveal(value)`.

    On hiding, and when the widget itself is hidden, the value leaves the widget's memory.
    Every wish is logged by who answers it.
    """

    wanted = Signal()
    hidden = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        key: str = "R",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._left = 0
        self._value = Label(theme, DOTS, "row", "ink", strong=True)
        self._value.setAccessibleName(name)
        self._ask = KeyButton(theme, tr("Reveal"), "quiet", "line", icon="eye", key=key)
        self._bar = Progress(theme, tr("Time left"), thin=True)
        self._note = Label(theme, "", "caption", "ink3")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for widget in (self._value, self._ask, self._bar, self._note):
            row.addWidget(widget)
        row.addStretch(1)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._pass_second)
        self._ask.clicked.connect(self.wanted)
        self.conceal()

    def reveal(self, value: str, seconds: int | None = None) -> None:
        """Show `value` for `seconds`, else for as long as the tokens say."""
        self._left = seconds or self._theme.tokens.seconds.reveal
        self._value.setText(value)
        self._ask.hide()
        self._bar.show()
        self._note.show()
        self._say_left()
        self._second.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def conceal(self) -> None:
        """Dots again."""
        was_shown = self._second.isActive()
        self._second.stop()
        self._value.setText(DOTS)
        self._bar.hide()
        self._note.hide()
        self._ask.show()
        if was_shown:
            self.hidden.emit()

    def is_revealed(self) -> bool:
        return self._second.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_revealed():
            self.conceal()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.is_revealed():
            self.conceal()

    def _pass_second(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.conceal()
        else:
            self._say_left()

    def _say_left(self) -> None:
        self._bar.show_share(self._left, self._theme.tokens.seconds.reveal)
        self._note.setText(tr("hides in {} s, logged").format(self._left))
