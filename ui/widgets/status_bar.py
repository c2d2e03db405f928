"""The status bar: connection, last save, outbox, and the five keys of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.keycap import KeyCap
from ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key, or several with a space between, and what it does here."""

    key: str
    text: str


class StateDot(QWidget):
    """A dot of 6 pixels whose word stands beside it."""

    def __init__(self, theme: Theme, tone: Tone = "good", *, size: int = 8) -> None:
        super().__init__()
        self._theme = theme
        self._tone: Tone = tone
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        edge = self._theme.px(self._size)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.dot(self._theme, painter, QPointF(self.width() / 2, self.height() / 2), self._tone)
        painter.end()


class StatusBar(QWidget):
    """28 high; says nothing that is not true now."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dot = StateDot(theme)
        self._connection = Label(theme, "", "caption", "ink2")
        self._saved = Label(theme, "", "caption", "ink2")
        self._keys = QWidget()
        self._hints: list[QWidget] = []
        self._key_row = QHBoxLayout(self._keys)
        self._key_row.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self._dot)
        self._row.addSpacing(theme.px(7))
        self._row.addWidget(self._connection)
        self._row.addSpacing(theme.px(16))
        self._row.addWidget(self._saved)
        self._row.addStretch(1)
        self._row.addWidget(self._keys)
        theme.changed.connect(self._fit)
        self._fit()

    def show_connection(self, text: str, tone: Tone = "good") -> None:
        """The connection in a word, such as "Connected"."""
        self._dot.show_tone(tone)
        self._connection.setText(text)

    def show_saved(self, text: str) -> None:
        """Last save and outbox, such as "Saved 09:14:02 · Nothing waiting to be sent"."""
        self._saved.setText(text)
        self._fit_keys()

    def show_keys(self, hints: Sequence[KeyHint]) -> None:
        """The keys of the screen that is shown."""
        while (item := self._key_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._hints = [self._made(hint) for hint in hints]
        for hint in self._hints:
            self._key_row.addWidget(hint)
        self._fit_keys()

    def _made(self, hint: KeyHint) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        for key in hint.key.split(" "):
            row.addWidget(KeyCap(self._theme, key))
        row.addWidget(Label(self._theme, hint.text, "caption", "ink2"))
        return made

    def _fit_keys(self) -> None:
        """Leave out hints that have no room, the last but one first: "?" shows all keys."""
        words = (self._dot, self._connection, self._saved)
        taken = sum(part.sizeHint().width() for part in words) + self._theme.px(16 + 7 + 16 + 32)
        room = self.width() - taken
        gap = self._key_row.spacing()
        wide = [hint.sizeHint().width() + gap for hint in self._hints]
        left_out = 0
        while sum(wide) > room and len(wide) > 1:
            wide.pop(-2)
            left_out += 1
        count = len(self._hints)
        for at, hint in enumerate(self._hints):
            hint.setVisible(at == count - 1 or at < count - 1 - left_out)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_keys()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("subtle"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def _fit(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(self._theme.tokens.layout.status_bar))
        self._row.setContentsMargins(px(16), 1, px(16), 0)
        self._key_row.setSpacing(px(12))
