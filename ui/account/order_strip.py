"""A strip in the page of an order that asks for something, in place of a dialogue."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import Theme
from ui.widgets import paint
from ui.widgets.button import ButtonKind, KeyButton
from ui.widgets.label import Label, Prose

_NARROW = 480
ABOVE, BELOW = 6, 4
"""Room around a strip, its own: what is hidden must leave none behind."""


class OrderStrip(QWidget):
    """`left`: Esc, nothing is done. `edited` carries all that stands in its fields by their names.

    Enter does what the strip is for, wherever the caret is.
    """

    left = Signal()
    edited = Signal(object)

    def __init__(self, theme: Theme, title: str, action: str, leave: str, kind: ButtonKind) -> None:
        super().__init__()
        self._theme = theme
        self.title = Label(theme, title, "strong")
        self.words = Prose(theme, "", "row", "ink2")
        self.trouble = Prose(theme, "", "caption", "bad")
        self.act = KeyButton(theme, action, kind, "small", key="Return", bind_key=False)
        self._leave = KeyButton(theme, leave, "quiet", "small", key="Esc", bind_key=False)
        self._action = action
        self.rows = QVBoxLayout(self)
        self._head = QHBoxLayout()
        self._buttons = QWidget()
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.setAccessibleName(title)
        self.hide()
        self._build()
        self.act.clicked.connect(self.finish)
        self._leave.clicked.connect(self.left)

    def fields(self) -> Mapping[str, str]:
        """What is typed here, as it is kept."""
        return {}

    def finish(self) -> None:
        """Do what the strip is for, or say what is missing."""

    def show_busy(self, words: str = "") -> None:
        """`words` stand on the button while the server answers; empty: it has answered."""
        self.act.setEnabled(not words)
        self.act.say(words or self._action)

    def complain(self, words: str) -> None:
        """Say what is missing, or what the server refused; empty takes it away."""
        self.trouble.say(words)
        self.trouble.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.act.isEnabled():
                self.finish()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        radius = theme.px(theme.tokens.radius.panel)
        rect = self.rect().adjusted(0, theme.px(ABOVE), 0, -theme.px(BELOW))
        paint.box(painter, rect, radius, theme.color("subtle"), theme.color("line_strong"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little width the buttons stand below, and fields under one another."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._theme.px(_NARROW)
        if narrow:
            self.rows.addWidget(self._buttons)
        else:
            self._head.addWidget(self._buttons)
        along, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._fields.setDirection(down if narrow else along)

    def _build(self) -> None:
        px = self._theme.px
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.rows.setContentsMargins(px(16), px(12 + ABOVE), px(16), px(12 + BELOW))
        self.rows.setSpacing(px(8))
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self.act)
        self._head.addWidget(self._buttons)
        self.rows.addLayout(self._head)
        self.rows.addWidget(self.words)
        self._fields.setSpacing(px(12))
        self.rows.addLayout(self._fields)
        self.rows.addWidget(self.trouble)
        self.trouble.hide()

    def add_fields(self, *fields: QWidget) -> None:
        """Put fields side by side, over the room for what is wrong; the last takes the rest."""
        for at, each in enumerate(fields):
            self._fields.addWidget(each, int(at == len(fields) - 1), Qt.AlignmentFlag.AlignTop)
