"""What stands in a table's place: nothing there, still reading, or could not be read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.language import tr
from ui.theme.theme import Theme
from ui.theme.tokens import Tone
from ui.widgets import paint
from ui.widgets.button import KeyButton
from ui.widgets.glyph import Glyph
from ui.widgets.label import Label, Prose

# widths of the grey bars, as shares of the row, so that they look like words
_BARS = ((0.257, 0.374, 0.128), (0.257, 0.257, 0.128), (0.257, 0.32, 0.128))


class EmptyState(QWidget):
    """An icon, what is so, what to do about it; `acted` when the button is pressed."""

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str = "",
        *,
        action: str = "",
        action_icon: str = "refresh",
        key: str = "",
        failed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tone: Tone = "bad" if failed else "ink3"
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(0)
        outer.addStretch(1)
        outer.addWidget(Glyph(theme, icon, tone, 20), 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(theme.px(2))
        self._title = Label(theme, title, "row", strong=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer.addWidget(self._title)
        outer.addSpacing(theme.px(2))
        self._text = Prose(theme, text, "caption", "ink3")
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self._text)
        self._button: KeyButton | None = None
        if action:
            self._button = KeyButton(theme, action, size="small", icon=action_icon, key=key)
            self._button.clicked.connect(self.acted)
            outer.addSpacing(theme.px(8))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(self._button)
            row.addStretch(1)
            outer.addLayout(row)
        outer.addStretch(1)
        self.setAccessibleName(f"{title}. {text}" if text else title)

    def say(self, title: str, text: str) -> None:
        """Say something else in the same place."""
        self._title.setText(title)
        self._text.say(text)
        self.setAccessibleName(f"{title}. {text}" if text else title)


class Skeleton(QWidget):
    """Grey bars where rows will be; they rest. After 5 s a sentence says that it takes long."""

    def __init__(self, theme: Theme, *, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = rows
        self._late = Label(theme, tr("Still asking the server. You can go on."), "caption", "ink3")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.addStretch(1)
        layout.addWidget(self._late, 0, Qt.AlignmentFlag.AlignHCenter)
        self._late.hide()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(theme.tokens.duration.slow_after)
        self._slow.timeout.connect(self._late.show)
        self.setAccessibleName(tr("Loading"))

    def start(self) -> None:
        """Count the five seconds from now."""
        self._late.hide()
        self._slow.start()

    def stop(self) -> None:
        self._slow.stop()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(self._rows * 32 + 24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        side, pitch = theme.px(16), theme.px(theme.tokens.size.row)
        width = self.width() - 2 * side
        for row in range(self._rows):
            top = theme.px(12) + row * pitch
            first, second, third = _BARS[row % len(_BARS)]
            spans = (
                (side, first),
                (side + round(width * 0.3), second),
                (side + round(width * (1 - third)), third),
            )
            for left, share in spans:
                bar = QRect(left, top + (pitch - theme.px(10)) // 2 - 1, 0, theme.px(10))
                bar.setWidth(round(width * share))
                paint.box(painter, bar, theme.px(4), theme.color("hover"))
            foot = top + pitch - 1
            painter.fillRect(QRect(side, foot, width, 1), theme.color("line"))
        painter.end()
